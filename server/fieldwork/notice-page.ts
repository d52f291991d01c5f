import { levelOf, type Level } from '../core/survey/stage.ts';
import { isolated, LANGUAGES, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { datesOf } from './wave-words.ts';
import { choiceWords, topicName } from './setup-words.ts';
import { askedLanguages, type WaveFacts } from './wave-facts.ts';

/** Whom a notice is for: pupils by level, their parents and carers, or grown-ups who answer themselves. */
export const NOTICE_READERS = ['p5-p7', 's1-s3', 's4-s6', 'parents', 'adult'] as const;
export type NoticeReader = (typeof NOTICE_READERS)[number];

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/notices': {
      title: string;
      wave: string;
      unreal: boolean;
      readers: { href: string; words: string }[];
    };
    'fieldwork/notice': {
      title: string;
      wave: string;
      unreal: boolean;
      backHref: string;
      /** Simple words in short lines, for the youngest. */
      young: boolean;
      sections: { title: string; lines: string[] }[];
    };
  }
}

/** Where the notices of a wave are, for as long as Heard knows the wave; with a reader, the one for them. */
export const noticeHref = (waveId: string, reader?: NoticeReader) =>
  `/fieldwork/notices/${waveId}${reader ? `/${reader}` : ''}`;

/** For whom a wave has notices. */
export function noticeReaders({ open, wave }: WaveFacts): NoticeReader[] {
  if (open) return ['adult'];
  const levels = new Set<Level>(wave.bands.flatMap((band) => band.stages.map((stage) => levelOf(stage))));
  return NOTICE_READERS.filter((reader) => reader === 'parents' || (reader !== 'adult' && levels.has(reader)));
}

/** Whether enough is settled for a notice to be true: who, how long, and whom to complain to. */
export function hasNotices({ wave, setup: { parts } }: WaveFacts): boolean {
  const settled = parts.controller && parts.retention && parts.complaints && parts.conditions;
  return settled !== undefined && wave.startsOn !== '' && wave.rehearsalOf === null;
}

export function noticesPage(language: Language, facts: WaveFacts): Views['fieldwork/notices'] {
  return {
    title: language.words.notices.title,
    wave: facts.wave.name,
    unreal: facts.authority.kind === 'demonstration',
    readers: noticeReaders(facts).map((reader) => ({
      href: noticeHref(facts.wave.id, reader),
      words: language.words.notices[`for-${reader}`],
    })),
  };
}

/** A privacy notice, made from what was settled for a wave. */
export function noticePage(language: Language, facts: WaveFacts, reader: NoticeReader): Views['fieldwork/notice'] {
  const young = reader === 'p5-p7';
  const grownUp = reader === 'parents' || reader === 'adult';
  return {
    title: language.words.notices[`for-${reader}`],
    wave: facts.wave.name,
    unreal: facts.authority.kind === 'demonstration',
    backHref: noticeHref(facts.wave.id),
    young,
    sections: grownUp ? grownUpSections(language, facts, reader) : pupilSections(language, facts, reader),
  };
}

type Sections = Views['fieldwork/notice']['sections'];

function pupilSections(language: Language, facts: WaveFacts, reader: NoticeReader): Sections {
  const words = language.words.notices;
  const young = reader === 'p5-p7';
  const age = young ? 'young' : 'older';
  const until = language.date(facts.setup.parts.retention?.retainedUntil ?? '');
  const agreed = facts.schools.some(({ agreedToBeShown }) => agreedToBeShown);
  return [
    { title: words.whatTitle, lines: [words[`what-${age}`], ...topicLines(language, facts), when(language, facts)] },
    { title: words.choiceTitle, lines: [words[`choice-${age}`], ...decides(language, facts, reader)] },
    { title: words.slipTitle, lines: [words[`slip-${age}`]] },
    {
      title: words.whoTitle,
      lines: [words[`who-${age}`], ...(!young && agreed ? [words.oneSchool] : []), ...textLines(language, facts, age)],
    },
    { title: words.longTitle, lines: [language.say('notices', `long-${age}`, { date: until }), words[`cut-${age}`]] },
    { title: words.rightsTitle, lines: [words[`rights-${age}`]] },
    { title: words.helpTitle, lines: [words[`help-${age}`]] },
    { title: words.askTitle, lines: [words[`ask-${age}`], ...complaints(facts)] },
  ];
}

