import type { DraftChange } from '../../core/drafts/compare-drafts.ts';
import type { ProposalDraft } from '../../storage/proposal-rows.ts';
import type { Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { proposalHref } from '../proposals/addresses.ts';
import type { SeenProposal } from '../proposals/seen-proposals.ts';
import { apart, itemView, languageName, written, type ItemView, type WordedVersion, type Written } from '../words.ts';
import { draftHref } from './addresses.ts';
import { changeViews, type ChangeView } from './change-words.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/drafts/draft': {
      title: string;
      by: string;
      items: { language: string; item: ItemView }[];
      why: Written;
      changesHref: string;
      backHref: string;
    };
    'studio/drafts/changes': {
      title: string;
      by: string;
      than: string;
      changes: ChangeView[];
      draftHref: string;
      backHref: string;
    };
  }
}

function byWhom(language: Language, { writtenByName, writtenAt }: ProposalDraft): string {
  return language.say('drafts', 'draftBy', { name: apart(writtenByName), date: language.date(writtenAt) });
}

/** A draft as it was, in every language that it has words in; its own comes first. */
export function draftPage(
  language: Language,
  proposal: SeenProposal,
  draft: ProposalDraft,
  hasEarlier: boolean,
): Views['studio/drafts/draft'] {
  const number = language.number(draft.number);
  const codes = Object.keys(draft.texts).toSorted((one) => (one === draft.language ? -1 : 1));
  return {
    title: language.say('drafts', 'draftTitle', { number }),
    by: byWhom(language, draft),
    items: codes.map((code) => ({
      language: languageName(code),
      item: itemView(language, draft.item, draft.texts[code] ?? { text: '' }, code),
    })),
    why: written(draft.whyAsk, draft.language),
    changesHref: hasEarlier ? `${draftHref(proposal.id, draft.number)}/changes` : '',
    backHref: proposalHref(proposal.id),
  };
}

/** What changed in a draft, in words. @param than the draft before; null for the survey as it is */
export function changesPage(
  language: Language,
  proposal: SeenProposal,
  draft: ProposalDraft,
  {
    than,
    changes,
    survey,
  }: { than: number | null; changes: readonly DraftChange[]; survey: WordedVersion | undefined },
): Views['studio/drafts/changes'] {
  return {
    title: language.say('drafts', 'changesTitle', { number: language.number(draft.number) }),
    by: byWhom(language, draft),
    than:
      than === null
        ? language.words.drafts.changesThanSurvey
        : language.say('drafts', 'changesThan', { number: language.number(than) }),
    changes: changeViews(language, changes, { survey, written: draft.language }),
    draftHref: draftHref(proposal.id, draft.number),
    backHref: proposalHref(proposal.id),
  };
}
