import type { ActionWords } from '../core/loop/action.ts';
import { WHOLE_AUTHORITY, type PlanWords } from '../core/loop/plan/words.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { planForAction } from './plan.ts';

/** What is being done about a finding. It stands in the action plan, and says what the plan says now. */
export interface Action extends ActionWords {
  id: string;
  findingId: string;
  madeAt: string;
}

export interface Actions {
  /** Keeps an action, puts it into the plan and gives its id; the same words about the same finding are the same action. */
  make(findingId: string, action: ActionWords, madeBy: string | null, at: string): Promise<string>;
  find(id: string): Promise<Action | undefined>;
  /** Actions of a finding, oldest first. */
  ofFinding(findingId: string): Promise<Action[]>;
}

interface ActionRow extends Action {
  planned: string | null;
}

export function createActions({ query }: Database): Actions {
  const actions = query
    .selectFrom('actions')
    .leftJoin('plan_links', 'plan_links.action_id', 'actions.id')
    .select(['actions.id', 'finding_id as findingId', 'task', 'lead_role as lead', 'due_on as dueOn'])
    .select(['actions.made_at as madeAt', 'plan_action_id as planned']);

  /** What was written when the finding was answered may have been put in other words in the plan since. */
  async function asPlanned({ planned, ...action }: ActionRow): Promise<Action> {
    if (planned === null) return action;
    const version = await query
      .selectFrom('plan_action_versions')
      .select('content')
      .where('action_id', '=', planned)
      .orderBy('number', 'desc')
      .executeTakeFirst();
    if (!version) return action;
    const { task, lead, dueOn } = JSON.parse(version.content) as PlanWords;
    return { ...action, task, lead, dueOn };
  }

  return {
    make: (findingId, action, madeBy, at) =>
      query.transaction().execute(async (trx) => {
        const same = await trx
          .selectFrom('actions')
          .select('id')
          .where('finding_id', '=', findingId)
          .where('task', '=', action.task)
          .where('lead_role', '=', action.lead)
          .where('due_on', '=', action.dueOn)
          .executeTakeFirst();
        if (same) return same.id;
        const id = newId();
        await trx
          .insertInto('actions')
          .values({
            id,
            finding_id: findingId,
            task: action.task,
            lead_role: action.lead,
            due_on: action.dueOn,
            made_at: at,
            made_by: madeBy,
          })
          .execute();
        const finding = await trx
          .selectFrom('findings')
          .select(['authority_id', 'node_id'])
          .where('id', '=', findingId)
          .executeTakeFirstOrThrow();
        const { task, lead, dueOn } = action;
        const words = { task, lead, dueOn, place: placeOf(finding.node_id) };
        await planForAction({ trx, authorityId: finding.authority_id, by: madeBy, at }, id, words);
        return id;
      }),
    async find(id) {
      const row = await actions.where('actions.id', '=', id).executeTakeFirst();
      return row && asPlanned(row);
    },
    async ofFinding(findingId) {
      const rows = await actions
        .where('finding_id', '=', findingId)
        .orderBy('actions.made_at')
        .orderBy('actions.id')
        .execute();
      return Promise.all(rows.map(asPlanned));
    },
  };
}

/** The place of the plan that a finding's place is; what serves to compare is of the whole authority. */
function placeOf(node: string): string {
  return /^(locality|cluster):/.test(node) ? node : WHOLE_AUTHORITY;
}
