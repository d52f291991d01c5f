import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What stands between the start of a transaction and its end. */
export type Transaction = Kysely<Tables>;

/** The last row of each key; rows have to come in the order of their number. */
export function newest<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** What is written by whom and when, within a transaction. */
export interface Writing {
  trx: Transaction;
  authorityId: string;
  by: string | null;
  at: string;
}
