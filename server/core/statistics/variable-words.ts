/*
 * What the variables of a question and their codes are called in words: a question and one of its rows, the
 * steps of a ladder, the places of a ranking. The same words stand in results, findings and replies.
 */
import type { Question, SurveyDefinition } from '../survey/definition.ts';
import { asksForWords, type Variable } from '../survey/kinds.ts';
import { levelOf, type Band, type Stage } from '../survey/stage.ts';
import { atLevel, type ItemText, type SurveyText } from '../survey/text.ts';

/** What became of an option of a ranking, as its codes say it. */
export type PlaceCode = `place-${1 | 2 | 3 | 4 | 5}` | 'no-place';

/** Phrases that no survey has words for. */
export type VariablePhrase = 'partName' | 'optionEnd' | 'optionWritten' | `option-${PlaceCode}`;

/** Says a phrase in the language of whoever reads. */
export type SayPhrase = (phrase: VariablePhrase, values?: Record<string, string>) => string;

/** The words of a question as a band read it, by language. */
export function wordsAsked(
  survey: SurveyDefinition,
  question: Question,
  band: Band,
  texts: ReadonlyMap<string, SurveyText>,
): Map<string, ItemText> {
  const asks = question.stages ?? survey.stages;
  const stages = band.stages.filter((stage) => asks.includes(stage));
  return new Map(
    [...texts].flatMap(([language, { items }]) => {
      const text = items[question.id];
      return text ? [[language, wordsForStages(text, stages)] as const] : [];
    }),
  );
}

/** Where stages read at several levels, the item's own words stand for all; no stages are grown-ups. */
function wordsForStages(text: ItemText, stages: readonly Stage[]): ItemText {
  const [level, ...others] = new Set(stages.length === 0 ? [levelOf(null)] : stages.map(levelOf));
  return level !== undefined && others.length === 0 ? atLevel(text, level) : text;
}

/** A variable by its question, and by its row or ranked option where it has several. */
export function variableName({ part }: Pick<Variable, 'part'>, text: ItemText, say: SayPhrase): string {
  return part === null ? text.text : say('partName', { question: text.text, part: partWords({ part }, text) });
}

/** The words of a row or of a ranked option; empty for a question that is one variable. */
export function partWords({ part }: Pick<Variable, 'part'>, text: ItemText): string {
  return part === null ? '' : (text.rows?.[part] ?? text.options?.[part] ?? part);
}

/** What one code of a variable says. */
export function codeWords(variable: Variable, text: ItemText, code: string, say: SayPhrase): string {
  const { question, codes } = variable;
  if (asksForWords(question)) return say('optionWritten');
  if (question.kind === 'ranking') return say(`option-${code as PlaceCode}`);
  const words = text.options?.[code];
  if (words !== undefined || !isStep(variable)) return words ?? code;
  const end = code === codes[0] ? text.low : code === codes.at(-1) ? text.high : undefined;
  return end === undefined ? code : say('optionEnd', { step: code, end });
}

/** Whether a code is a step between two ends: of a ladder, or of a wheel with seven points. */
export function isStep({ question }: Pick<Variable, 'question'>): boolean {
  return question.kind === 'ladder' || (question.kind === 'place-wheel' && question.points === 7);
}
