import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** The version in which a proposal became a question. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_publications')
    .addColumn('proposal_id', 'text', (column) => column.primaryKey().notNull().references('proposals.id'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('survey_versions.id'))
    .execute();
}
