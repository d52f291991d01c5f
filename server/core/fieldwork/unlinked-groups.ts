/*
 * The record of an unlinked section carries band, sex and quintile at most, and only as far as at least ten
 * responses of its wave share them: otherwise it would lead to few people's other answers.
 */

/** Responses that a record must fit at least. */
export const LEAST_FITTING = 10;

/** The band of a record whose own band would lead to too few. */
export const ANY_BAND = 'any';

export interface RecordGroup {
  bandId: string;
  sex: string | null;
  quintile: number | null;
}

/**
 * The records that must tell less, with what they may still tell: first the quintile goes, then the sex, then the
 * band. A response fits a record if it agrees in everything that the record still tells.
 */
export function coarserRecords<Record extends RecordGroup & { id: string }>(
  records: readonly Record[],
  responses: readonly RecordGroup[],
): (RecordGroup & { id: string })[] {
  const fitting = new Map<string, number>();
  for (const response of responses) {
    for (const level of coarserAndCoarser(response)) {
      const key = keyOf(level);
      fitting.set(key, (fitting.get(key) ?? 0) + 1);
    }
  }
  return records.flatMap(({ id, bandId, sex, quintile }) => {
    const levels = coarserAndCoarser({ bandId, sex, quintile });
    const found = levels.find((level) => (fitting.get(keyOf(level)) ?? 0) >= LEAST_FITTING) ?? levels.at(-1)!;
    return keyOf(found) === keyOf({ bandId, sex, quintile }) ? [] : [{ id, ...found }];
  });
}

function coarserAndCoarser({ bandId, sex, quintile }: RecordGroup): RecordGroup[] {
  const levels: RecordGroup[] = [
    { bandId, sex, quintile },
    { bandId, sex, quintile: null },
    { bandId, sex: null, quintile: null },
    { bandId: ANY_BAND, sex: null, quintile: null },
  ];
  // What a group does not tell in the first place makes levels alike; each counts once.
  return levels.filter((level, index) => levels.findIndex((other) => keyOf(other) === keyOf(level)) === index);
}

const keyOf = ({ bandId, sex, quintile }: RecordGroup) => `${bandId} ${sex ?? '-'} ${quintile ?? '-'}`;
