import { bandName } from '../core/survey/stage.ts';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import type { Flag } from '../core/texts/flag.ts';
import { markedLines } from '../core/texts/flags.ts';
import type { ReadersWave } from '../storage/text-readings.ts';
import { SORTING_LISTS, type SortingEntry, type SortingLists, type TextCoding } from '../storage/text-codings.ts';
import type { TextTheme } from '../storage/text-themes.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { MOST_SHOWN, questionOf, sortingHref, textHref, type QuestionWords } from './text-room-pages.ts';
import type { WaveContent } from './wave-content.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/text-sorting': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      wave: string;
      /** Until when words are kept, in words; empty while the wave is open. */
      keptUntil: string;
      questions: { id: string; question: QuestionWords; themes: ThemeForm[]; newTheme: TitleFields; addHref: string }[];
      lists: {
        id: string;
        title: string;
        about: string;
        texts: { href: string; question: QuestionWords }[];
        cut: string;
      }[];
    };
    'respond/title-fields': { fields: TitleFields };
    'respond/text-coding': {
      title: string;
      faults: FieldFault[];
      backHref: string;
      question: QuestionWords;
      band: string;
      lang: string;
      lines: MarkedPiece[][];
      flagged: boolean;
      /** What can be done now, in words. */
      state: string;
      /** The themes that the text has, once nothing more can be changed; empty before. */
      themes: QuestionWords[];
      /** Empty where nothing can be changed. */
      action: string;
      button: string;
      version: number;
      choices: { id: string; value: string; words: QuestionWords; checked: boolean }[];
      noneChecked: boolean;
      quote: QuoteForm | null;
    };
  }
}

/** A part of a text, with what it may be in words; empty where nothing was flagged. */
interface MarkedPiece {
  words: string;
  kind: string;
}

/** The fields of a title, one for each language. */
export interface TitleFields {
  title: string;
  fields: { id: string; name: string; label: string; lang: string; dir: 'ltr' | 'rtl'; value: string; fault: string }[];
}

interface ThemeForm {
  fields: TitleFields;
  version: number;
  renameHref: string;
  /** Empty where it cannot be removed. */
  removeHref: string;
}

interface QuoteForm {
  action: string;
  words: string;
  fault: string;
  themes: { value: string; words: QuestionWords }[];
}

/** What was typed into a form of titles that was not taken. */
export interface TypedTitles {
  /** The id of the theme, or of the question that one was to be added to. */
  of: string;
  values: Readonly<Record<string, string>>;
}

export const LONGEST_TITLE = 80;

/** Everything that a wave's sorting page is drawn from. */
export interface SortingView {
  wave: ReadersWave;
  content: WaveContent;
  questions: readonly string[];
  themes: readonly TextTheme[];
  lists: SortingLists;
  /** As ISO-8601 text; undefined while the wave is open. */
  keptUntil: string | undefined;
  typed?: TypedTitles;
  fault?: FieldFault;
}

export function sortingPage(language: Language, view: SortingView): Views['respond/text-sorting'] {
  const words = language.words.themes;
  const { wave, content, lists, keptUntil, typed } = view;
  const entry = ({ id, questionId }: SortingEntry) => ({
    href: codingHref(id),
    question: questionOf(language, content, { questionId, stage: null }),
  });
  const questions = view.questions.map((id) => ({
    id,
    question: questionOf(language, content, { questionId: id, stage: null }),
    themes: view.themes
      .filter(({ question }) => question === id)
      .map((theme) => themeForm(language, theme, wave, typed)),
    newTheme: titleFields(language, id, words.newTheme, typed?.of === id ? typed.values : undefined),
    addHref: `${sortingHref(wave.id)}/themes`,
  }));
  return {
    title: words.sortTitle,
    wide: true,
    faults: [...(view.fault ? [view.fault] : []), ...titleFaults(questions)],
    wave: wave.name,
    keptUntil: keptUntil ? language.say('themes', 'keptUntil', { date: language.date(schoolDate(keptUntil)) }) : '',
    questions,
    lists: SORTING_LISTS.map((name) => ({
      id: name,
      title: language.say('themes', `list-${name}`, { number: language.number(lists.counts[name]) }),
      about: words[`about-${name}`],
      texts: lists[name].map(entry),
      cut:
        lists.counts[name] > lists[name].length
          ? language.say('texts', 'listFirst', { number: language.number(MOST_SHOWN) })
          : '',
    })),
  };
}

function titleFaults(questions: Views['respond/text-sorting']['questions']): FieldFault[] {
  return questions
    .flatMap(({ themes, newTheme }) => [...themes.map(({ fields }) => fields), newTheme])
    .flatMap(({ fields }) => fields.filter(({ fault }) => fault))
    .map(({ id, fault }) => ({ field: id, message: fault }));
}

