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

/** Makes a table refuse every row whose number is not the one after the last. */
export async function refuseGaps(db: Kysely<unknown>, table: string, number: string): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const trigger = sql.id(`${table}_in_order`);
  const isGap = sql`new.${sql.id(number)} <> coalesce((select max(${sql.id(number)}) from ${sql.table(table)}), 0) + 1`;
  const refused = `${table}: a number other than the next one is refused`;
  if (!isPostgres) {
    await sql`create trigger if not exists ${trigger} before insert on ${sql.table(table)}
      when ${isGap} begin select raise(abort, ${sql.lit(refused)}); end`.execute(db);
    return;
  }
  const { sql: gap } = isGap.compile(db);
  await sql`create or replace function ${trigger}() returns trigger language plpgsql as
    ${sql.lit(`begin if ${gap} then raise exception '${refused}'; end if; return new; end`)}`.execute(db);
  await sql`create trigger ${trigger} before insert on ${sql.table(table)}
    for each row execute function ${trigger}()`.execute(db);
}

async function refuseOnPostgres(db: Kysely<unknown>, table: string): Promise<void> {
  const refuse = sql.id(`${table}_stay`);
  await sql`create or replace function ${refuse}() returns trigger language plpgsql as
    ${sql.lit(`begin raise exception '${refusal(table, 'changes')}'; end`)}`.execute(db);
  await sql`create trigger ${refuse} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function ${refuse}()`.execute(db);
}

const refusal = (table: string, deed: string) => `${table} only grows: ${deed} is refused`;
