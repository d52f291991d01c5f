import { sql, type Kysely } from 'kysely';
import { strictTable } from '../server/storage/strict-table.ts';

/** Every state that a proposal was in, numbered from 1; what was proposed before has one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await strictTable(db, 'proposal_drafts')
    .addColumn('proposal_id', 'text', (column) => column.notNull().references('proposals.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('based_on', 'integer')
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('texts', 'text', (column) => column.notNull())
    .addColumn('why_ask', 'text', (column) => column.notNull())
    .addColumn('place', 'text')
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('written_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('contribution_id', 'text', (column) => column.references('contributions.id'))
    .addPrimaryKeyConstraint('proposal_drafts_key', ['proposal_id', 'number'])
    .execute();
  await sql`
    insert into proposal_drafts
      (proposal_id, number, based_on, item, language, texts, why_ask, place, written_at, written_by, contribution_id)
    select id, 1, null, question, language, '{"' || language || '":' || text || '}', why_ask, null, proposed_at,
      proposed_by, null
    from proposals
  `.execute(db);
}
