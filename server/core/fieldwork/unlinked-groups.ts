/*
 * The record of an unlinked section carries band, sex and quintile at most, and only as far as at least ten people
 * gave a record that tells the same. Each of them has a response of their own, so a record leads to ten responses or
 * more, whatever those tell.
 */

/** Records that must tell the same. */
export const LEAST_ALIKE_RECORDS = 10;

/** Stands for the band of a record that may not tell it. */
export const ANY_BAND = 'any';

export interface RecordGroup {
  id: string;
  versionId: string;
  section: string;
  /** Which questions without a route were never asked: it tells the stage, and where somebody broke off. */
  pattern: string;
  bandId: string;
  sex: string | null;
  quintile: number | null;
}

/** What is given up, in this order: by all who share what is left, so that nobody stands out by having given it up. */
const COARSER: { within: (record: RecordGroup) => string; coarser: (record: RecordGroup) => RecordGroup }[] = [
  {
    within: ({ bandId, sex }) => `${bandId} ${String(sex)}`,
    coarser: (record) => ({ ...record, quintile: null }),
  },
  { within: ({ bandId }) => bandId, coarser: (record) => ({ ...record, sex: null, quintile: null }) },
  { within: () => '', coarser: (record) => ({ ...record, bandId: ANY_BAND, sex: null, quintile: null }) },
];

/**
 * What records may still tell.
 * @returns the records that have to change, as they are now, and the ids of those that even so would stand among too few
 */
export function coarserRecords(records: readonly RecordGroup[]): { changed: RecordGroup[]; removed: string[] } {
  const before = new Map(records.map((record) => [record.id, tells(record)]));
  const settled = grouped(records, sortOf).flatMap(settle);
  const small = grouped(settled, (record) => `${sortOf(record)} ${tells(record)}`)
    .filter(isSmall)
    .flat();
  const removed = new Set(small.map(({ id }) => id));
  return {
    changed: settled.filter((record) => !removed.has(record.id) && tells(record) !== before.get(record.id)),
    removed: [...removed],
  };
}

function settle(records: readonly RecordGroup[]): RecordGroup[] {
  return COARSER.reduce<RecordGroup[]>(
    (current, { within, coarser }) =>
      grouped(current, within).flatMap((siblings) =>
        grouped(siblings, tells).some(isSmall) ? siblings.map(coarser) : siblings,
      ),
    [...records],
  );
}

const isSmall = (group: readonly RecordGroup[]) => group.length < LEAST_ALIKE_RECORDS;
/** What a record tells whatever is taken from it. */
const sortOf = ({ versionId, section, pattern }: RecordGroup) => JSON.stringify([versionId, section, pattern]);
const tells = ({ bandId, sex, quintile }: RecordGroup) => JSON.stringify([bandId, sex, quintile]);

function grouped(records: readonly RecordGroup[], keyOf: (record: RecordGroup) => string): RecordGroup[][] {
  return [...Map.groupBy(records, keyOf).values()];
}
