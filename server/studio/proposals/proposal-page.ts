import type { CoachLevel } from '../../core/coach/draft.ts';
import type { EthicsForm } from '../../core/drafts/ethics-check.ts';
import { changeRefusal, checkRefusal, decisionRefusal } from '../../core/drafts/progress.ts';
import type { Stance } from '../../core/drafts/support.ts';
import { isQuestion } from '../../core/survey/definition.ts';
import type { PublishedQuestion } from '../../storage/question-origins.ts';
import type { SignedIn } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import { questionHref } from '../../web/released-questions.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { adviceOn, type Advice } from '../advice.ts';
import type { ProposalIdea } from '../boards/proposal-ideas.ts';
import type { CommentsView } from '../forum/comments.ts';
import { draftsHref } from '../drafts/addresses.ts';
import { contributionHref } from '../forum/contribution-words.ts';
import { kindWords, nameOf, publishHref } from '../pages.ts';
import { surveyHref } from '../survey/addresses.ts';
import {
  apart,
  itemView,
  languageName,
  written,
  type ItemView,
  type SurveyName,
  type WordedVersion,
  type Written,
} from '../words.ts';
import { checkView, type CheckView } from './check-view.ts';
import { decisionView, type DecisionForm, type DecisionView } from './decision-view.ts';
import { isItsWorker } from './forum-of-proposal.ts';
import { endingView, type EndingView } from './ending-view.ts';
import { historyOf, type HistoryEvent } from './history-view.ts';
import type { SeenProposal } from './seen-proposals.ts';
import { tryOutsView, type TryOutFacts, type TryOutsView } from './try-out-view.ts';
import { wouldChangeView, type WouldChangeView } from './would-change-view.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/proposals/proposal': {
      title: string;
      faults: FieldFault[];
      item: ItemView;
      state: string;
      draft: string;
      facts: { name: string; value: string }[];
      why: Written;
      /** Newer drafts that the forum does not see yet. */
      keptBack: { href: string; words: string }[];
      /** Null for a new question. */
      wouldChange: WouldChangeView | null;
      events: HistoryEvent[];
      versionHref: string;
      /** The question that it is by now; null while it is in no version. */
      question: { href: string; words: string } | null;
      /** Its survey as it would be with it. */
      surveyHref: string;
      publishHref: string;
      /** Where somebody writes the next draft; empty for whoever cannot, and when nothing may change any more. */
      editHref: string;
      ownWork: boolean;
      decision: DecisionView;
      check: CheckView;
      ending: EndingView;
      tryOuts: TryOutsView;
      /** What the coach says, level by level; of a survey for grown-ups nothing. */
      advice: Advice[];
      comments: CommentsView;
      /** The idea on a board that it came from, for whoever is in the forum. */
      idea: ProposalIdea | null;
    };
    'studio/proposals/would-change': { would: WouldChangeView };
    'studio/advice': { advice: Advice[] };
    'studio/proposals/comments': { comments: CommentsView };
    'studio/proposals/decision': { decision: DecisionView };
    'studio/proposals/check': { check: CheckView };
    'studio/proposals/ending': { ending: EndingView };
    'studio/proposals/try-outs': { tryOuts: TryOutsView };
  }
}

/** What the page of a proposal is drawn from, beside the proposal. */
export interface ProposalFacts {
  surveys: readonly SurveyName[];
  /** The newest version of the survey that it is for. */
  survey: WordedVersion | undefined;
  /** The levels of the survey that it is for. */
  levels: readonly CoachLevel[];
  comments: CommentsView;
  idea: ProposalIdea | null;
  stances: ReadonlyMap<string, Stance>;
  tryOuts: TryOutFacts;
  /** The question that it became, and its place in its version, from 1. */
  question: (PublishedQuestion & { place: number }) | undefined;
  /** All proposals of the authority. */
  others: readonly SeenProposal[];
}

/** What was typed into its forms, and what is wrong with it. */
export interface ProposalForms {
  decision: DecisionForm;
  check: EthicsForm;
  endingReason: string;
  faults: FieldFault[];
}

