import type { ClusterRow, LocalityRow, MembershipRow, PlaceRows, RollRow, SchoolRow } from './formats.ts';

/*
 * What an import would do to what is stored. Nothing is taken away by being left out of a file, but for
 * two things that a file states whole: the memberships of each school that it names, and a school's roll
 * of a day.
 */

export interface Change<R> {
  before: R;
  after: R;
}

/** Rows of one noun, by what happens to them. */
export interface RowChanges<R> {
  added: R[];
  changed: Change<R>[];
  removed: R[];
  unchanged: number;
}

/** All groups of one school on one day. */
export interface Roll {
  school: string;
  date: string;
  rows: RollRow[];
}

export interface Changes {
  localities: RowChanges<LocalityRow>;
  schools: RowChanges<SchoolRow>;
  clusters: RowChanges<ClusterRow>;
  memberships: RowChanges<MembershipRow>;
  rolls: RowChanges<Roll>;
}

/**
 * Compares rows without faults with what is stored.
 * @param stored of rolls, those of the days that `wanted` names
 * @param wanted rows of the files of one import, empty where a file was not given
 */
export function changesOf(stored: PlaceRows, wanted: PlaceRows): Changes {
  const named = new Set(wanted.memberships.map(({ school }) => school));
  const memberships = stored.memberships.filter(({ school }) => named.has(school));
  const membershipKey = ({ cluster, school, from }: MembershipRow) => JSON.stringify([cluster, school, from]);
  const codeOf = ({ code }: { code: string }) => code;
  return {
    localities: { ...compare(stored.localities, wanted.localities, codeOf), removed: [] },
    schools: { ...compare(stored.schools, wanted.schools, codeOf), removed: [] },
    clusters: { ...compare(stored.clusters, wanted.clusters, codeOf), removed: [] },
    memberships: compare(memberships, wanted.memberships, membershipKey),
    rolls: { ...compare(byDay(stored.rolls), byDay(wanted.rolls), rollKey), removed: [] },
  };
}

/** Whether an import would change anything at all. */
export function isChange(changes: Changes): boolean {
  return Object.values<RowChanges<unknown>>({ ...changes }).some(
    ({ added, changed, removed }) => added.length + changed.length + removed.length > 0,
  );
}

function compare<R extends object>(
  stored: readonly R[],
  wanted: readonly R[],
  keyOf: (row: R) => string,
): RowChanges<R> {
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  const changes: RowChanges<R> = { added: [], changed: [], removed: [], unchanged: 0 };
  for (const row of wanted) {
    const key = keyOf(row);
    const known = before.get(key);
    before.delete(key);
    if (!known) changes.added.push(row);
    else if (contentOf(known) === contentOf(row)) changes.unchanged += 1;
    else changes.changed.push({ before: known, after: row });
  }
  changes.removed.push(...before.values());
  return changes;
}

const rollKey = ({ school, date }: Pick<Roll, 'school' | 'date'>) => JSON.stringify([school, date]);

/** Groups in a fixed order, so that the order of lines in a file makes no difference. */
function byDay(rows: readonly RollRow[]): Roll[] {
  return [...Map.groupBy(rows, rollKey).values()].map((groups) => {
    const { school, date } = groups[0]!;
    const inOrder = groups.map((row) => ({ text: contentOf(row), row })).toSorted((a, b) => (a.text < b.text ? -1 : 1));
    return { school, date, rows: inOrder.map(({ row }) => row) };
  });
}

/** The same text for the same content, whatever the order of columns. */
function contentOf(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