export const codingHref = (textId: string) => `${textHref(textId)}/coding`;

function themeForm(language: Language, theme: TextTheme, wave: ReadersWave, typed: TypedTitles | undefined): ThemeForm {
  const href = `/respond/texts/themes/${theme.id}`;
  const fields = titleFields(
    language,
    theme.id,
    theme.title[language.code],
    typed?.of === theme.id ? typed.values : undefined,
    { ...theme.title },
  );
  return {
    fields,
    version: theme.version,
    renameHref: `${href}/title`,
    removeHref: theme.used || wave.closed ? '' : `${href}/removal`,
  };
}

function titleFields(
  language: Language,
  of: string,
  title: string,
  typed: TypedTitles['values'] | undefined,
  before?: TypedTitles['values'],
): TitleFields {
  return {
    title,
    fields: LANGUAGES.map(({ code, name, direction }) => {
      const value = typed?.[code] ?? before?.[code] ?? '';
      return {
        id: `title-${code}-${of}`,
        name: `title-${code}`,
        label: language.say('themes', 'titleIn', { language: name }),
        lang: code,
        dir: direction,
        value,
        fault:
          typed && !isTitle(value) ? language.say('themes', 'titleFault', { language: name, most: LONGEST_TITLE }) : '',
      };
    }),
  };
}

export function isTitle(title: string): boolean {
  return title !== '' && title.length <= LONGEST_TITLE;
}

/** What a page of one text is drawn from. */
export interface CodingView {
  text: { id: string; words: string; language: string };
  coding: TextCoding;
  themes: readonly TextTheme[];
  flags: readonly Flag[];
  content: WaveContent;
  accountId: string;
  /** Undefined while nobody has proposed one. */
  quote: { approved: boolean } | undefined;
  /** The words that a quote begins with: what was typed, or the text without what was flagged. */
  quoteWords: string;
  quoteFault?: string;
  /** What is ticked: what was just sent, or what is kept. */
  ticked: readonly string[];
  noneTicked: boolean;
  fault?: FieldFault;
}

export function codingPage(language: Language, view: CodingView): Views['respond/text-coding'] {
  const words = language.words.themes;
  const { text, coding, flags, content, ticked } = view;
  const step = stepOf(view);
  const quoteFault = view.quoteFault ? [{ field: 'quote', message: view.quoteFault }] : [];
  const own = view.themes.filter(({ id }) => coding.themes.includes(id));
  return {
    title: words.codingTitle,
    faults: [...(view.fault ? [view.fault] : []), ...quoteFault],
    backHref: sortingHref(coding.waveId),
    question: questionOf(language, content, { questionId: coding.questionId, stage: null }),
    band: bandWords(content, coding.bandId),
    lang: text.language,
    lines: markedLines(text.words, flags).map((line) =>
      line.map(({ words: part, kind }) => ({ words: part, kind: kind ? words[`kind-${kind}`] : '' })),
    ),
    flagged: flags.length > 0,
    state: stateWords(language, step, view),
    themes: step === 'done' ? own.map((theme) => themeWords(language, theme)) : [],
    action: step === 'done' ? '' : `${textHref(text.id)}/${step === 'confirm' ? 'confirmation' : 'coding'}`,
    button: step === 'confirm' ? words.confirm : words.save,
    version: coding.version,
    choices: view.themes.map((theme) => ({
      id: `theme-${theme.id}`,
      value: theme.id,
      words: themeWords(language, theme),
      checked: ticked.includes(theme.id),
    })),
    noneChecked: view.noneTicked,
    quote:
      step === 'done' && !view.quote && own.length > 0
        ? {
            action: `${textHref(text.id)}/quotes`,
            words: view.quoteWords,
            fault: view.quoteFault ?? '',
            themes: own.map((theme) => ({ value: theme.id, words: themeWords(language, theme) })),
          }
        : null,
  };
}

type Step = 'code' | 'recode' | 'confirm' | 'done';

function stepOf({ coding, accountId }: CodingView): Step {
  if (coding.confirmedBy) return 'done';
  if (!coding.codedBy) return 'code';
  return coding.codedBy === accountId ? 'recode' : 'confirm';
}

function stateWords({ words }: Language, step: Step, { quote }: CodingView): string {
  if (step !== 'done') return words.themes[`step-${step}`];
  if (!quote) return words.themes['step-done'];
  return quote.approved ? words.themes.quoteApproved : words.themes.quoteWaits;
}

const themeWords = ({ code }: Language, { title }: TextTheme): QuestionWords => ({ words: title[code], lang: code });

function bandWords({ bands }: WaveContent, bandId: string): string {
  const band = bands.find(({ id }) => id === bandId);
  return band ? bandName(band) : bandId;
}
