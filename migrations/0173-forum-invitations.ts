import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** One-time invitations to a forum; with an account, a new pass-phrase for somebody who lost theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'forum_invitations')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('forum_id', 'text', (column) => column.notNull().references('forums.id'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('invited_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('invited_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'text')
    .addColumn('used_at', 'text')
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .execute();
}
