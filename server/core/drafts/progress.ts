/*
 * The way of a proposal: proposed, agreed by its forum, approved by the ethics check, published. Steps are about one
 * draft; a newer draft begins the way anew.
 */

export const PROPOSAL_STATES = ['proposed', 'agreed', 'approved', 'published', 'ended'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** What can be decided about a draft: the first two by its forum, the others by the ethics check. */
export type StepKind = 'agreed' | 'not-agreed' | 'approved' | 'changes-asked';

/** What has happened to a proposal and by whom. */
export interface ProposalProgress {
  proposedBy: string;
  /** The number of the draft that counts. */
  number: number;
  drafts: readonly { number: number; writtenBy: string }[];
  /** In the order they were taken. */
  steps: readonly { number: number; step: StepKind; by: string }[];
  ending: object | null;
  publication: object | null;
}

export type Refusal = 'already-done' | 'not-ready' | 'own-work';

export function proposalState(proposal: ProposalProgress): ProposalState {
  if (proposal.publication) return 'published';
  if (proposal.ending) return 'ended';
  const last = stepsOfDraft(proposal).at(-1)?.step;
  if (last === 'approved') return 'approved';
  return last === 'agreed' ? 'agreed' : 'proposed';
}

/** What was decided about the draft that counts. */
export function stepsOfDraft<Step extends { number: number }>({
  number,
  steps,
}: {
  number: number;
  steps: readonly Step[];
}): Step[] {
  return steps.filter((step) => step.number === number);
}

/** Why nobody may change, end or merge it now; undefined if they may. */
export function changeRefusal(proposal: ProposalProgress): Refusal | undefined {
  return proposal.publication || proposal.ending ? 'already-done' : undefined;
}

/** Why this person may not record the forum's decision now. Whoever wrote the draft leaves that to somebody else. */
export function decisionRefusal(proposal: ProposalProgress, by: string): Refusal | undefined {
  const state = proposalState(proposal);
  if (state !== 'proposed') return 'already-done';
  return writerOf(proposal) === by ? 'own-work' : undefined;
}

/** Why this person may not check it now: nobody who wrote any of its drafts, or recorded the forum's decision, can. */
export function checkRefusal(proposal: ProposalProgress, by: string): Refusal | undefined {
  const state = proposalState(proposal);
  if (state === 'approved' || state === 'published' || state === 'ended') return 'already-done';
  const hasDecided = stepsOfDraft(proposal).some((step) => step.step === 'agreed' && step.by === by);
  const hasWritten = proposal.drafts.some((draft) => draft.writtenBy === by);
  if (proposal.proposedBy === by || hasWritten || hasDecided) return 'own-work';
  return state === 'agreed' ? undefined : 'not-ready';
}

/** Why it cannot go into a version now; undefined if it can. */
export function publicationRefusal(proposal: ProposalProgress): Refusal | undefined {
  const state = proposalState(proposal);
  if (state === 'published' || state === 'ended') return 'already-done';
  return state === 'approved' ? undefined : 'not-ready';
}

function writerOf({ drafts, number }: ProposalProgress): string | undefined {
  return drafts.find((draft) => draft.number === number)?.writtenBy;
}
