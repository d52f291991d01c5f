import { changeRefusal } from '../../core/drafts/progress.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault } from '../../web/views.ts';
import { wordsField } from '../pages.ts';
import { written, type Choice, type WordsField, type Written } from '../words.ts';
import { mergersHref } from '../drafts/addresses.ts';
import { proposalHref } from './addresses.ts';
import type { SeenProposal } from './seen-proposals.ts';

/** Retiring, merging and bringing back. */
export interface EndingView {
  /** Where it is retired; empty for whoever may not. */
  retireHref: string;
  reason: WordsField;
  /** Where the words of a merger are chosen; empty where there is nothing to merge it with. */
  mergeHref: string;
  others: Choice[];
  restoreHref: string;
  /** What it was merged into. */
  into: ProposalLink | null;
  /** What was merged into it. */
  from: ProposalLink[];
}

interface ProposalLink {
  href: string;
  text: Written;
}

/** Whoever proposed it, and youth workers, end it; a published question is withdrawn by a proposal of its own. */
export function mayEnd({ accountId, roles }: SignedIn, proposal: SeenProposal): boolean {
  return !changeRefusal(proposal) && (roles.includes('youth-worker') || proposal.proposedBy === accountId);
}

/** Whether one proposal can go into another one: both are new questions of one survey that are still open. */
export function mayGoInto(proposal: SeenProposal, other: SeenProposal): boolean {
  return (
    other.id !== proposal.id &&
    other.surveyId === proposal.surveyId &&
    other.purpose === 'new' &&
    proposal.purpose === 'new' &&
    !changeRefusal(other)
  );
}

export function endingView(
  language: Language,
  person: SignedIn,
  proposal: SeenProposal,
  { others, reason, faults }: { others: readonly SeenProposal[]; reason: string; faults: readonly FieldFault[] },
): EndingView {
  const { proposals: words } = language.words;
  const href = proposalHref(proposal.id);
  const may = mayEnd(person, proposal);
  const near = others.filter((other) => mayGoInto(proposal, other));
  const into = others.find(({ id }) => id === proposal.ending?.intoId);
  return {
    retireHref: may ? `${href}/endings` : '',
    reason: wordsField('ending-reason', words.retireReason, {
      name: 'reason',
      value: reason,
      fault: faults.find(({ field }) => field === 'ending-reason')?.message ?? '',
    }),
    mergeHref: may && near.length > 0 ? `${mergersHref(proposal.id)}/new` : '',
    others: near.map((other) => ({
      value: other.id,
      words: other.text.text,
      lang: other.language,
      chosen: false,
    })),
    restoreHref:
      proposal.ending?.how === 'retired' && person.roles.includes('youth-worker') ? `${href}/restoration` : '',
    into: into ? linkTo(into) : null,
    from: others.filter(({ ending }) => ending?.intoId === proposal.id).map(linkTo),
  };
}

function linkTo({ id, text, language }: SeenProposal): ProposalLink {
  return { href: proposalHref(id), text: written(text.text, language) };
}
