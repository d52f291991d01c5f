/*
 * Names of variables for programs, made from the ids of items alone: the same item has the same name in every
 * release, whatever else is in it. They keep to the rules of SPSS (at most 64 bytes, a letter first, no reserved
 * word, no stop or underscore at the end), which are stricter than those of R and SQL.
 */

/** Hashes text as hexadecimal digits. */
export type Hash = (text: string) => string;

/** Leaves room for what tells wordings apart. */
const LONGEST_STEM = 54;
const DIGITS = 8;
/** Ids as surveys have them: `feel-safe`, `school-life.belong`. */
const USUAL_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$/;
/** Words that SPSS keeps for itself. */
export const RESERVED = ['all', 'and', 'by', 'eq', 'ge', 'gt', 'le', 'lt', 'ne', 'not', 'or', 'to', 'with'];

/**
 * The name of an item: `school-life.belong` becomes `school_life__belong`. A dash never becomes two underscores,
 * so two usual ids never share a name; any other id gets a hash of itself behind it.
 */
export function programName(id: string, hash: Hash): string {
  const plain = id.replaceAll('-', '_').replaceAll('.', '__');
  if (USUAL_ID.test(id) && plain.length <= LONGEST_STEM && !RESERVED.includes(plain)) return plain;
  const stem =
    plain
      .toLowerCase()
      .replace(/[^a-z0-9_]/g, '')
      .replace(/^[^a-z]+/, '') || 'item';
  return `${stem.slice(0, LONGEST_STEM - DIGITS - 1).replace(/_+$/, '')}_${hash(id).slice(0, DIGITS)}`;
}

/** The name of one wording of an item: that of the item, and a hash of what was asked. */
export function wordingName(variable: string, asked: string, hash: Hash): string {
  return `${variable}_w${hash(asked).slice(0, DIGITS)}`;
}

/** @throws if two of these share a name, which no program could tell apart */
export function requireDifferent(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(
      `Two items of a release have the name "${twice}" in files: expected one each. Rename the item that is newer.`,
    );
  }
}
