import type { Wave } from '../storage/waves.ts';
import { isolated, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { fileHref, waveHref } from './addresses.ts';
import { familyLetters } from './family-letter-page.ts';
import { hasNotices, noticeHref } from './notice-page.ts';
import { ratesHref } from './rates-page.ts';
import { replyTitle } from './reply-step-page.ts';
import { notedLines, stepName } from './setup-words.ts';
import { bandWords, datesOf } from './wave-words.ts';
import { taskList } from './task-list.ts';
import type { WaveFacts } from './wave-facts.ts';
import { linksPart, readersPart, topicsPart, type TypedReason } from './wave-parts.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/waves': {
      /** Texts that nobody has read in time, in words; empty if there are none. */
      overdue: string;
      title: string;
      waves: { href: string; name: string; dates: string; state: string }[];
    };
    'fieldwork/wave': {
      title: string;
      faults: FieldFault[];
      href: string;
      state: Wave['state'];
      stateWords: string;
      dates: string;
      bands: string;
      surveys: string;
      /** Whether it is the wave of a rehearsal, of which nothing counts, and where the wave that it rehearses is. */
      rehearsal: boolean;
      realHref: string;
      /** What is to be done before it opens; null once it is open. */
      tasks: Views['fieldwork/task-list'] | null;
      postponing: { href: string; value: string; fault: string; done: string[] } | null;
      more: { href: string; words: string }[];
      /** What was settled before it opened and matters while it runs. */
      settled: { label: string; value: string }[];
      /** That its answers are deleted; empty while they are there. */
      deleted: string;
      topics: Views['fieldwork/wave-topics'] | null;
      readers: Views['fieldwork/wave-readers'] | null;
      links: Views['fieldwork/wave-links'] | null;
      declined: string;
      schools: {
        name: string;
        roll: string;
        started: string;
        sent: string;
        unspent: string;
        codesHref: string;
        codesWords: string;
        classesHref: string;
        classesWords: string;
      }[];
    };
  }
}

/** @param overdue texts that nobody has read in time */
export function wavesPage(language: Language, waves: readonly Wave[], overdue: number): Views['fieldwork/waves'] {
  return {
    overdue: overdue > 0 ? language.say('fieldwork', 'overdueTexts', { count: overdue }) : '',
    title: language.words.fieldwork.wavesTitle,
    waves: waves.map((wave) => ({
      href: waveHref(wave.id),
      name: wave.name,
      dates: datesOf(language, wave),
      state: language.words.fieldwork[`state-${wave.state}`],
    })),
  };
}

/** What the page of a wave needs besides what is stored: where this server is, and what was wrong with a form. */
export interface WavePageState {
  origin: string;
  faults: FieldFault[];
  typed?: TypedReason;
  /** What was typed as a later last day. */
  typedEnd?: string;
}

export function wavePage(
  language: Language,
  facts: WaveFacts,
  { origin, faults, typed, typedEnd }: WavePageState,
): Views['fieldwork/wave'] {
  const { wave } = facts;
  const words = language.words.fieldwork;
  return {
    title: wave.name,
    faults,
    href: waveHref(wave.id),
    state: wave.state,
    stateWords: words[`state-${wave.state}`],
    dates: datesOf(language, wave),
    bands:
      wave.bands.map((band) => bandWords(language, band, facts.contents)).join(' · ') || language.words.setup.noStages,
    surveys: facts.contents
      .map(({ version, texts }) => {
        const name = (texts.get(language.code) ?? texts.get('en'))?.name ?? version.surveyId;
        return language.say('fieldwork', 'surveyVersion', { survey: isolated(language, name), number: version.number });
      })
      .join(' · '),
    rehearsal: wave.rehearsalOf !== null,
    realHref: wave.rehearsalOf === null ? '' : waveHref(wave.rehearsalOf),
    tasks: wave.state === 'made' ? taskList(language, facts) : null,
    deleted: facts.deleted ? language.words.errors.answersDeleted : '',
    postponing: postponingPart(language, facts, faults, typedEnd),
    more: wave.rehearsalOf === null ? moreLinks(language, facts) : [],
    settled: wave.state === 'made' ? [] : settledLines(language, facts),
    topics: wave.state === 'made' ? null : topicsPart(language, facts, faults, typed),
    readers: wave.state === 'made' ? null : readersPart(language, facts, faults),
    links: linksPart(language, facts, origin),
    declined: rounded(language, sum(facts.counts.map((count) => count.declined))),
    schools: wave.state === 'made' ? [] : schoolRows(language, facts),
  };
}

