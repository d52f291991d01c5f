import { STATE_CODES } from './answer.ts';

/*
 * What it takes for words on a sheet of paper to become a question of a survey: what a proposal must say, and how
 * its codes come from its words.
 */

/** The longest words, in characters. */
export const LONGEST = { question: 200, option: 80, end: 60, why: 500, reason: 1000 } as const;
/** A reason of fewer characters is none. */
export const SHORTEST_REASON = 10;
/** Words as they are kept: one space between them, nothing invisible, empty if there is nothing to see. */
export function tidy(words: string): string {
  const plain = words
    .normalize('NFC')
    // Characters of no width and overrides of direction could make two answers look alike.
    .replace(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return /[^\p{C}\p{Z}]/u.test(plain) ? plain : '';
}

/** Whether a reader would take two wordings for the same, whatever their capitals and punctuation. */
export function sameWords(one: string, other: string): boolean {
  const bare = (words: string) => {
    const tidied = tidy(words).toLowerCase();
    const letters = tidied.replace(/['’]/g, '').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
    // Answers of symbols alone ("+" and "−") are told apart by the symbols.
    return letters.trim() || tidied;
  };
  return bare(one) === bare(other);
}

const length = (words: string) => [...words].length;

/** Names that mean something else: the states of an answer, and what every object of the machine has. */
const RESERVED = [...Object.keys(STATE_CODES), 'written', 'constructor'];
/** Leaves room in an id of 40 characters for a number that tells it from another one. */
const SLUG_LENGTH = 36;

/** An id from the words of a question, or question-1, question-2 … for words in another script. */
export function questionId(words: string, takenIds: Iterable<string>): string {
  const taken = new Set([...RESERVED, ...takenIds]);
  const slug = slugOf(words);
  return slug ? unused(slug, 2, taken, slug) : unused('question', 1, taken);
}

/** One code an answer, in order, all different. */
export function optionCodes(words: readonly string[]): string[] {
  const taken = new Set(RESERVED);
  return words.map((line, index) => {
    const slug = slugOf(line);
    const code = slug ? unused(slug, 2, taken, slug) : unused('option', index + 1, taken);
    taken.add(code);
    return code;
  });
}

/** The first name that is free: the plain one if there is one, else stem-<from>, stem-<from + 1> … */
function unused(stem: string, from: number, taken: ReadonlySet<string>, plain?: string): string {
  if (plain !== undefined && !taken.has(plain)) return plain;
  let number = from;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** Words in Latin letters as a short name; undefined where they are in another script or begin with no letter. */
function slugOf(words: string): string | undefined {
  if (/(?!\p{Script=Latin})\p{L}/u.test(words)) return undefined;
  const plain = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '');
  const parts = plain.split(/[^a-z0-9]+/).filter((part) => part !== '');
  let slug = (parts.shift() ?? '').slice(0, SLUG_LENGTH);
  for (const part of parts) {
    if (slug.length + part.length >= SLUG_LENGTH) break;
    slug += `-${part}`;
  }
  return /^[a-z]/.test(slug) ? slug : undefined;
}

/** What is wrong with the reason of a decision. */
export function reasonFault(reason: string): 'reason-missing' | 'reason-too-long' | undefined {
  const characters = length(tidy(reason));
  if (characters < SHORTEST_REASON) return 'reason-missing';
  return characters > LONGEST.reason ? 'reason-too-long' : undefined;
}
