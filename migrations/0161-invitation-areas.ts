import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Which places the account that an invitation leads to is bound to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'invitation_areas')
    .addColumn('invitation_id', 'text', (column) => column.notNull().references('invitations.id'))
    .addColumn('node', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('invitation_areas_key', ['invitation_id', 'node'])
    .execute();
}
