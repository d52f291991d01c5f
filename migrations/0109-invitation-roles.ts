import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** What the account that an invitation leads to may do. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'invitation_roles')
    .addColumn('invitation_id', 'text', (column) => column.notNull().references('invitations.id'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('invitation_roles_key', ['invitation_id', 'role'])
    .execute();
}
