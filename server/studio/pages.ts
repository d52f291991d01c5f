import { PROPOSAL_STATES } from '../core/drafts/progress.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import { DOMAINS } from '../core/survey/item.ts';
import { OPTION_LINES, PROPOSAL_KINDS, type DraftFault, type ProposalDraft } from '../core/survey/proposal.ts';
import type { SignedIn } from '../web/access.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { BOARDS_HREF } from './boards/addresses.ts';
import type { ProposalIdea } from './boards/proposal-ideas.ts';
import type { SeenProposal } from './proposals/seen-proposals.ts';
import { surveyHref } from './survey/addresses.ts';
import { apart, written, type Choice, type ItemView, type SurveyName, type WordsField, type Written } from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'studio/home': {
      title: string;
      canPropose: boolean;
      /** Where somebody's forum is, or the list of forums; empty for whoever is in none. */
      forumHref: string;
      forumWords: string;
      /** Where the boards are; empty for whoever has none to do with. */
      boardsHref: string;
      publishing: { href: string; words: string }[];
      sections: {
        id: string;
        title: string;
        about: string;
        proposals: { href: string; text: Written; kind: string; survey: string; when: string }[];
      }[];
      surveys: { href: string; name: Written; version: string; wouldBe: { href: string; words: string } }[];
    };
    'studio/new-proposal': {
      title: string;
      faults: FieldFault[];
      surveys: Choice[];
      surveyFault: string;
      question: WordsField;
      languages: Choice[];
      languageFault: string;
      kinds: (Choice & { hint: string })[];
      kindFault: string;
      options: WordsField[];
      lastStandsAlone: boolean;
      low: WordsField;
      high: WordsField;
      domains: Choice[];
      domainFault: string;
      why: WordsField;
      /** The idea on a board that it comes from. */
      idea: ProposalIdea | null;
    };
    'studio/words-field': { field: WordsField };
    'studio/item': { item: ItemView };
  }
}

/** A field of a form for words, with nothing in it unless told. */
export function wordsField(id: string, label: string, more: Partial<WordsField> = {}): WordsField {
  return {
    id,
    name: id,
    label,
    source: null,
    hint: '',
    value: '',
    fault: '',
    lang: '',
    dir: 'auto',
    long: false,
    ...more,
  };
}

export function homePage(
  language: Language,
  person: SignedIn & { isInForum: boolean },
  surveys: readonly SurveyName[],
  proposals: readonly SeenProposal[],
): Views['studio/home'] {
  const { studio } = language.words;
  const waiting = (surveyId: string) =>
    proposals.filter((proposal) => proposal.surveyId === surveyId && proposal.state === 'approved').length;
  return {
    title: studio.title,
    canPropose: person.roles.includes('forum-member'),
    ...forumLink(language, person),
    boardsHref: person.isInForum || person.roles.includes('approver') ? BOARDS_HREF : '',
    publishing: person.roles.includes('analyst')
      ? surveys
          .filter(({ surveyId }) => waiting(surveyId) > 0)
          .map(({ surveyId, name }) => ({
            href: publishHref(surveyId),
            words: language.say('studio', 'publishFor', { survey: apart(name.words), count: waiting(surveyId) }),
          }))
      : [],
    sections: PROPOSAL_STATES.map((state) => ({
      id: state,
      title: studio[`state-${state}`],
      about: studio[`about-${state}`],
      proposals: proposals
        .filter((proposal) => proposal.state === state)
        .map((proposal) => ({
          href: `/studio/proposals/${proposal.id}`,
          text: written(proposal.text.text, proposal.language),
          kind: kindWords(language, proposal.item),
          survey: nameOf(surveys, proposal.surveyId),
          when: language.say('studio', 'proposedOn', { date: language.date(proposal.proposedAt) }),
        })),
    })),
    surveys: surveys.map(({ surveyId, versionId, number, name }) => ({
      href: `/studio/versions/${versionId}`,
      name,
      version: language.say('studio', 'versionNumber', { number: language.number(number) }),
      wouldBe: {
        href: surveyHref(surveyId),
        words: language.say('tries', 'lookAndTry', { survey: apart(name.words) }),
      },
    })),
  };
}

