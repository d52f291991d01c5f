import type { Transaction } from 'kysely';
import type { SurveyItem } from '../core/survey/definition.ts';
import type { Tables } from './tables.ts';

/**
 * Empties the draft of a proposal that a contribution is: its words, and the codes of its answers, which are made from
 * words. Of a draft that was published the question stays, as it is asked; why it should be asked goes.
 */
export async function emptyDraft(trx: Transaction<Tables>, contributionId: string): Promise<void> {
  const draft = await trx
    .selectFrom('proposal_drafts')
    .innerJoin('proposals', 'proposals.id', 'proposal_drafts.proposal_id')
    .leftJoin('proposal_publications as publication', 'publication.proposal_id', 'proposals.id')
    .select(['proposals.id', 'purpose', 'proposal_drafts.number', 'item', 'publication.draft_number as published'])
    .where('contribution_id', '=', contributionId)
    .executeTakeFirst();
  if (!draft) return;
  const own = trx.updateTable('proposal_drafts').where('contribution_id', '=', contributionId);
  await own.set({ why_ask: '' }).execute();
  if (draft.published === draft.number) return;
  const { id } = JSON.parse(draft.item) as SurveyItem;
  const empty: SurveyItem = { kind: 'information', id };
  await own.set({ texts: '{}', item: JSON.stringify(empty) }).execute();
  if (draft.purpose === 'new' && draft.published === null) await rename(trx, draft.id);
}

/** The id of a new question is made from the words of its first draft: all its drafts get one that says nothing. */
async function rename(trx: Transaction<Tables>, proposalId: string): Promise<void> {
  const id = `proposal-${proposalId.toLowerCase().replace(/[^a-z0-9]/g, '')}`;
  const drafts = trx.selectFrom('proposal_drafts').select(['number', 'item']).where('proposal_id', '=', proposalId);
  for (const { number, item } of await drafts.execute()) {
    const renamed = { ...(JSON.parse(item) as SurveyItem), id };
    const one = trx.updateTable('proposal_drafts').where('proposal_id', '=', proposalId).where('number', '=', number);
    await one.set({ item: JSON.stringify(renamed) }).execute();
  }
}
