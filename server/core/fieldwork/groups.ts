/*
 * What a response knows of its author besides school and band, made coarser at the close of a wave until
 * no combination is held by fewer than three of a school and band: a slip made later than the others, or
 * the only pupil who answered in a language, must not stand out.
 */
export interface GroupColumns {
  id: string;
  versionId: string;
  schoolId: string;
  bandId: string;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  language: string;
}

export const LEAST_ALIKE = 3;
/** Stands for a language that too few answered in, and for every language of a group that took such a one in. */
export const ANY_LANGUAGE = 'any';

/** What is given up, in this order, by those who stand out. */
const COARSER: ((row: GroupColumns) => GroupColumns)[] = [
  (row) => ({ ...row, asn: null }),
  (row) => ({ ...row, language: ANY_LANGUAGE }),
  (row) => ({ ...row, quintile: null }),
  (row) => ({ ...row, sex: null }),
];

/** @returns the rows that had to change, as they are now; all others may stay */
export function coarserGroups(rows: readonly GroupColumns[]): GroupColumns[] {
  const before = new Map(rows.map((row) => [row.id, keyOf(row)]));
  const settled = bySchoolAndBand(rows).flatMap(settle);
  return settled.filter((row) => keyOf(row) !== before.get(row.id));
}

function settle(rows: GroupColumns[]): GroupColumns[] {
  let current = rows;
  for (const coarser of COARSER) {
    const small = new Set([...grouped(current).values()].filter((group) => group.length < LEAST_ALIKE).flat());
    if (small.size === 0) return current;
    current = current.map((row) => (small.has(row) ? coarser(row) : row));
  }
  return absorb(current);
}

/** A rest that knows nothing any more and is still small takes the smallest other group in. */
function absorb(rows: GroupColumns[]): GroupColumns[] {
  const groups = [...grouped(rows).values()].toSorted((one, other) => one.length - other.length);
  const [smallest, next] = groups;
  if (!smallest || !next || smallest.length >= LEAST_ALIKE) return rows;
  const joined = new Set([...smallest, ...next]);
  const nothing = { sex: null, quintile: null, asn: null, language: ANY_LANGUAGE };
  return absorb(rows.map((row) => (joined.has(row) ? { ...row, ...nothing } : row)));
}

function bySchoolAndBand(rows: readonly GroupColumns[]): GroupColumns[][] {
  const places = new Map<string, GroupColumns[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.versionId, row.schoolId, row.bandId]);
    const place = places.get(key);
    if (place) place.push(row);
    else places.set(key, [row]);
  }
  return [...places.values()];
}

function grouped(rows: readonly GroupColumns[]): Map<string, GroupColumns[]> {
  const groups = new Map<string, GroupColumns[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function keyOf({ sex, quintile, asn, language }: GroupColumns): string {
  return JSON.stringify([sex, quintile, asn, language]);
}
