import { schoolDate } from '../core/fieldwork/school-days.ts';
import type { ReadersWave } from '../storage/text-readings.ts';
import { SORTING_LISTS, type SortingEntry, type SortingLists } from '../storage/text-codings.ts';
import type { TextTheme } from '../storage/text-themes.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { codingHref } from './text-coding-pages.ts';
import { MOST_SHOWN, questionOf, sortingHref, type QuestionWords } from './text-room-pages.ts';
import type { WaveContent } from '../web/wave-content.ts';

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
  }
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
