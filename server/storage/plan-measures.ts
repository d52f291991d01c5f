import type { PlanChange } from '../core/loop/plan/plan.ts';
import type { Writing } from './plan-rows.ts';

/* What is written of an action's measures. */

type MeasureChange = Extract<PlanChange, { kind: 'measure' | 'remeasure' | 'value' }>;

export async function measureWrites(writing: Writing, change: MeasureChange): Promise<void> {
  if (change.kind === 'measure') return make(writing, change);
  return change.kind === 'remeasure' ? reword(writing, change) : setValue(writing, change);
}

async function make(
  { trx, by, at }: Writing,
  { id, action, words }: Extract<MeasureChange, { kind: 'measure' }>,
): Promise<void> {
  const known = await trx.selectFrom('plan_measures').select('id').where('id', '=', id).executeTakeFirst();
  if (known) return;
  const last = await trx
    .selectFrom('plan_measures')
    .select('number')
    .where('action_id', '=', action)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  await trx.insertInto('plan_measures').values({ id, action_id: action, number, made_at: at }).execute();
  await trx
    .insertInto('plan_measure_versions')
    .values({ measure_id: id, number: 1, content: JSON.stringify(words), written_at: at, written_by: by })
    .execute();
}

async function reword(
  { trx, by, at }: Writing,
  { measure, words }: Extract<MeasureChange, { kind: 'remeasure' }>,
): Promise<void> {
  const last = await trx
    .selectFrom('plan_measure_versions')
    .select(['number', 'content'])
    .where('measure_id', '=', measure)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  const content = JSON.stringify(words);
  if (last?.content === content) return;
  await trx
    .insertInto('plan_measure_versions')
    .values({ measure_id: measure, number: (last?.number ?? 0) + 1, content, written_at: at, written_by: by })
    .execute();
}

async function setValue(
  { trx, by, at }: Writing,
  { measure, quarter, value }: Extract<MeasureChange, { kind: 'value' }>,
): Promise<void> {
  const last = await trx
    .selectFrom('plan_values')
    .select(['number', 'value'])
    .where('measure_id', '=', measure)
    .where('quarter', '=', quarter)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  if (last?.value === value) return;
  await trx
    .insertInto('plan_values')
    .values({ measure_id: measure, quarter, number: (last?.number ?? 0) + 1, value, written_at: at, written_by: by })
    .execute();
}
