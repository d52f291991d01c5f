import { STATE_CODES } from '../survey/answer.ts';

/*
 * Names of a sheet as Heard writes names: small letters, digits and single hyphens. Names that are so already stay.
 */

const LONGEST = 40;
/** Answers that Heard has of its own, which no option may be confused with. */
const OWN_CODES: readonly string[] = Object.keys(STATE_CODES);

/** The code of an option or a row, unlike all those that are there already. */
export function codeFor(name: string, others: ReadonlySet<string>): string {
  const code = plain(name) || 'choice';
  return unlike(OWN_CODES.includes(code) ? `${code}-choice` : code, others);
}

/** The id of an item or survey, which begins with a letter, unlike all those that are there already. */
export function idFor(name: string, others: ReadonlySet<string>): string {
  const id = plain(name) || 'item';
  return unlike(/^[a-z]/.test(id) ? id : shortened(`q-${id}`, LONGEST), others);
}

function plain(name: string): string {
  const hyphened = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-');
  return shortened(hyphened.replace(/^-/, ''), LONGEST);
}

function shortened(name: string, longest: number): string {
  return name.slice(0, longest).replace(/-$/, '');
}

function unlike(name: string, others: ReadonlySet<string>): string {
  let found = name;
  for (let number = 2; others.has(found); number += 1) found = `${shortened(name, LONGEST - 5)}-${number}`;
  return found;
}
