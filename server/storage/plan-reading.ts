import type { Kysely } from 'kysely';
import type { MeasureWords } from '../core/loop/plan/measures.ts';
import type { PlanAction, PlanEvent, PlanMeasure } from '../core/loop/plan/plan.ts';
import type { PlanWords } from '../core/loop/plan/words.ts';
import { grouped } from './grouped-rows.ts';
import { newest } from './plan-rows.ts';
import type { Tables } from './tables.ts';

/** 2 stands before 10, and 2.3 between them. */
const asNumbered = new Intl.Collator('en', { numeric: true });

/** Every action of an authority as it stands, in the order of their references. */
export async function readPlan(query: Kysely<Tables>, authorityId: string): Promise<PlanAction[]> {
  const rows = await query
    .selectFrom('plan_actions')
    .innerJoin('plan_action_versions', 'action_id', 'plan_actions.id')
    .select(['plan_actions.id', 'reference', 'made_at', 'content'])
    .where('authority_id', '=', authorityId)
    .orderBy('plan_actions.id')
    .orderBy('number')
    .execute();
  const [progress, judgements, endings, measures, links] = await Promise.all([
    progressOf(query, authorityId),
    judgementsOf(query, authorityId),
    endingsOf(query, authorityId),
    measuresOf(query, authorityId),
    linksOf(query, authorityId),
  ]);
  const actions = [...newest(rows, ({ id }) => id).values()].toSorted((one, other) =>
    asNumbered.compare(one.reference, other.reference),
  );
  return actions.map(({ id, reference, made_at, content }) => {
    const judged = judgements.get(id);
    return {
      id,
      reference,
      words: JSON.parse(content) as PlanWords,
      madeAt: made_at,
      state: endings.get(id)?.state ?? 'open',
      progress: progress.get(id) ?? [],
      judgement: judged?.colour
        ? { colour: judged.colour, reason: judged.reason, at: judged.set_at, by: judged.sign_in_name ?? '' }
        : null,
      measures: measures.get(id) ?? [],
      findings: links.get(id) ?? [],
    };
  });
}

async function progressOf(query: Kysely<Tables>, authorityId: string): Promise<Map<string, PlanAction['progress']>> {
  const rows = await query
    .selectFrom('plan_progress')
    .innerJoin('plan_actions', 'plan_actions.id', 'action_id')
    .leftJoin('accounts', 'accounts.id', 'written_by')
    .select(['action_id', 'happened_on', 'words', 'written_at', 'sign_in_name'])
    .where('plan_actions.authority_id', '=', authorityId)
    .orderBy('happened_on', 'desc')
    .orderBy('written_at', 'desc')
    .orderBy('plan_progress.id')
    .execute();
  return grouped(
    rows,
    ({ action_id }) => action_id,
    ({ happened_on, words, written_at, sign_in_name }) => ({
      on: happened_on,
      words,
      writtenAt: written_at,
      by: sign_in_name ?? '',
    }),
  );
}

async function judgementsOf(query: Kysely<Tables>, authorityId: string) {
  const rows = await query
    .selectFrom('plan_judgements')
    .innerJoin('plan_actions', 'plan_actions.id', 'action_id')
    .leftJoin('accounts', 'accounts.id', 'set_by')
    .select(['action_id', 'colour', 'reason', 'set_at', 'sign_in_name'])
    .where('plan_actions.authority_id', '=', authorityId)
    .orderBy('number')
    .execute();
  return newest(rows, ({ action_id }) => action_id);
}

async function endingsOf(query: Kysely<Tables>, authorityId: string) {
  const rows = await query
    .selectFrom('plan_endings')
    .innerJoin('plan_actions', 'plan_actions.id', 'action_id')
    .select(['action_id', 'state'])
    .where('authority_id', '=', authorityId)
    .orderBy('number')
    .execute();
  return newest(rows, ({ action_id }) => action_id);
}

async function measuresOf(query: Kysely<Tables>, authorityId: string): Promise<Map<string, PlanMeasure[]>> {
  const versions = await query
    .selectFrom('plan_measures')
    .innerJoin('plan_actions', 'plan_actions.id', 'plan_measures.action_id')
    .innerJoin('plan_measure_versions', 'measure_id', 'plan_measures.id')
    .select(['plan_measures.id', 'plan_measures.action_id', 'content'])
    .where('authority_id', '=', authorityId)
    .orderBy('plan_measures.number')
    .orderBy('plan_measure_versions.number')
    .execute();
  const values = await query
    .selectFrom('plan_values')
    .innerJoin('plan_measures', 'plan_measures.id', 'measure_id')
    .innerJoin('plan_actions', 'plan_actions.id', 'plan_measures.action_id')
    .select(['measure_id', 'quarter', 'value'])
    .where('authority_id', '=', authorityId)
    .orderBy('quarter')
    .orderBy('plan_values.number')
    .execute();
  const newestValues = [...newest(values, ({ measure_id, quarter }) => `${measure_id} ${quarter}`).values()];
  const valuesOf = grouped(
    newestValues,
    ({ measure_id }) => measure_id,
    ({ quarter, value }) => ({ quarter, value }),
  );
  return grouped(
    [...newest(versions, (row) => row.id).values()],
    ({ action_id }) => action_id,
    ({ id, content }) => ({ id, words: JSON.parse(content) as MeasureWords, values: valuesOf.get(id) ?? [] }),
  );
}

