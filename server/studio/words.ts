import type { ItemText, SurveyItem, SurveyText } from '../core/survey/definition.ts';
import { kindOf } from '../core/survey/kinds.ts';
import type { SurveyVersion } from '../storage/surveys.ts';
import { LANGUAGES, type Language } from '../web/language.ts';

/** Words that somebody wrote, with the language and direction they are in. */
export interface Written {
  words: string;
  lang: string;
  dir: 'ltr' | 'rtl' | 'auto';
}

/** A version with its words by language. */
export interface WordedVersion {
  version: SurveyVersion;
  texts: ReadonlyMap<string, SurveyText>;
}

/** A survey as the studio names it. */
export interface SurveyName {
  surveyId: string;
  versionId: string;
  number: number;
  name: Written;
}

/** An item as people read it. */
export interface ItemView {
  /** Where the item stands on the page. */
  id: string;
  text: Written;
  hint: string;
  kind: string;
  /** Answers in words, in order; the two ends of a ladder are words of their own. */
  options: string[];
  ends: { low: string; high: string } | null;
  /** Other things to know, each a phrase: opt-outs, stages, routes. */
  notes: string[];
}

/** A field of a form for words. */
export interface WordsField {
  id: string;
  name: string;
  label: string;
  /** Words in another language that the label is about; none for a field that stands for itself. */
  source: Written | null;
  hint: string;
  value: string;
  fault: string;
  lang: string;
  dir: 'ltr' | 'rtl' | 'auto';
  /** More than one line. */
  long: boolean;
}

export interface Choice {
  value: string;
  words: string;
  lang: string;
  chosen: boolean;
}

export function written(words: string, lang: string): Written {
  return { words, lang, dir: directionOf(lang) };
}

export function directionOf(lang: string): 'ltr' | 'rtl' | 'auto' {
  return LANGUAGES.find(({ code }) => code === lang)?.direction ?? 'auto';
}

/** A language's own name; its code where Heard does not speak it. */
export function languageName(lang: string): string {
  return LANGUAGES.find(({ code }) => code === lang)?.name ?? lang;
}

/** The words of a survey in the reader's language, else in the first that there is. */
export function textFor(language: Language, texts: ReadonlyMap<string, SurveyText>): SurveyText | undefined {
  return texts.get(language.code) ?? texts.values().next().value;
}

/** Words inside a phrase of another language, kept from mixing with it. */
export function apart(words: string): string {
  return `\u2068${words}\u2069`;
}

/**
 * An item in words, for reading.
 * @param nameOf the words of another item, for what a route depends on
 */
export function itemView(
  language: Language,
  item: SurveyItem,
  text: ItemText,
  lang: string,
  nameOf: (id: string) => string = (id) => id,
): ItemView {
  const { studio } = language.words;
  const notes: string[] = [];
  if (item.stages) notes.push(language.say('studio', 'onlyStages', { stages: item.stages.join(', ') }));
  if (item.when) {
    notes.push(language.say('studio', 'onlyAfter', { question: apart(nameOf(item.when.question)) }));
  }
  if (item.kind !== 'information' && item.optOuts.length > 0) {
    const optOuts = item.optOuts.map((optOut) => studio[`optOut-${optOut}`]).join(' · ');
    notes.push(language.say('studio', 'alsoOffered', { optOuts }));
  }
  return {
    id: item.id,
    text: written(text.text, lang),
    hint: text.hint ?? '',
    kind: studio[`kind-${item.kind}`],
    options: text.options
      ? kindOf(item)
          .codes(item)
          .map((code) => text.options?.[code] ?? code)
      : [],
    ends: item.kind === 'ladder' ? { low: text.low ?? '', high: text.high ?? '' } : null,
    notes,
  };
}
