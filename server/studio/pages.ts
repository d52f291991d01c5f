import { PROPOSAL_STATES } from '../core/drafts/progress.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import type { SignedIn } from '../web/access.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { BOARDS_HREF } from './boards/addresses.ts';
import type { SeenProposal } from './proposals/seen-proposals.ts';
import { SPREADSHEETS_HREF } from './spreadsheets/addresses.ts';
import { surveyHref } from './survey/addresses.ts';
import { apart, written, type ItemView, type SurveyName, type WordsField, type Written } from './words.ts';

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
      /** Where surveys are worked on in spreadsheets; empty for whoever may not. */
      spreadsheetsHref: string;
      publishing: { href: string; words: string }[];
      sections: {
        id: string;
        title: string;
        about: string;
        proposals: { href: string; text: Written; kind: string; survey: string; when: string }[];
      }[];
      surveys: { href: string; name: Written; version: string; wouldBe: { href: string; words: string } }[];
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
    spreadsheetsHref: person.isInForum ? `${SPREADSHEETS_HREF}/new` : '',
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

export function publishHref(surveyId: string): string {
  return `/studio/publications/new?survey=${encodeURIComponent(surveyId)}`;
}

export function kindWords(language: Language, item: SurveyItem): string {
  return language.words.studio[`kind-${item.kind}`];
}

export function nameOf(surveys: readonly SurveyName[], surveyId: string): string {
  return surveys.find((survey) => survey.surveyId === surveyId)?.name.words ?? surveyId;
}
