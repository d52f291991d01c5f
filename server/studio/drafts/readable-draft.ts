import type { ProposalDraft } from '../../storage/proposal-rows.ts';
import type { SeenProposal } from '../proposals/seen-proposals.ts';

/** The number that a form carries where the draft that it began from cannot be read any more. */
export const NO_BASE = 0;

/** A draft that this person may read. Undefined for one that was hidden meanwhile, or that never was. */
export function readableDraft({ drafts }: SeenProposal, number: number): ProposalDraft | undefined {
  return drafts.find((draft) => draft.number === number);
}

/** Whether a page that somebody saw can still be drawn as it was: the draft that it was made from is there, or was not then. */
export function isBaseAsSeen(proposal: SeenProposal, basedOn: number): boolean {
  return basedOn === NO_BASE || readableDraft(proposal, basedOn) !== undefined;
}