function schoolRows(language: Language, facts: WaveFacts): Views['fieldwork/wave']['schools'] {
  const countOf = (schoolId: string, counter: 'started' | 'sent') =>
    sum(facts.counts.filter((count) => count.schoolId === schoolId).map((count) => count[counter]));
  return facts.schools.map((school) => ({
    name: school.name,
    roll: language.number(facts.roll.get(school.id) ?? 0),
    started: rounded(language, countOf(school.id, 'started')),
    sent: rounded(language, countOf(school.id, 'sent')),
    unspent: facts.unspent.has(school.id) ? rounded(language, facts.unspent.get(school.id) ?? 0) : '',
    codesHref: `${waveHref(facts.wave.id)}/schools/${school.id}/codes`,
    codesWords: language.say('fieldwork', 'makeCodesOf', { school: school.name }),
    classesHref: `/class/waves/${facts.wave.id}/schools/${school.id}`,
    classesWords: language.say('class', 'schoolLinkOf', { school: school.name }),
  }));
}

/** Putting the last day of an open wave later, and when that was done; null where it cannot be and never was. */
function postponingPart(
  language: Language,
  { wave, postponements }: WaveFacts,
  faults: readonly FieldFault[],
  typedEnd: string | undefined,
): Views['fieldwork/wave']['postponing'] {
  const can = wave.state === 'open' && wave.rehearsalOf === null;
  if (!can && postponements.length === 0) return null;
  return {
    href: can ? `${waveHref(wave.id)}/postponements` : '',
    value: typedEnd ?? '',
    fault: faults.find(({ field }) => field === 'endsOn')?.message ?? '',
    done: postponements.map(({ endedOn, endsOn, postponedAt, postponedBy }) =>
      language.say('setup', 'postponed', {
        from: language.date(endedOn),
        to: language.date(endsOn),
        date: language.date(postponedAt),
        name: isolated(language, postponedBy ?? '–'),
      }),
    ),
  };
}

/** What there is about a wave besides its own page; the letters and notices that it has already. */
function moreLinks(language: Language, facts: WaveFacts): Views['fieldwork/wave']['more'] {
  const { wave } = facts;
  const words = language.words.setup;
  const file = [
    { href: fileHref(wave.id), words: words.fileLink },
    { href: `${waveHref(wave.id)}/facts`, words: words.factsLink },
  ];
  const proof =
    wave.state === 'closed'
      ? [{ href: `${waveHref(wave.id)}/proof`, words: facts.deleted ? words.retentionLink : words.proofLink }]
      : [];
  const rates =
    wave.state === 'open' && !facts.open ? [{ href: ratesHref(wave.id), words: language.words.rates.link }] : [];
  const notices = hasNotices(facts) ? [{ href: noticeHref(wave.id), words: language.words.notices.link }] : [];
  return [...rates, ...(wave.state === 'made' ? [] : file), ...proof, ...notices, ...familyLetters(language, facts)];
}

function settledLines(language: Language, facts: WaveFacts): Views['fieldwork/wave']['settled'] {
  const noted = (['target', 'retention'] as const).flatMap((part) =>
    notedLines(language, part, facts).map(({ value }) => ({ label: stepName(language, part), value })),
  );
  const reply = replyTitle(language, facts);
  return reply ? [{ label: language.words.feedback.replyLabel, value: reply }, ...noted] : noted;
}

/** A count for those who chase: rounded to 5, and under 10 only "under 10". */
function rounded(language: Language, count: number): string {
  return count < 10 ? language.words.fieldwork.few : language.number(Math.round(count / 5) * 5);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