export function proposalPage(
  language: Language,
  person: SignedIn,
  proposal: SeenProposal,
  facts: ProposalFacts,
  forms: ProposalForms,
): Views['studio/proposals/proposal'] {
  const { studio, proposals } = language.words;
  const { item, text, state } = proposal;
  const { faults } = forms;
  const { viewers } = facts.tryOuts;
  const hasSay = viewers.some(({ member, forum }) => member && (proposal.forumId ?? forum.id) === forum.id);
  const worker = isItsWorker(viewers, proposal);
  const decision = { stances: facts.stances, hasSay, isItsWorker: worker, form: forms.decision, faults };
  const endings = { others: facts.others, isItsWorker: worker, reason: forms.endingReason, faults };
  return {
    title: proposals[`purpose-${proposal.purpose}`],
    faults,
    item: itemView(language, item, text, proposal.language),
    state: studio[`state-${state}`],
    draft: language.say('proposals', 'draftNow', { number: language.number(proposal.number) }),
    facts: factsOf(language, proposal, facts.surveys),
    why: written(proposal.whyAsk, proposal.language),
    keptBack: proposal.keptBack.flatMap(({ number, contributionId }) => {
      const draft = language.say('proposals', 'draftNow', { number: language.number(number) });
      const words = language.say('proposals', 'keptBack', { draft: apart(draft) });
      return contributionId ? [{ href: contributionHref(contributionId), words }] : [];
    }),
    wouldChange: wouldChangeView(language, proposal, facts.survey),
    events: historyOf(language, proposal),
    versionHref: proposal.publication ? `/studio/versions/${proposal.publication.versionId}` : '',
    question: questionView(language, facts.question),
    surveyHref:
      state === 'published' || state === 'ended'
        ? ''
        : surveyHref(proposal.surveyId, { proposals: [proposal.id], withTopics: false }),
    publishHref: person.roles.includes('analyst') && state === 'approved' ? publishHref(proposal.surveyId) : '',
    editHref: mayWrite(person, proposal) ? `${draftsHref(proposal.id)}/new` : '',
    ownWork: isOwnWork(person, proposal),
    decision: decisionView(language, person, proposal, decision),
    check: checkView(language, person, proposal, { form: forms.check, faults }),
    ending: endingView(language, person, proposal, endings),
    tryOuts: tryOutsView(language, proposal, facts.tryOuts),
    advice: isQuestion(item) ? adviceOn(language, item, text, proposal.language, facts.levels) : [],
    comments: facts.comments,
    idea: facts.idea,
  };
}

function questionView(language: Language, question: ProposalFacts['question']): { href: string; words: string } | null {
  if (!question) return null;
  const { versionId, itemId, number, place } = question;
  return {
    href: questionHref(versionId, itemId),
    words: language.say('trail', 'isQuestion', { place: language.number(place), number: language.number(number) }),
  };
}

function factsOf(language: Language, proposal: SeenProposal, surveys: readonly SurveyName[]) {
  const { studio } = language.words;
  const { item } = proposal;
  return [
    { name: studio.survey, value: nameOf(surveys, proposal.surveyId) },
    { name: studio.kind, value: kindWords(language, item) },
    ...(isQuestion(item) ? [{ name: studio.domain, value: studio[`domain-${item.tags.domain}`] }] : []),
    { name: studio.writtenIn, value: languageName(proposal.language) },
  ];
}

function mayWrite({ roles }: SignedIn, proposal: SeenProposal): boolean {
  const writes = roles.includes('forum-member') || roles.includes('youth-worker');
  return writes && proposal.purpose !== 'withdrawal' && changeRefusal(proposal) === undefined;
}

/** Whether it waits for a step that this person could take, had they not taken one themselves. */
function isOwnWork({ roles, accountId }: SignedIn, proposal: SeenProposal): boolean {
  const decides = roles.includes('youth-worker') && proposal.state === 'proposed';
  const checks = roles.includes('approver') && proposal.state === 'agreed';
  return (
    (decides && decisionRefusal(proposal, accountId) === 'own-work') ||
    (checks && checkRefusal(proposal, accountId) === 'own-work')
  );
}