function grownUpSections(language: Language, facts: WaveFacts, reader: NoticeReader): Sections {
  const words = language.words.notices;
  const until = language.date(facts.setup.parts.retention?.retainedUntil ?? '');
  const agreed = facts.schools.some(({ agreedToBeShown }) => agreedToBeShown);
  const who = reader === 'parents' ? 'parents' : 'adult';
  return [
    { title: words.whatTitle, lines: [words[`what-${who}`], ...topicLines(language, facts), when(language, facts)] },
    { title: words.choiceTitle, lines: [words[`choice-${who}`], ...decides(language, facts, reader)] },
    { title: words.slipTitle, lines: [words[`slip-${who}`]] },
    {
      title: words.whoTitle,
      lines: [
        words[`who-${who}`],
        ...(agreed ? [words.oneSchool] : []),
        ...(reader === 'parents' ? textLines(language, facts, 'older') : []),
      ],
    },
    lawSection(language, facts),
    {
      title: words.longTitle,
      lines: [language.say('notices', 'long-adult', { date: until }), words['cut-adult']],
    },
    { title: words.rightsTitle, lines: [words['rights-adult'], words['rights-before'], words['rights-other']] },
    { title: words.askTitle, lines: complaints(facts) },
  ];
}

/** By which law, and who answers for it. */
function lawSection(language: Language, { setup: { parts } }: WaveFacts): Sections[number] {
  const { conditions, controller } = parts;
  const chosen = (choice: string | undefined) => choiceWords(language, choice ?? '');
  return {
    title: language.words.notices.lawTitle,
    lines: [
      language.say('notices', 'law', {
        article6: chosen(conditions?.article6),
        article9: chosen(conditions?.article9),
        schedule1: chosen(conditions?.schedule1),
      }),
      language.say('notices', 'bodies', {
        controller: isolated(language, controller?.controller ?? ''),
        processor: isolated(language, controller?.processor ?? ''),
      }),
    ],
  };
}

/** Who decides whether a pupil takes part, as this wave has settled it. */
function decides(language: Language, { setup: { parts } }: WaveFacts, reader: NoticeReader): string[] {
  const optingOut = parts['opting-out'];
  if (!optingOut || reader === 'adult') return [];
  const words = language.words.notices;
  const date = language.date(optingOut.optOutsUntil);
  const disagreement = words[`disagree-${optingOut.disagreement}`];
  if (reader === 'p5-p7') return [words.decidesYoung];
  if (reader === 's1-s3') return [disagreement];
  if (reader === 's4-s6') return [disagreement, words.decidesFrom16];
  return [language.say('notices', 'optOut', { date }), words.decidesBelow12, disagreement, words.decidesFrom16];
}

function topicLines(language: Language, { switchedTopics }: WaveFacts): string[] {
  const topics = switchedTopics.map(({ topic }) => topicName(language, topic));
  return topics.length > 0 ? [language.say('notices', 'topics', { topics: topics.join(' · ') })] : [];
}

function when(language: Language, facts: WaveFacts): string {
  const asked = askedLanguages(facts);
  const names = LANGUAGES.filter(({ code }) => asked.includes(code)).map(({ name }) => isolated(language, name));
  return language.say('notices', 'when', { dates: datesOf(language, facts.wave), languages: names.join(' · ') });
}

function textLines(language: Language, { asksForText, readers }: WaveFacts, age: 'young' | 'older'): string[] {
  return asksForText && readers.length > 0 ? [language.words.notices[`text-${age}`]] : [];
}

/** As whoever set the wave up has typed it. */
function complaints({ setup: { parts } }: WaveFacts): string[] {
  return parts.complaints ? [parts.complaints.complaintsRoute] : [];
}
