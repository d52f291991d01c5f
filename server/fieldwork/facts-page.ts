import { LEAST_BASE, LEAST_BASE_ONE_SCHOOL } from '../core/disclosure/rules.ts';
import { LEAST_ALIKE } from '../core/fieldwork/groups.ts';
import { LEAST_ALIKE_RECORDS } from '../core/fieldwork/unlinked-groups.ts';
import { isQuestion } from '../core/survey/definition.ts';
import { SORTING_DAYS } from '../core/texts/sorting-time.ts';
import { isolated, LANGUAGES, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { fileHref, waveHref } from './addresses.ts';
import { bandWords, datesOf } from './wave-words.ts';
import { noticeHref } from './notice-page.ts';
import { topicName } from './setup-words.ts';
import { askedLanguages, type WaveFacts } from './wave-facts.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/facts': {
      title: string;
      wave: string;
      backHref: string;
      links: { href: string; words: string }[];
      unreal: string;
      sections: { id: string; title: string; lines: string[] }[];
    };
  }
}

/** How this server is run, as far as an assessment has to know it. */
export interface RunningFacts {
  behindHttps: boolean;
}

/**
 * What an impact assessment has to know of a wave, made from its real settings. Facts alone: whether they are good
 * enough is for the data protection officer to say.
 */
export function factsPage(language: Language, facts: WaveFacts, running: RunningFacts): Views['fieldwork/facts'] {
  const { wave, authority } = facts;
  const words = language.words.privacy;
  const section = (id: SectionId, lines: string[]) => ({ id, title: words[`section-${id}`], lines });
  return {
    title: words.factsTitle,
    wave: wave.name,
    backHref: waveHref(wave.id),
    links: [
      { href: fileHref(wave.id), words: language.words.setup.fileLink },
      { href: noticeHref(wave.id), words: language.words.notices.link },
    ],
    unreal: authority.kind === 'demonstration' ? language.words.setup.demonstrationFile : '',
    sections: [
      section('what', whatIsCollected(language, facts)),
      section('whom', fromWhom(language, facts)),
      section('topics', topicLines(language, facts)),
      section('languages', [languageNames(language, facts)]),
      section('codes', facts.open ? [words.codesOpen, words.codesHash] : [words.codesSchool, words.codesHash]),
      section('who', whoSees(language, facts)),
      section('thread', [words.threadDraft, words.threadSent, words.threadClose, words.threadNothing]),
      section('groups', groupLines(language, facts)),
      section('long', howLong(language, facts)),
      section('where', [
        words.whereServer,
        words.whereSecrets,
        running.behindHttps ? words.whereHttps : words.whereNoHttps,
        words.whereNobodyElse,
      ]),
      section('rights', [words.rightsBefore, words.rightsAfter]),
    ],
  };
}

type SectionId =
  'what' | 'whom' | 'topics' | 'languages' | 'codes' | 'who' | 'thread' | 'groups' | 'long' | 'where' | 'rights';

function whatIsCollected(language: Language, { contents }: WaveFacts): string[] {
  const words = language.words.privacy;
  const lines = contents.map(({ version, texts }) =>
    language.say('privacy', 'whatSurvey', {
      survey: isolated(language, (texts.get(language.code) ?? texts.get('en'))?.name ?? version.surveyId),
      number: version.number,
      questions: version.definition.items.filter(isQuestion).length,
    }),
  );
  const domains = new Set(
    contents.flatMap(({ version }) => version.definition.items.filter(isQuestion).map(({ tags }) => tags.domain)),
  );
  const names = [...domains].map((domain) => language.words.results[`domain-${domain}`]);
  const unlinked = contents.some(({ version }) => Object.keys(version.unlinkedLayouts).length > 0);
  return [
    ...lines,
    language.say('privacy', 'whatDomains', { domains: names.join(' · ') }),
    words.whatSpecial,
    words.whatNever,
    ...(unlinked ? [words.whatUnlinked] : []),
  ];
}

function fromWhom(language: Language, facts: WaveFacts): string[] {
  const { wave, schools, roll, contents, open } = facts;
  const words = language.words.privacy;
  const dates = language.say('privacy', 'whomDates', { dates: datesOf(language, wave) });
  const bands = wave.bands.map((band) => bandWords(language, band, contents)).join(' · ');
  if (open) return [words.whomOpen, language.say('privacy', 'whomBands', { bands }), dates];
  const pupils = [...roll.values()].reduce((total, count) => total + count, 0);
  const agreed = schools.filter(({ agreedToBeShown }) => agreedToBeShown).length;
  return [
    language.say('privacy', 'whomSchools', { schools: schools.length, pupils: language.number(pupils) }),
    language.say('privacy', 'whomBands', { bands: bands || '–' }),
    language.say('privacy', 'whomAgreed', { agreed }),
    dates,
  ];
}

function topicLines(language: Language, { askedTopics, switchedTopics, asksForText, readers }: WaveFacts): string[] {
  const words = language.words.privacy;
  const on = switchedTopics.map(({ topic }) => topicName(language, topic));
  const off = askedTopics
    .filter(({ topic }) => !switchedTopics.some((switched) => switched.topic === topic))
    .map(({ topic }) => topicName(language, topic));
  return [
    language.say('privacy', 'topicsOn', { topics: on.join(' · ') || words.noneOfThem }),
    language.say('privacy', 'topicsOff', { topics: off.join(' · ') || words.noneOfThem }),
    asksForText && readers.length > 0 ? language.say('privacy', 'textOn', { readers: readers.length }) : words.textOff,
  ];
}

function languageNames(language: Language, facts: WaveFacts): string {
  const asked = askedLanguages(facts);
  return LANGUAGES.filter(({ code }) => asked.includes(code))
    .map(({ name }) => isolated(language, name))
    .join(' · ');
}

function whoSees(language: Language, { open, readers }: WaveFacts): string[] {
  const words = language.words.privacy;
  return [
    words.whoAnswers,
    ...(open ? [] : [words.whoTeacher]),
    ...(readers.length > 0 ? [words.whoReader] : []),
    words.whoAnalyst,
    words.whoPlanner,
    words.whoPublic,
    words.whoServer,
  ];
}

function groupLines(language: Language, { open, contents }: WaveFacts): string[] {
  const words = language.words.privacy;
  const bandQuestion = contents.some(({ version }) => version.definition.bandQuestion !== undefined);
  return [
    open ? words.columnsOpen : words.columnsSchool,
    ...(bandQuestion ? [words.columnsBandAsked] : []),
    language.say('privacy', 'smallestAlike', { least: LEAST_ALIKE, records: LEAST_ALIKE_RECORDS }),
    language.say('privacy', 'smallestShown', { least: LEAST_BASE, school: LEAST_BASE_ONE_SCHOOL }),
    words.rounded,
  ];
}

function howLong(language: Language, { setup, asksForText, readers }: WaveFacts): string[] {
  const words = language.words.privacy;
  const until = setup.parts.retention?.retainedUntil;
  return [
    words.longDraft,
    until ? language.say('privacy', 'longAnswers', { date: language.date(until) }) : words.longUnsettled,
    ...(asksForText && readers.length > 0 ? [language.say('privacy', 'longTexts', { days: SORTING_DAYS })] : []),
    words.longCounters,
    words.longReleases,
  ];
}
