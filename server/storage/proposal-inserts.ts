import type { Transaction } from 'kysely';
import type { DraftContent } from '../core/drafts/draft.ts';
import type { EthicsFacts } from '../core/drafts/ethics-check.ts';
import type { StepKind } from '../core/drafts/progress.ts';
import type { Count, CountedWhere } from '../core/drafts/support.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import type { ItemText } from '../core/survey/text.ts';
import { insertContribution, type NewContribution } from './contributions.ts';
import type { Tables } from './tables.ts';

/* How drafts, decisions and endings of proposals are written, within a transaction of whoever needs more of them at once. */

/** A decision about a draft; the first one to come for a place counts. */
export interface NewStep {
  proposalId: string;
  number: number;
  /** How many were taken about this draft before. */
  after: number;
  step: StepKind;
  reason: string;
  by: string;
  count: (Count & { counted: CountedWhere }) | null;
  check: EthicsFacts | null;
}

export interface NewEnding {
  how: 'retired' | 'merged';
  intoId: string | null;
  reason: string;
  by: string;
}

export async function insertDraft(
  trx: Transaction<Tables>,
  draft: {
    proposalId: string;
    number: number;
    basedOn: number | null;
    content: DraftContent;
    writtenBy: string;
    contribution: NewContribution | null;
  },
  at: string,
): Promise<void> {
  const { content, contribution } = draft;
  const contributionId = contribution && (await insertContribution(trx, contribution, at));
  await trx
    .insertInto('proposal_drafts')
    .values({
      proposal_id: draft.proposalId,
      number: draft.number,
      based_on: draft.basedOn,
      item: JSON.stringify(content.item satisfies SurveyItem),
      language: content.language,
      texts: JSON.stringify(content.texts satisfies Readonly<Record<string, ItemText>>),
      why_ask: content.whyAsk,
      // Empty stands for the beginning, so that it differs from a place that nobody has chosen.
      place: content.after === undefined ? null : (content.after ?? ''),
      written_at: at,
      written_by: draft.writtenBy,
      contribution_id: contributionId,
    })
    .execute();
}

export async function insertStep(trx: Transaction<Tables>, step: NewStep, at: string): Promise<void> {
  const { count, check } = step;
  const key = { proposal_id: step.proposalId, draft_number: step.number, place: step.after + 1 };
  await trx
    .insertInto('proposal_steps')
    .values({ ...key, step: step.step, reason: step.reason, taken_at: at, taken_by: step.by })
    .execute();
  if (count) {
    const { counted, inFavour, against, unsure } = count;
    await trx
      .insertInto('proposal_counts')
      .values({ ...key, counted, in_favour: inFavour, against, unsure })
      .execute();
  }
  if (check) {
    await trx
      .insertInto('proposal_checks')
      .values({
        ...key,
        legal_basis: check.legalBasis,
        special_condition: check.specialCondition,
        sensitivity: check.sensitivity,
        support: check.support,
        outside_advice: check.outsideAdvice,
      })
      .execute();
  }
}

export async function insertEnding(
  trx: Transaction<Tables>,
  id: string,
  { how, intoId, reason, by }: NewEnding,
  at: string,
): Promise<'ended' | 'done-already'> {
  const endings = trx.selectFrom('proposal_endings').select(['place', 'restored_at']);
  const before = await endings.where('proposal_id', '=', id).execute();
  if (before.some(({ restored_at: restoredAt }) => restoredAt === null)) return 'done-already';
  const row = { proposal_id: id, place: before.length + 1, how, into_id: intoId, reason };
  await trx
    .insertInto('proposal_endings')
    .values({ ...row, ended_at: at, ended_by: by, restored_at: null, restored_by: null })
    .execute();
  return 'ended';
}
