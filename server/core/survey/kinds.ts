import { isQuestion, type Part, type Question, type SurveyItem } from './definition.ts';
import { faces } from './kinds/faces.ts';
import { grid } from './kinds/grid.ts';
import { information } from './kinds/information.ts';
import type { AnswerKind, ItemKind } from './kinds/kind.ts';
import { ladder } from './kinds/ladder.ts';
import { longText } from './kinds/long-text.ts';
import { number } from './kinds/number.ts';
import { oneChoice } from './kinds/one-choice.ts';
import { placeWheel } from './kinds/place-wheel.ts';
import { placeCodes, ranking } from './kinds/ranking.ts';
import { shortText } from './kinds/short-text.ts';
import { tickAll } from './kinds/tick-all.ts';

/** Kinds with one answer, by name. */
const ANSWER_KINDS = {
  'one-choice': oneChoice,
  'tick-all': tickAll,
  faces,
  ladder,
  ranking,
  number,
  'short-text': shortText,
  'long-text': longText,
};

/** Every kind of item that Heard knows, by name. */
export const KINDS = { ...ANSWER_KINDS, grid, 'place-wheel': placeWheel, information };

/** The kind of an item, ready to be asked about that item. */
export function kindOf(item: SurveyItem): ItemKind<SurveyItem> {
  // Each entry handles exactly the items that carry its name, which the schema guarantees.
  return KINDS[item.kind];
}

/** The kind of a question with one answer. */
export function answerKindOf(part: Part): AnswerKind<Part> {
  return ANSWER_KINDS[part.kind];
}

const partsOfItem = new WeakMap<SurveyItem, readonly Part[]>();

/** The questions with one answer that an item is made of: itself, or each of its rows; none for a page to read. */
export function partsOf(item: SurveyItem): readonly Part[] {
  const known = partsOfItem.get(item);
  if (known) return known;
  const parts = makeParts(item);
  partsOfItem.set(item, parts);
  return parts;
}

function makeParts(item: SurveyItem): readonly Part[] {
  if (!isQuestion(item)) return [];
  if (item.kind === 'grid') return grid.rows(item);
  return item.kind === 'place-wheel' ? placeWheel.rows(item) : [item];
}

/** Whether an item is asked in rows, each with an answer of its own. */
export function hasRows(item: SurveyItem): boolean {
  return item.kind === 'grid' || item.kind === 'place-wheel';
}

/** Whether an item asks for words of one's own, which need readers. */
export function asksForWords(item: SurveyItem): boolean {
  return item.kind === 'short-text' || item.kind === 'long-text';
}

/** What a question is counted by: itself, each of its rows, or what place each option of a ranking got. */
export interface Variable {
  id: string;
  /** The question that it belongs to. */
  question: Question;
  /** The row or the ranked option; null where the question is its own variable. */
  part: string | null;
  codes: string[];
  /** Whether one person can hold several codes. */
  several: boolean;
}

/** The variables of a question, in the order in which they are asked. */
export function variablesOf(question: Question): Variable[] {
  if (question.kind === 'ranking') {
    return question.options.map(({ code }) => ({
      id: `${question.id}.${code}`,
      question,
      part: code,
      codes: placeCodes(question),
      several: false,
    }));
  }
  return partsOf(question).map((part) => ({
    id: part.id,
    question,
    part: part.id === question.id ? null : part.id.slice(question.id.length + 1),
    codes: answerKindOf(part).codes(part),
    several: part.kind === 'tick-all',
  }));
}
