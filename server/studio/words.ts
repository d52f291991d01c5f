import type { SurveyItem } from '../core/survey/definition.ts';
import type { ItemText, SurveyText } from '../core/survey/text.ts';
import { kindOf } from '../core/survey/kinds.ts';
import { TOPICS } from '../core/survey/topics.ts';
import { wordsOfPiece } from '../core/survey/validate.ts';
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

/** What a survey is called. */
export function surveyName(language: Language, { version, texts }: WordedVersion): Written {
  const text = textFor(language, texts);
  return written(text?.name ?? version.surveyId, text?.language ?? language.code);
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
  return {
    id: item.id,
    text: written(text.text, lang),
    hint: text.hint ?? '',
    kind: studio[`kind-${item.kind}`],
    options: wordsOfPieces(item, text, 'option.'),
    ends: item.kind === 'ladder' ? { low: text.low ?? '', high: text.high ?? '' } : null,
    notes: [...kindNotes(language, item, text), ...askedNotes(language, item, nameOf)],
  };
}

/** The options of an item in words, or its rows, in their order. */
function wordsOfPieces(item: SurveyItem, text: ItemText, group: 'option.' | 'row.'): string[] {
  const pieces = kindOf(item)
    .pieces(item)
    .filter((piece) => piece.startsWith(group));
  return pieces.map((piece) => wordsOfPiece(text, piece) || piece.slice(group.length));
}

/** How an item is answered, beyond its kind. */
function kindNotes(language: Language, item: SurveyItem, text: ItemText): string[] {
  const say = (key: 'rowsAre' | 'wheelEnds' | 'placesUpTo' | 'numberBetween', values: Record<string, string>) =>
    language.say('studio', key, values);
  const rows = wordsOfPieces(item, text, 'row.');
  const notes = rows.length > 0 ? [say('rowsAre', { rows: apart(rows.join(' · ')) })] : [];
  if (item.kind === 'place-wheel' && item.points === 7)
    notes.push(say('wheelEnds', { low: apart(text.low ?? ''), high: apart(text.high ?? '') }));
  if (item.kind === 'ranking') notes.push(say('placesUpTo', { places: language.number(item.places) }));
  if (item.kind === 'number')
    notes.push(say('numberBetween', { least: language.number(item.least), most: language.number(item.most) }));
  return notes;
}

/** Who is asked, and what is offered beside the answers. */
function askedNotes(language: Language, item: SurveyItem, nameOf: (id: string) => string): string[] {
  const { studio } = language.words;
  const notes: string[] = [];
  if (item.stages) notes.push(language.say('studio', 'onlyStages', { stages: item.stages.join(', ') }));
  if (item.topic) {
    const { from, switchedOn } = TOPICS[item.topic];
    notes.push(language.say('studio', switchedOn ? 'onlySwitchedOn' : 'onlyFrom', { stage: from }));
  }
  if (item.when) {
    notes.push(language.say('studio', 'onlyAfter', { question: apart(nameOf(item.when.question)) }));
  }
  if (item.kind !== 'information' && item.optOuts.length > 0) {
    const optOuts = item.optOuts.map((optOut) => studio[`optOut-${optOut}`]).join(' · ');
    notes.push(language.say('studio', 'alsoOffered', { optOuts }));
  }
  return notes;
}
