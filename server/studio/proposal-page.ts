import type { CoachLevel } from '../core/coach/draft.ts';
import { proposalState } from '../core/survey/proposal.ts';
import type { Proposal } from '../storage/proposals.ts';
import type { SignedIn } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { adviceOn, type Advice } from './advice.ts';
import type { CommentsView } from './forum/comments.ts';
import { kindWords, nameOf, publishHref, wordsField } from './pages.ts';
import {
  apart,
  itemView,
  languageName,
  written,
  type ItemView,
  type SurveyName,
  type WordsField,
  type Written,
} from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'studio/proposal': {
      title: string;
      faults: FieldFault[];
      item: ItemView;
      state: string;
      facts: { name: string; value: string }[];
      why: Written;
      steps: { done: boolean; title: string; when: string; reason: string }[];
      versionHref: string;
      publishHref: string;
      acceptHref: string;
      approveHref: string;
      reason: WordsField;
      ownWork: boolean;
      /** What the coach says, level by level; of a survey for grown-ups nothing. */
      advice: Advice[];
      comments: CommentsView;
    };
    'studio/advice': { advice: Advice[] };
    'studio/comments': { comments: CommentsView };
  }
}

/** What people do on the page of a proposal, and what is wrong with what they typed. */
export interface ProposalForms {
  approval: { reason: string; fault: '' | 'reason-missing' | 'reason-too-long' };
  comments: CommentsView;
  faults: FieldFault[];
  /** The levels of the survey that it is for. */
  levels: readonly CoachLevel[];
}

export function proposalPage(
  language: Language,
  person: SignedIn,
  surveys: readonly SurveyName[],
  proposal: Proposal,
  { approval, comments, faults, levels }: ProposalForms,
): Views['studio/proposal'] {
  const { studio } = language.words;
  const state = proposalState(proposal);
  const isFor = (role: SignedIn['roles'][number], when: typeof state) => person.roles.includes(role) && state === when;
  const own = proposal.proposedBy === person.accountId;
  const ownStep = own || proposal.acceptance?.by === person.accountId;
  const href = `/studio/proposals/${proposal.id}`;
  const fault = approval.fault === '' ? '' : studio[`fault-${approval.fault}`];
  return {
    title: studio.proposalTitle,
    faults: [...faults, ...(fault === '' ? [] : [{ field: 'reason', message: fault }])],
    item: itemView(language, proposal.question, proposal.text, proposal.language),
    state: studio[`state-${state}`],
    facts: [
      { name: studio.survey, value: nameOf(surveys, proposal.surveyId) },
      { name: studio.kind, value: kindWords(language, proposal.question) },
      { name: studio.domain, value: studio[`domain-${proposal.question.tags.domain}`] },
      { name: studio.writtenIn, value: languageName(proposal.language) },
    ],
    why: written(proposal.whyAsk, proposal.language),
    steps: stepsOf(language, proposal),
    versionHref: proposal.publication ? `/studio/versions/${proposal.publication.versionId}` : '',
    publishHref: isFor('analyst', 'approved') ? publishHref(proposal.surveyId) : '',
    acceptHref: isFor('youth-worker', 'proposed') && !own ? `${href}/acceptance` : '',
    approveHref: isFor('approver', 'accepted') && !ownStep ? `${href}/approval` : '',
    reason: wordsField('reason', studio.reason, { hint: studio.reasonHint, value: approval.reason, fault, long: true }),
    ownWork: (isFor('youth-worker', 'proposed') && own) || (isFor('approver', 'accepted') && ownStep),
    advice: adviceOn(language, proposal.question, proposal.text, proposal.language, levels),
    comments,
  };
}

function stepsOf(language: Language, proposal: Proposal): Views['studio/proposal']['steps'] {
  const { studio } = language.words;
  const onBy = (at: string, name: string) =>
    language.say('studio', 'onBy', { date: language.date(at), name: apart(name) });
  const { acceptance, approval, publication } = proposal;
  return [
    { done: true, title: studio.stepProposed, when: onBy(proposal.proposedAt, proposal.proposedByName), reason: '' },
    {
      done: acceptance !== null,
      title: acceptance ? studio.stepAccepted : studio.stepAcceptance,
      when: acceptance ? onBy(acceptance.at, acceptance.name) : studio.toCome,
      reason: '',
    },
    {
      done: approval !== null,
      title: approval ? studio.stepApproved : studio.stepApproval,
      when: approval ? onBy(approval.at, approval.name) : studio.toCome,
      reason: approval?.reason ?? '',
    },
    {
      done: publication !== null,
      title: publication ? studio.stepPublished : studio.stepPublication,
      when: publication
        ? language.say('studio', 'versionOf', {
            number: language.number(publication.number),
            date: language.date(publication.at),
          })
        : studio.toCome,
      reason: '',
    },
  ];
}
