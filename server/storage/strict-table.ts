import { PostgresAdapter, sql, type Kysely } from 'kysely';

/**
 * Starts a table for a migration. On SQLite the table is STRICT (types are enforced) and WITHOUT ROWID:
 * rows lie in the order of their key, so the order in which they were written is kept nowhere.
 */
export function strictTable(db: Kysely<unknown>, name: string) {
  const table = db.schema.createTable(name);
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  return isPostgres ? table : table.modifyEnd(sql`strict, without rowid`);
}
