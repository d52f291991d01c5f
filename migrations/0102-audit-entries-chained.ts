import { hash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { CHAIN_START, chained, type ChainHead } from '../server/core/audit-chain.ts';

interface Unchained {
  at: string;
  account_id: string | null;
  action: string;
  subject: string;
}

/** What is in the record already is chained in the order of its times: all of it, or nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.isTransaction) await chainAll(db);
  else await db.transaction().execute(chainAll);
}

async function chainAll(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Unchained>`select * from audit_entries_unchained order by at, id`.execute(db);
  let head: ChainHead = CHAIN_START;
  for (const { at, account_id: account, action, subject } of rows) {
    const entry = chained(head, { at, account, action, subject, authority: null }, (text) =>
      hash('sha256', text, 'hex'),
    );
    await sql`insert into audit_entries (sequence, at, account_id, action, subject, previous_hash, hash)
      values (${entry.sequence}, ${at}, ${account}, ${action}, ${subject}, ${entry.previousHash}, ${entry.hash})`.execute(
      db,
    );
    head = entry;
  }
}
