import { type Kysely } from 'kysely';

interface Before {
  actions: { id: string; finding_id: string; task: string; lead_role: string; due_on: string; made_at: string; made_by: string | null }; // prettier-ignore
  findings: { id: string; authority_id: string; node_id: string; made_at: string; made_by: string | null };
  plan_actions: { id: string; authority_id: string; reference: string; made_at: string };
  plan_action_versions: { action_id: string; number: number; content: string; written_at: string; written_by: string | null }; // prettier-ignore
  plan_links: { action_id: string; plan_action_id: string };
}

/** Actions that followed from findings before there was a plan stand in it, under the same id. */
export async function up(db: Kysely<Before>): Promise<void> {
  const rows = await db
    .selectFrom('actions')
    .innerJoin('findings', 'findings.id', 'finding_id')
    .select(['actions.id', 'authority_id', 'node_id', 'task', 'lead_role', 'due_on'])
    .select(['actions.made_at', 'actions.made_by'])
    .orderBy('actions.made_at')
    .orderBy('actions.id')
    .execute();
  for (const [index, row] of rows.entries()) {
    const { id, authority_id, made_at, made_by } = row;
    const texts = { priority: '', task: row.task, group: '', lead: row.lead_role, partners: '', indicator: '' };
    const place = /^(locality|cluster):/.test(row.node_id) ? row.node_id : 'authority';
    const rest = { outcome: '', involvement: '', place, startsOn: '', dueOn: row.due_on };
    const content = JSON.stringify({ ...texts, ...rest, shanarri: [], uncrc: [], poverty: [], aims: [] });
    await db
      .insertInto('plan_actions')
      .values({ id, authority_id, reference: String(index + 1), made_at })
      .execute();
    const version = { action_id: id, number: 1, content, written_at: made_at, written_by: made_by };
    await db.insertInto('plan_action_versions').values(version).execute();
    await db.insertInto('plan_links').values({ action_id: id, plan_action_id: id }).execute();
  }
}
