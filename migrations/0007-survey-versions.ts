import { type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Immutable published states of a survey. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'survey_versions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('survey_id', 'text', (column) => column.notNull())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('layout', 'text', (column) => column.notNull())
    .addColumn('published_at', 'text', (column) => column.notNull())
    .addColumn('published_by', 'text')
    .addUniqueConstraint('survey_versions_unique', ['survey_id', 'number'])
    .execute();
}