async function linksOf(query: Kysely<Tables>, authorityId: string): Promise<Map<string, string[]>> {
  const rows = await query
    .selectFrom('plan_links')
    .innerJoin('plan_actions', 'plan_actions.id', 'plan_action_id')
    .innerJoin('actions', 'actions.id', 'plan_links.action_id')
    .select(['plan_action_id', 'finding_id'])
    .where('authority_id', '=', authorityId)
    .orderBy('finding_id')
    .execute();
  return grouped(
    rows,
    ({ plan_action_id }) => plan_action_id,
    ({ finding_id }) => finding_id,
  );
}

/** Everything that happened to an action, the newest first. */
export async function readHistory(query: Kysely<Tables>, actionId: string): Promise<PlanEvent[]> {
  const events = [
    ...(await versionEvents(query, actionId)),
    ...(await otherEvents(query, actionId)),
    ...(await measureEvents(query, actionId)),
  ];
  return events.toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}

async function versionEvents(query: Kysely<Tables>, actionId: string): Promise<PlanEvent[]> {
  const rows = await query
    .selectFrom('plan_action_versions')
    .leftJoin('accounts', 'accounts.id', 'written_by')
    .select(['content', 'written_at', 'sign_in_name'])
    .where('action_id', '=', actionId)
    .orderBy('number')
    .execute();
  return rows
    .map(({ content, written_at, sign_in_name }, index): PlanEvent => {
      const done = { at: written_at, by: sign_in_name ?? '' };
      const before = rows[index - 1];
      if (!before) return { ...done, kind: 'made' };
      const [was, is] = [before.content, content].map((text) => JSON.parse(text) as PlanWords);
      return { ...done, kind: 'reworded', before: was!, after: is! };
    })
    .toReversed();
}

async function otherEvents(query: Kysely<Tables>, actionId: string): Promise<PlanEvent[]> {
  const progress = await query
    .selectFrom('plan_progress')
    .leftJoin('accounts', 'accounts.id', 'written_by')
    .select(['happened_on', 'words', 'written_at', 'sign_in_name'])
    .where('action_id', '=', actionId)
    .execute();
  const judgements = await query
    .selectFrom('plan_judgements')
    .leftJoin('accounts', 'accounts.id', 'set_by')
    .select(['colour', 'reason', 'set_at', 'sign_in_name'])
    .where('action_id', '=', actionId)
    .orderBy('number', 'desc')
    .execute();
  const endings = await query
    .selectFrom('plan_endings')
    .leftJoin('accounts', 'accounts.id', 'set_by')
    .select(['state', 'reason', 'set_at', 'sign_in_name'])
    .where('action_id', '=', actionId)
    .orderBy('number', 'desc')
    .execute();
  return [
    ...progress.map((row): PlanEvent => ({ at: row.written_at, by: row.sign_in_name ?? '', kind: 'progress', on: row.happened_on, words: row.words })), // prettier-ignore
    ...judgements.map((row): PlanEvent => ({ at: row.set_at, by: row.sign_in_name ?? '', kind: 'judged', colour: row.colour, reason: row.reason })), // prettier-ignore
    ...endings.map((row): PlanEvent => ({ at: row.set_at, by: row.sign_in_name ?? '', kind: 'ended', state: row.state, reason: row.reason })), // prettier-ignore
  ];
}

async function measureEvents(query: Kysely<Tables>, actionId: string): Promise<PlanEvent[]> {
  const versions = await query
    .selectFrom('plan_measures')
    .innerJoin('plan_measure_versions', 'measure_id', 'plan_measures.id')
    .leftJoin('accounts', 'accounts.id', 'written_by')
    .select(['plan_measures.id', 'content', 'written_at', 'sign_in_name'])
    .where('action_id', '=', actionId)
    .orderBy('plan_measure_versions.number')
    .execute();
  const values = await query
    .selectFrom('plan_values')
    .innerJoin('plan_measures', 'plan_measures.id', 'measure_id')
    .leftJoin('accounts', 'accounts.id', 'written_by')
    .select(['measure_id', 'quarter', 'value', 'written_at', 'sign_in_name'])
    .where('action_id', '=', actionId)
    .orderBy('plan_values.number')
    .execute();
  const wordsOf = (content: string) => JSON.parse(content) as MeasureWords;
  const names = new Map(versions.map(({ id, content }) => [id, wordsOf(content).name]));
  const worded = versions.map((row, index): PlanEvent => {
    const done = { at: row.written_at, by: row.sign_in_name ?? '' };
    const before = versions.slice(0, index).findLast(({ id }) => id === row.id);
    if (!before) return { ...done, kind: 'measured', words: wordsOf(row.content) };
    return { ...done, kind: 'remeasured', before: wordsOf(before.content), after: wordsOf(row.content) };
  });
  const valued = values.map((row, index): PlanEvent => {
    const before = values
      .slice(0, index)
      .findLast((one) => one.measure_id === row.measure_id && one.quarter === row.quarter);
    const [measure, done] = [names.get(row.measure_id) ?? '', { at: row.written_at, by: row.sign_in_name ?? '' }];
    return { ...done, kind: 'value', measure, quarter: row.quarter, before: before?.value ?? '', after: row.value };
  });
  return [...worded, ...valued].toReversed();
}
