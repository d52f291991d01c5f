import { isOverdue, schoolDate } from '../core/fieldwork/school-days.ts';
import { levelOf, type Stage } from '../core/survey/stage.ts';
import {
  READING_OUTCOMES,
  type OpenedText,
  type ReadersWave,
  type ReadingOutcome,
  type TextEntry,
  type TextRoute,
} from '../storage/text-readings.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { itemTextIn, versionForStage, type VersionContent, type WaveContent } from '../web/wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/text-room': {
      title: string;
      wide: boolean;
      /** What was just noted; empty where nothing was. */
      noted: string;
      /** How many texts are overdue, in words; empty where none is. */
      alarm: string;
      waves: {
        id: string;
        name: string;
        facts: { name: string; value: string }[];
        /** What closing has done to the texts; empty while the wave is open. */
        closed: string;
        /** Where the texts of the wave are sorted into themes; empty once that has ended. */
        sortingHref: string;
        unread: {
          href: string;
          question: QuestionWords;
          school: string;
          stage: string;
          writtenOn: string;
          dueOn: string;
          overdue: boolean;
        }[];
        unreadCut: string;
        read: { href: string; question: QuestionWords; readOn: string; outcome: string }[];
        readCut: string;
        routes: { school: string; stage: string; writtenOn: string; passedOn: string }[];
      }[];
    };
    'respond/text': {
      title: string;
      faults: FieldFault[];
      /** That the text is overdue, in words; empty where it is not. */
      alarm: string;
      question: QuestionWords;
      facts: { name: string; value: string }[];
      lang: string;
      lines: string[];
      /** That the text was read, in words; empty while it waits. */
      read: string;
      readingHref: string;
      choices: { id: string; value: ReadingOutcome; words: string }[];
    };
  }
}

/** The words of a question, and the language they are in: a reader's own where the survey has it. */
export interface QuestionWords {
  words: string;
  lang: string;
}

/** A wave with what its readers see of it. */
export interface RoomWave {
  wave: ReadersWave;
  content: WaveContent;
  unread: readonly TextEntry[];
  read: readonly TextEntry[];
  routes: readonly TextRoute[];
  /** Until when words are kept to be sorted, as ISO-8601 text; undefined where none are. */
  keptUntil: string | undefined;
}

/** Texts of one kind that a page shows at most. */
export const MOST_SHOWN = 200;

export const textHref = (id: string) => `/respond/texts/${id}`;
export const sortingHref = (waveId: string) => `/respond/texts/waves/${waveId}`;

/** @param noted what was just noted, to say so once */
export function textRoomPage(
  language: Language,
  waves: readonly RoomWave[],
  today: string,
  noted: ReadingOutcome | undefined,
): Views['respond/text-room'] {
  const words = language.words.texts;
  const overdue = waves.reduce((sum, { wave }) => sum + wave.overdue, 0);
  return {
    title: words.roomTitle,
    wide: true,
    noted: noted ? words[`noted-${noted}`] : '',
    alarm: overdue > 0 ? language.say('texts', 'alarm', { count: overdue }) : '',
    waves: waves.map((one) => drawWave(language, one, today)),
  };
}

function drawWave(
  language: Language,
  { wave, content, unread, read, routes, keptUntil }: RoomWave,
  today: string,
): Views['respond/text-room']['waves'][number] {
  const words = language.words.texts;
  const cut = (shown: readonly TextEntry[]) =>
    shown.length < MOST_SHOWN ? '' : language.say('texts', 'listFirst', { number: language.number(MOST_SHOWN) });
  return {
    id: wave.id,
    name: wave.name,
    facts: (['written', 'unread', 'overdue', 'passedOn'] as const).map((name) => ({
      name: words[name],
      value: language.number(wave[name]),
    })),
    closed: closedWords(language, wave, keptUntil),
    sortingHref: wave.closed && keptUntil === undefined ? '' : sortingHref(wave.id),
    unread: unread.map((text) => ({
      href: textHref(text.id),
      question: questionOf(language, content, text),
      ...placeOfText(language, text),
      writtenOn: language.date(text.writtenOn),
      dueOn: language.date(text.dueOn),
      overdue: isOverdue(text.dueOn, today),
    })),
    unreadCut: cut(unread),
    read: read.map((text) => ({
      href: textHref(text.id),
      question: questionOf(language, content, text),
      readOn: text.reading ? language.date(schoolDate(text.reading.readAt)) : '',
      outcome: text.reading ? words[`outcome-${text.reading.outcome}`] : '',
    })),
    readCut: cut(read),
    routes: routes.map((route) => ({
      school: route.school,
      stage: route.stage || words.notHeld,
      writtenOn: language.date(route.writtenOn),
      passedOn: language.date(route.passedOn),
    })),
  };
}

