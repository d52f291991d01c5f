import type { ActionWords } from '../core/loop/action.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What is being done about a finding. */
export interface Action extends ActionWords {
  id: string;
  findingId: string;
  madeAt: string;
}

export interface Actions {
  /** Keeps an action and gives its id; the same words about the same finding are the same action. */
  make(findingId: string, action: ActionWords, madeBy: string | null, at: string): Promise<string>;
  find(id: string): Promise<Action | undefined>;
  /** Actions of a finding, oldest first. */
  ofFinding(findingId: string): Promise<Action[]>;
}

export function createActions({ query }: Database): Actions {
  const actions = query
    .selectFrom('actions')
    .select(['id', 'finding_id as findingId', 'task', 'lead_role as lead', 'due_on as dueOn', 'made_at as madeAt']);
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
        return id;
      }),
    find: (id) => actions.where('id', '=', id).executeTakeFirst(),
    ofFinding: (findingId) => actions.where('finding_id', '=', findingId).orderBy('made_at').orderBy('id').execute(),
  };
}
