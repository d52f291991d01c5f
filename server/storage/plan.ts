import { emptyWords, type PlanWords } from '../core/loop/plan/words.ts';
import { nextReference, type PlanAction, type PlanChange, type PlanEvent } from '../core/loop/plan/plan.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { readPlan, readHistory } from './plan-reading.ts';
import { measureWrites } from './plan-measures.ts';
import type { Writing } from './plan-rows.ts';

/** The action plan of an authority's partnership. */
export interface Plan {
  /** All actions of an authority, in the order of their references. */
  list(authorityId: string): Promise<PlanAction[]>;
  /**
   * Writes all of these changes, or none. What is so already is not written again.
   * @returns 'taken' with a reference that another action of the plan has
   */
  write(authorityId: string, changes: readonly PlanChange[], by: string | null, at: string): Promise<Written>;
  /** Everything that happened to an action, the newest first. */
  history(actionId: string): Promise<PlanEvent[]>;
}

export type Written = { outcome: 'written' } | { outcome: 'taken'; reference: string };

/** Ends a transaction whose reference is in use. */
class Taken extends Error {
  readonly reference: string;
  constructor(reference: string) {
    super(`The reference "${reference}" is taken.`);
    this.reference = reference;
  }
}

export function createPlan({ query }: Pick<Database, 'query'>): Plan {
  return {
    list: (authorityId) => readPlan(query, authorityId),
    history: (actionId) => readHistory(query, actionId),
    async write(authorityId, changes, by, at) {
      try {
        await query.transaction().execute(async (trx) => {
          for (const change of changes) await writeOne({ trx, authorityId, by, at }, change);
        });
        return { outcome: 'written' };
      } catch (error) {
        if (error instanceof Taken) return { outcome: 'taken', reference: error.reference };
        throw error;
      }
    },
  };
}

/** Puts an action that follows from a finding into the plan, within a transaction. */
export async function planForAction(
  writing: Writing,
  actionId: string,
  words: Pick<PlanWords, 'task' | 'lead' | 'dueOn' | 'place'>,
): Promise<void> {
  const id = newId();
  await make(writing, { id, reference: '', words: { ...emptyWords(), ...words } });
  await writing.trx.insertInto('plan_links').values({ action_id: actionId, plan_action_id: id }).execute();
}

async function writeOne(writing: Writing, change: PlanChange): Promise<void> {
  switch (change.kind) {
    case 'make':
      return make(writing, change);
    case 'reword':
      return reword(writing, change);
    case 'progress':
      return addProgress(writing, change);
    case 'judge':
      return judge(writing, change);
    case 'end':
      return end(writing, change);
    case 'link':
      return link(writing, change);
    case 'measure':
    case 'remeasure':
    case 'value':
      return measureWrites(writing, change);
  }
}

type Of<Kind extends PlanChange['kind']> = Extract<PlanChange, { kind: Kind }>;

async function make({ trx, authorityId, by, at }: Writing, change: Omit<Of<'make'>, 'kind'>): Promise<void> {
  const known = await trx.selectFrom('plan_actions').select('id').where('id', '=', change.id).executeTakeFirst();
  if (known) return;
  const rows = await trx
    .selectFrom('plan_actions')
    .select('reference')
    .where('authority_id', '=', authorityId)
    .execute();
  const references = rows.map(({ reference }) => reference);
  const reference = change.reference === '' ? nextReference(references) : change.reference;
  if (references.includes(reference)) throw new Taken(reference);
  try {
    await trx
      .insertInto('plan_actions')
      .values({ id: change.id, authority_id: authorityId, reference, made_at: at })
      .execute();
  } catch (error) {
    if (isDuplicate(error)) throw new Taken(reference);
    throw error;
  }
  const content = JSON.stringify(change.words);
  await trx
    .insertInto('plan_action_versions')
    .values({ action_id: change.id, number: 1, content, written_at: at, written_by: by })
    .execute();
}

async function reword({ trx, by, at }: Writing, { action, words }: Of<'reword'>): Promise<void> {
  const last = await trx
    .selectFrom('plan_action_versions')
    .select(['number', 'content'])
    .where('action_id', '=', action)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  const content = JSON.stringify(words);
  if (last?.content === content) return;
  await trx
    .insertInto('plan_action_versions')
    .values({ action_id: action, number: (last?.number ?? 0) + 1, content, written_at: at, written_by: by })
    .execute();
}

async function addProgress({ trx, by, at }: Writing, { action, on, words }: Of<'progress'>): Promise<void> {
  const same = await trx
    .selectFrom('plan_progress')
    .select('id')
    .where('action_id', '=', action)
    .where('happened_on', '=', on)
    .where('words', '=', words)
    .executeTakeFirst();
  if (same) return;
  await trx
    .insertInto('plan_progress')
    .values({ id: newId(), action_id: action, happened_on: on, words, written_at: at, written_by: by })
    .execute();
}

async function judge({ trx, by, at }: Writing, { action, colour, reason }: Of<'judge'>): Promise<void> {
  const last = await trx
    .selectFrom('plan_judgements')
    .select(['number', 'colour', 'reason'])
    .where('action_id', '=', action)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  if ((last?.colour ?? null) === colour && (colour === null || last?.reason === reason)) return;
  const number = (last?.number ?? 0) + 1;
  await trx
    .insertInto('plan_judgements')
    .values({ action_id: action, number, colour, reason, set_at: at, set_by: by })
    .execute();
}

async function end({ trx, by, at }: Writing, { action, state, reason }: Of<'end'>): Promise<void> {
  const last = await trx
    .selectFrom('plan_endings')
    .select(['number', 'state'])
    .where('action_id', '=', action)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  if ((last?.state ?? 'open') === state) return;
  const number = (last?.number ?? 0) + 1;
  await trx
    .insertInto('plan_endings')
    .values({ action_id: action, number, state, reason, set_at: at, set_by: by })
    .execute();
}

/** Has an action follow from a finding too, so that a reply to the finding can follow from the action. */
async function link({ trx, by, at }: Writing, { action, finding }: Of<'link'>): Promise<void> {
  const same = await trx
    .selectFrom('plan_links')
    .innerJoin('actions', 'actions.id', 'action_id')
    .select('action_id')
    .where('plan_action_id', '=', action)
    .where('finding_id', '=', finding)
    .executeTakeFirst();
  if (same) return;
  const version = await trx
    .selectFrom('plan_action_versions')
    .select('content')
    .where('action_id', '=', action)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow();
  const { task, lead, dueOn } = JSON.parse(version.content) as PlanWords;
  const id = newId();
  const row = { id, finding_id: finding, task, lead_role: lead, due_on: dueOn, made_at: at, made_by: by };
  await trx.insertInto('actions').values(row).execute();
  await trx.insertInto('plan_links').values({ action_id: id, plan_action_id: action }).execute();
}