function closedWords(language: Language, { closed, unread }: ReadersWave, keptUntil: string | undefined): string {
  const { words } = language;
  if (!closed) return '';
  if (unread > 0) return words.texts.waveClosed;
  if (keptUntil === undefined) return words.texts.waveEnded;
  return language.say('themes', 'keptUntil', { date: language.date(schoolDate(keptUntil)) });
}

function placeOfText({ words }: Language, { school, stage }: TextEntry): { school: string; stage: string } {
  return { school: school ?? words.texts.notHeld, stage: stage ?? words.texts.notHeld };
}

/** @param isBlank whether the form came without an outcome */
export function textPage(
  language: Language,
  content: WaveContent,
  text: OpenedText,
  today: string,
  isBlank: boolean,
): Views['respond/text'] {
  const words = language.words.texts;
  const { school, stage } = placeOfText(language, text);
  return {
    title: words.textTitle,
    faults: isBlank ? [{ field: choiceId(READING_OUTCOMES[0]), message: words.choiceFault }] : [],
    alarm: !text.reading && isOverdue(text.dueOn, today) ? words.textOverdue : '',
    question: questionOf(language, content, text),
    facts: [
      { name: words.school, value: school },
      { name: words.stage, value: stage },
      { name: words.writtenOn, value: language.date(text.writtenOn) },
      { name: words.dueOn, value: language.date(text.dueOn) },
      { name: words.answeredIn, value: LANGUAGES.find(({ code }) => code === text.language)?.name ?? text.language },
    ],
    lang: text.language,
    lines: text.words.split('\n').filter((line) => line.trim() !== ''),
    read: text.reading ? readWords(language, text.reading) : '',
    readingHref: `${textHref(text.id)}/reading`,
    choices: READING_OUTCOMES.map((value) => ({ id: choiceId(value), value, words: words[`choice-${value}`] })),
  };
}

const choiceId = (outcome: ReadingOutcome) => `outcome-${outcome}`;

function readWords(language: Language, { outcome, readAt }: NonNullable<TextEntry['reading']>): string {
  return language.say('texts', 'readAlready', {
    date: language.date(schoolDate(readAt)),
    outcome: language.words.texts[`outcome-${outcome}`],
  });
}

/**
 * A question as it was put to whoever wrote: in the wording of their stage, as long as that is known. Which of a wave's
 * versions they had is not kept, so the usual one stands for the easy-read one too.
 */
export function questionOf(
  language: Language,
  content: WaveContent,
  { questionId, stage }: Pick<TextEntry, 'questionId' | 'stage'>,
): QuestionWords {
  const ofStage = versionForStage(content, stage as Stage | null);
  const usualFirst = [...content.versions.values()].toSorted((a, b) => easyReadLast(a) - easyReadLast(b));
  const asking = [...(ofStage ? [ofStage] : []), ...usualFirst].find(({ version }) =>
    version.definition.items.some((item) => item.id === questionId),
  );
  if (!asking)
    throw new Error(`No survey of wave ${content.id} asks "${questionId}": expected one, since it was answered.`);
  return {
    words: itemTextIn(asking, language.code, questionId, levelOf(stage as Stage | null)).text,
    lang: asking.texts.has(language.code) ? language.code : 'en',
  };
}

const easyReadLast = ({ version }: VersionContent) => (version.definition.easyRead === true ? 1 : 0);
