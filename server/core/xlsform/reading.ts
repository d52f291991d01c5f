import { definitionFaults } from '../survey/validate.ts';
import type { SurveyDefinition, SurveyItem } from '../survey/definition.ts';
import type { ChoiceLists } from './read-choices.ts';
import type { ItemWords, Languages } from './read-words.ts';
import type { Ledger } from './workbook.ts';

/* What is known while the rows of a sheet become items, one after the other. */

/** A question that was taken, and where it stands. */
export interface TakenQuestion {
  id: string;
  /** As the sheet names it. */
  name: string;
  kind: SurveyItem['kind'];
  row: number;
}

/** What an answer to an item can be, as expressions of the sheet write it. */
export interface AnswerName {
  code: string;
  /** The name of a choice, or the numbers of a group. */
  values: readonly string[] | { from: number; to: number };
}

export interface ReadItem {
  item: SurveyItem;
  words: ItemWords;
  answers: readonly AnswerName[];
}

export interface Reading {
  ledger: Ledger;
  languages: Languages;
  lists: ChoiceLists;
  /** The survey without items, as the settings make it. */
  survey: SurveyDefinition;
  items: ReadItem[];
  /** Items by the names that the sheet gives them. */
  byName: Map<string, ReadItem>;
  questions: TakenQuestion[];
  /** What the sheet left open and Heard had to assume, in sentences. */
  assumed: string[];
}

/** Why an item cannot stand in the survey; undefined where it can. */
export function faultOf(item: SurveyItem, { survey, items }: Reading): string | undefined {
  const source = items.find((one) => one.item.id === item.when?.question)?.item;
  // What leads to the question before it is no matter here.
  const before = source && withoutCondition(source);
  return definitionFaults({ ...survey, items: before ? [before, item] : [item] })[0];
}

function withoutCondition(item: SurveyItem): SurveyItem {
  const copy = { ...item };
  delete copy.when;
  return copy;
}
