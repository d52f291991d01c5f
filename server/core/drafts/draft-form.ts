import { LEVELS, type Level } from '../survey/stage.ts';
import type { ItemKindName } from '../survey/item-kinds.ts';

/*
 * A draft as a form holds it: whatever somebody has typed so far, whole or not. Nothing in it is judged yet, so that a form
 * comes back exactly as it was sent.
 */

/** A line for an answer, a group of numbers, a row or a theme; its words are in FormWords at the same place. */
export interface FormLine {
  /** Kept while its words change, so that results go on under one code; empty for a line that is new. */
  code: string;
  symbol: string;
  /** Ticking it means none of the others. */
  alone: boolean;
  /** The numbers of a group. */
  from: string;
  to: string;
}

/** The words in one language. */
export interface FormWords {
  text: string;
  hint: string;
  low: string;
  high: string;
  unit: string;
  /** As many as there are lines. */
  options: string[];
  rows: string[];
  levels: Record<Level, { text: string; hint: string }>;
}

export interface DraftForm {
  survey: string;
  kind: ItemKindName | '';
  /** The language that it is written in. */
  language: string;
  /** By language; that of the draft is always there. */
  words: Record<string, FormWords>;
  options: FormLine[];
  rows: FormLine[];
  places: string;
  least: string;
  most: string;
  /** The longest answer in characters. */
  length: string;
  points: string;
  why: string;
  domain: string;
  /** Empty for all. */
  stages: string[];
  when: { question: string; anyOf: string[] };
  topic: string;
  section: string;
  /** The id of the item that it comes after, FIRST, or nothing while nobody has said. */
  after: string;
  optOuts: string[];
  shanarri: string[];
  /** Articles as they were typed: "12, 24". */
  uncrc: string;
  clustering: boolean;
  symbol: string;
}

/** What `after` holds for an item that comes before all others; no id looks like it. */
export const FIRST = ':first';

/** The parts of a form that hold one piece of text. */
export type TextField =
  | 'survey'
  | 'places'
  | 'least'
  | 'most'
  | 'length'
  | 'points'
  | 'why'
  | 'domain'
  | 'topic'
  | 'section'
  | 'after'
  | 'uncrc'
  | 'symbol';
export const TEXT_FIELDS: readonly TextField[] = [
  'survey',
  'places',
  'least',
  'most',
  'length',
  'points',
  'why',
  'domain',
  'topic',
  'section',
  'after',
  'uncrc',
  'symbol',
];

/** Words of one piece in every language. */
export type PlainWords = 'text' | 'hint' | 'low' | 'high' | 'unit';
export const PLAIN_WORDS: readonly PlainWords[] = ['text', 'hint', 'low', 'high', 'unit'];

export const EMPTY_LINE: FormLine = { code: '', symbol: '', alone: false, from: '', to: '' };

export function emptyWords(): FormWords {
  const levels = Object.fromEntries(LEVELS.map((level) => [level, { text: '', hint: '' }])) as FormWords['levels'];
  return { text: '', hint: '', low: '', high: '', unit: '', options: [], rows: [], levels };
}

/** A form that nobody has written into. */
export function emptyForm(language: string): DraftForm {
  return {
    survey: '',
    kind: '',
    language,
    words: { [language]: emptyWords() },
    options: [],
    rows: [],
    places: '',
    least: '',
    most: '',
    length: '',
    points: '',
    why: '',
    domain: '',
    stages: [],
    when: { question: '', anyOf: [] },
    topic: '',
    section: '',
    after: '',
    optOuts: ['dont-know', 'prefer-not-to-say'],
    shanarri: [],
    uncrc: '',
    clustering: false,
    symbol: '',
  };
}

/** The words in a language; empty ones where nobody has written any. */
export function wordsIn(form: Pick<DraftForm, 'words'>, language: string): FormWords {
  const own = Object.hasOwn(form.words, language) ? form.words[language] : undefined;
  return own ?? emptyWords();
}
