import type { DraftChange } from '../../core/drafts/compare-drafts.ts';
import type { PlainField } from '../../core/drafts/draft-fields.ts';
import { FIRST } from '../../core/drafts/draft-form.ts';
import { isKind } from '../../core/drafts/kind-fields.ts';
import { wordDifferences, type WordRun } from '../../core/drafts/word-differences.ts';
import { LEVELS } from '../../core/survey/stage.ts';
import type { Language } from '../../web/language.ts';
import { apart, directionOf, languageName, type WordedVersion } from '../words.ts';
import { nameIn } from './draft-context.ts';

declare module '../../web/views.ts' {
  interface Views {
    'studio/drafts/change-list': { changes: ChangeView[] };
  }
}

/** One change as people read it: what it is about, and for words what came and went. */
export interface ChangeView {
  title: string;
  lang: string;
  dir: string;
  /** Empty where the title says it all. */
  runs: WordRun[];
}

/** What people need to know to name things: their survey, and the language that the drafts are written in. */
export interface Naming {
  survey: WordedVersion | undefined;
  written: string;
}

export function changeViews(language: Language, changes: readonly DraftChange[], naming: Naming): ChangeView[] {
  return changes.map((change) => changeView(language, change, naming));
}

function changeView(language: Language, change: DraftChange, naming: Naming): ChangeView {
  const { drafts } = language.words;
  const plain = { lang: language.code, dir: language.direction, runs: [] };
  if (change.change === 'words') {
    const title = pieceWords(language, change.piece, change.language, naming.written);
    return { title, lang: change.language, dir: directionOf(change.language), runs: change.runs };
  }
  if (change.change !== 'plain') {
    const group = drafts[`piece-${change.group}`];
    return {
      ...plain,
      title: language.say('drafts', `change-${change.change}`, { group, words: apart(change.words) }),
    };
  }
  const { field, before, after } = change;
  const name = drafts[`field-${field}`];
  if (field === 'why') {
    const runs = wordDifferences(String(before), String(after), naming.written);
    return { title: name, lang: naming.written, dir: directionOf(naming.written), runs };
  }
  const value = (one: unknown) => apart(plainWords(language, field, one, naming.survey));
  return {
    ...plain,
    title: language.say('drafts', 'change-plain', { field: name, before: value(before), after: value(after) }),
  };
}

const PIECES = ['text', 'hint', 'low', 'high', 'unit', 'option', 'row'] as const;

/** What a piece of words is called: "Question", "Answer in Arabic", "Question for S1–S3". */
export function pieceWords(language: Language, piece: string, of: string, written: string): string {
  const parts = piece.split('.');
  const level = LEVELS.find((one) => parts[0] === 'level' && one === parts[1]);
  const own = PIECES.find((one) => one === (level ? parts[2] : parts[0])) ?? 'text';
  const name = language.words.drafts[`piece-${own}`];
  const levelled = level
    ? language.say('drafts', 'atLevel', { piece: name, level: language.words.questions[`level-${level}`] })
    : name;
  return of === written
    ? levelled
    : language.say('drafts', 'inLanguage', { piece: levelled, language: apart(languageName(of)) });
}

/** The value of a field as people read it. */
export function plainWords(
  language: Language,
  field: PlainField,
  value: unknown,
  survey: WordedVersion | undefined,
): string {
  const { drafts } = language.words;
  if (isRoute(value)) {
    if (value.question === '') return drafts.mergeNothing;
    const name = nameIn(language, survey, value.question);
    return `${name} (${value.anyOf.map((code) => answerIn(language, survey, value.question, code)).join(', ')})`;
  }
  if (Array.isArray(value)) {
    const all = value.map((one) => codeWords(language, field, String(one)));
    return all.length > 0 ? all.join(', ') : drafts.mergeNothing;
  }
  if (typeof value === 'boolean') return value ? drafts.yes : drafts.mergeNothing;
  const text = String(value);
  if (text === '') return drafts.mergeNothing;
  if (field === 'after') return text === FIRST ? drafts.afterFirst : nameIn(language, survey, text);
  return codeWords(language, field, text);
}

function isRoute(value: unknown): value is { question: string; anyOf: string[] } {
  return typeof value === 'object' && value !== null && 'question' in value;
}

function answerIn(language: Language, survey: WordedVersion | undefined, question: string, code: string): string {
  const text = survey?.texts.get(language.code) ?? survey?.texts.values().next().value;
  return text?.items[question]?.options?.[code] ?? code;
}

/** Words of the codes that a field may hold; what has none stands as it is. */
function codeWords(language: Language, field: PlainField, code: string): string {
  const { words } = language;
  const known: Partial<Record<PlainField, Readonly<Record<string, string>>>> = {
    domain: words.studio,
    optOuts: words.studio,
    topic: words.drafts,
    shanarri: words.views,
  };
  if (field === 'language') return languageName(code);
  if (field === 'kind') return isKind(code) ? words.studio[`kind-${code}`] : code;
  const prefix = field === 'optOuts' ? 'optOut' : field;
  return known[field]?.[`${prefix}-${code}`] ?? code;
}