function forumLink(
  { words: { forum } }: Language,
  { roles, isInForum }: SignedIn & { isInForum: boolean },
): { forumHref: string; forumWords: string } {
  if (isInForum && roles.includes('forum-member')) return { forumHref: '/studio/forum', forumWords: forum.forumLink };
  if (roles.includes('youth-worker')) return { forumHref: '/studio/forums', forumWords: forum.desksLink };
  return { forumHref: '', forumWords: '' };
}

/** What the form holds: a draft, and the survey it is for. */
export interface ProposalForm {
  surveyId: string;
  draft: ProposalDraft;
  faults: readonly DraftFault[];
  idea: ProposalIdea | null;
}

/** A form that nobody has written into, in the reader's language. @param whyAsk what an idea says already */
export function emptyForm(language: Language, surveys: readonly SurveyName[], whyAsk = ''): ProposalForm {
  const draft: ProposalDraft = {
    kind: undefined,
    question: '',
    language: language.code,
    options: [],
    lastStandsAlone: false,
    low: '',
    high: '',
    domain: undefined,
    whyAsk,
  };
  return { surveyId: surveys.length === 1 ? (surveys[0]?.surveyId ?? '') : '', draft, faults: [], idea: null };
}

export function newProposalPage(
  language: Language,
  surveys: readonly SurveyName[],
  { surveyId, draft, faults, idea }: ProposalForm,
): Views['studio/new-proposal'] {
  const { studio } = language.words;
  const fault = (field: string) => {
    const found = faults.find((one) => one.field === field);
    return found ? studio[`fault-${found.code}`] : '';
  };
  const field = (id: string, label: string, value: string, more: Partial<WordsField> = {}) =>
    wordsField(id, label, { value, fault: fault(id), ...more });
  return {
    title: studio.newTitle,
    faults: faults.map((one) => ({ field: one.field, message: faultSentence(language, one) })),
    surveys: surveys.map((survey) => ({
      value: survey.surveyId,
      words: survey.name.words,
      lang: survey.name.lang,
      chosen: survey.surveyId === surveyId,
    })),
    surveyFault: fault('survey'),
    question: field('question', studio.question, draft.question, { hint: studio.questionHint, long: true }),
    languages: LANGUAGES.map(({ code, name }) => ({
      value: code,
      words: name,
      lang: code,
      chosen: code === draft.language,
    })),
    languageFault: fault('language'),
    kinds: PROPOSAL_KINDS.map((kind) => ({
      value: kind,
      words: studio[`kind-${kind}`],
      hint: studio[`hint-${kind}`],
      lang: language.code,
      chosen: kind === draft.kind,
    })),
    kindFault: fault('kind'),
    options: Array.from({ length: OPTION_LINES }, (_, index) =>
      field(`option-${index + 1}`, optionLabel(language, index + 1), draft.options[index] ?? '', { name: 'option' }),
    ),
    lastStandsAlone: draft.lastStandsAlone,
    low: field('low', studio.ladderLow, draft.low),
    high: field('high', studio.ladderHigh, draft.high),
    domains: DOMAINS.map((domain) => ({
      value: domain,
      words: studio[`domain-${domain}`],
      lang: language.code,
      chosen: domain === draft.domain,
    })),
    domainFault: fault('domain'),
    why: field('why', studio.why, draft.whyAsk, { hint: studio.whyHint, long: true }),
    idea,
  };
}

/** A fault as it stands in the summary: of a line for an answer it says which. */
function faultSentence(language: Language, { field, code }: DraftFault): string {
  const message = language.words.studio[`fault-${code}`];
  const line = /^option-(\d+)$/.exec(field)?.[1];
  if (!line || code === 'options-too-few' || code === 'faces-count' || code === 'ladder-has-options') return message;
  return `${optionLabel(language, Number(line))}: ${message}`;
}

function optionLabel(language: Language, line: number): string {
  return language.say('studio', 'optionLine', { number: language.number(line) });
}

export function publishHref(surveyId: string): string {
  return `/studio/publications/new?survey=${encodeURIComponent(surveyId)}`;
}

export function kindWords(language: Language, item: SurveyItem): string {
  return language.words.studio[`kind-${item.kind}`];
}

export function nameOf(surveys: readonly SurveyName[], surveyId: string): string {
  return surveys.find((survey) => survey.surveyId === surveyId)?.name.words ?? surveyId;
}
