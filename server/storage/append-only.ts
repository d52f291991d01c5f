import { PostgresAdapter, sql, type Kysely } from 'kysely';

/**
 * Makes a table refuse every update and delete. Whoever may change the schema can take that away again: it stops
 * mistakes, and the chain of the record shows the rest.
 */
export async function refuseChanges(db: Kysely<unknown>, table: string): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  if (isPostgres) return refuseOnPostgres(db, table);
  for (const deed of ['update', 'delete']) {
    await sql`create trigger if not exists ${sql.id(`${table}_no_${deed}`)} before ${sql.raw(deed)} on ${sql.table(table)}
      begin select raise(abort, ${sql.lit(refusal(table, deed))}); end`.execute(db);
  }
}

async function refuseOnPostgres(db: Kysely<unknown>, table: string): Promise<void> {
  const refuse = sql.id(`${table}_stay`);
  await sql`create or replace function ${refuse}() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception '${refusal(table, 'changes')}'; end`)}`.execute(db);
  await sql`create trigger ${refuse} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function ${refuse}()`.execute(db);
}

const refusal = (table: string, deed: string) => `${table} only grows: ${deed} is refused`;
