import { changesOfDraft } from '../../core/drafts/compare-drafts.ts';
import type { Language } from '../../web/language.ts';
import { changeViews, type ChangeView } from '../drafts/change-words.ts';
import { draftOfItem, isOfQuestion, useWords } from '../drafts/published-item.ts';
import { reachOf } from '../publication-form.ts';
import type { WordedVersion } from '../words.ts';
import { currentOf, type SeenProposal } from './seen-proposals.ts';

/** What a proposal would do to the survey as it is now, for a forum to decide on. */
export interface WouldChangeView {
  about: string[];
  changes: ChangeView[];
  usesTitle: string;
  /** What else of the survey reads the question. */
  uses: string[];
}

/** @returns null for a new question, and for a proposal that is over or published: its version tells */
export function wouldChangeView(
  language: Language,
  proposal: SeenProposal,
  survey: WordedVersion | undefined,
): WouldChangeView | null {
  const { purpose, state, item } = proposal;
  if (purpose === 'new' || state === 'published' || state === 'ended' || !survey) return null;
  const { drafts } = language.words;
  const nothing = { changes: [], usesTitle: '', uses: [] };
  const before = draftOfItem(survey, item.id, proposal.language);
  if (!before) return { ...nothing, about: [drafts.wouldNotThere] };
  if (purpose === 'withdrawal') {
    const uses = useWords(language, survey, item.id);
    return { ...nothing, about: [drafts.wouldTakeOut], usesTitle: drafts.withdrawalUses, uses };
  }
  const changes = changesOfDraft(before, currentOf(proposal)).filter(isOfQuestion);
  const isShape = reachOf(proposal, survey) === 'shape';
  const than = changes.length > 0 ? drafts.changesThanSurvey : drafts.changesNone;
  return {
    ...nothing,
    about: [than, ...(isShape ? [language.words.publishing.mustBeNew] : [])],
    changes: changeViews(language, changes, { survey, written: proposal.language }),
  };
}
