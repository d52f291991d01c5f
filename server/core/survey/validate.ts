import { Value } from 'typebox/value';
import { isQuestion, SurveyDefinition, unlinkedSectionOf, type Question, type SurveyItem } from './definition.ts';
import { derivedVariables } from './derived.ts';
import type { TextPiece } from './kinds/kind.ts';
import { answerKindOf, kindOf, partsOf, variablesOf, type Variable } from './kinds.ts';
import { surveyScaleFaults, type SurveyScale } from './scales.ts';
import { SurveyText, type ItemText } from './text.ts';

/*
 * Everything that a schema cannot say about a survey, said in sentences that name the place.
 * A survey with faults is never loaded or published.
 */

/** Faults of structure: shape, double ids, routing that leads nowhere. Empty when sound. */
export function definitionFaults(definition: unknown): string[] {
  if (!Value.Check(SurveyDefinition, definition)) return shapeFaults(Value.Errors(SurveyDefinition, definition));
  const faults: string[] = [];
  const earlier = new Map<string, SurveyItem>();
  for (const item of definition.items) {
    if (earlier.has(item.id)) faults.push(`item "${item.id}" stands twice: give each item an id of its own`);
    faults.push(...itemFaults(item, definition, earlier));
    earlier.set(item.id, item);
  }
  return [...faults, ...indicatorFaults(definition), ...surveyFaults(definition, earlier)];
}

function indicatorFaults(definition: SurveyDefinition): string[] {
  const ids = definition.items.map((item) => item.id);
  const variables = new Map(questionsOf(definition).flatMap((item) => variablesOf(item).map((one) => [one.id, one])));
  return definition.indicators.flatMap((indicator) => {
    const variable = variables.get(indicator.question);
    return [
      ...(variable
        ? unknownCodes(`indicator "${indicator.id}"`, indicator.question, variable.codes, indicator.anyOf)
        : [`indicator "${indicator.id}" reads an unknown question "${indicator.question}"`]),
      ...(ids.includes(indicator.id) ? [`indicator "${indicator.id}" has the id of an item: rename it`] : []),
    ];
  });
}

/** What concerns the survey as a whole: its stages, its bands, its scales. */
function surveyFaults(survey: SurveyDefinition, items: ReadonlyMap<string, SurveyItem>): string[] {
  const faults: string[] = [];
  if (survey.reached === 'roll' && survey.stages.length === 0)
    faults.push('the survey is asked of everybody on a roll but names no stages');
  const band = survey.bandQuestion === undefined ? undefined : items.get(survey.bandQuestion);
  if (survey.bandQuestion !== undefined && band?.kind !== 'one-choice')
    faults.push(`the bands come from "${survey.bandQuestion}", which is no question with one choice`);
  return [
    ...faults,
    ...(survey.scales ?? []).flatMap((scale) => scaleFaults(scale, items)),
    ...poorOutcomeFaults(survey, items),
    ...derivedVariables(survey)
      .filter(({ id }) => items.has(id))
      .map(({ id }) => `item "${id}" has the id of something that is worked out: rename it`),
  ];
}

/** Poor outcomes are told of everybody who was asked, one answer a question, in one record. */
function poorOutcomeFaults(survey: SurveyDefinition, items: ReadonlyMap<string, SurveyItem>): string[] {
  return (survey.poorOutcomes ?? []).flatMap((id) => {
    const indicator = survey.indicators.find((one) => one.id === id);
    if (!indicator) return [`the poor outcomes name an unknown indicator "${id}"`];
    const item = items.get(indicator.question);
    const isChoice = item?.kind === 'one-choice' || item?.kind === 'faces' || item?.kind === 'ladder';
    if (!isChoice)
      return [`the poor outcome "${id}" reads "${indicator.question}", which is no question with one choice`];
    const isOfAll = !item.when && !item.stages && !item.topic && unlinkedSectionOf(survey, item) === null;
    return isOfAll ? [] : [`the poor outcome "${id}" reads "${item.id}", which is not asked of everybody`];
  });
}

function scaleFaults(scale: SurveyScale, items: ReadonlyMap<string, SurveyItem>): string[] {
  const faults = surveyScaleFaults(scale);
  for (const { question } of scale.items) {
    const item = items.get(question);
    if (item?.kind !== 'one-choice' && item?.kind !== 'faces') {
      faults.push(`scale "${scale.id}" reads "${question}", which is no question with one choice`);
      continue;
    }
    const missing = item.options.filter(({ code }) => scale.codes[code] === undefined).map(({ code }) => code);
    if (missing.length > 0) faults.push(`scale "${scale.id}" gives no number to ${missing.join(', ')}`);
  }
  return faults;
}

function itemFaults(item: SurveyItem, survey: SurveyDefinition, earlier: Map<string, SurveyItem>): string[] {
  const faults: string[] = [];
  const twice = kindOf(item)
    .pieces(item)
    .find((piece, index, pieces) => pieces.indexOf(piece) !== index);
  if (twice !== undefined) faults.push(`item "${item.id}" has the ${pieceName(twice)} twice`);
  for (const stage of item.stages ?? []) {
    if (!survey.stages.includes(stage))
      faults.push(`item "${item.id}" is for ${stage}, which the survey is not asked of`);
  }
  if (item.section !== undefined && !survey.sections?.some(({ id }) => id === item.section))
    faults.push(`item "${item.id}" is in the section "${item.section}", which the survey does not name`);
  if (item.kind === 'number') faults.push(...groupFaults(item));
  return item.when ? [...faults, ...routeFaults(item, item.when, survey, earlier)] : faults;
}

function routeFaults(
  item: SurveyItem,
  when: NonNullable<SurveyItem['when']>,
  survey: SurveyDefinition,
  earlier: Map<string, SurveyItem>,
): string[] {
  const question = earlier.get(when.question);
  if (!question) return [`item "${item.id}" depends on "${when.question}", which does not come before it`];
  const [part, ...rows] = partsOf(question);
  if (!part || rows.length > 0 || part.id !== question.id)
    return [`item "${item.id}" depends on "${when.question}", which is answered in rows or not at all`];
  // A route across would say in one record what stands in the other.
  if (unlinkedSectionOf(survey, question) !== unlinkedSectionOf(survey, item))
    return [`item "${item.id}" depends on "${when.question}" across the edge of an unlinked section`];
  return unknownCodes(`the route to "${item.id}"`, question.id, answerKindOf(part).codes(part), when.anyOf);
}

function groupFaults({ id, least, most, groups }: Extract<Question, { kind: 'number' }>): string[] {
  let next = least;
  for (const { from, to } of groups) {
    if (from !== next || to < from)
      return [`item "${id}" has groups with a gap or an overlap at ${next}: each number belongs to one group`];
    next = to + 1;
  }
  return next === most + 1 ? [] : [`item "${id}" has groups that end at ${next - 1}, expected ${most}`];
}

function unknownCodes(where: string, question: string, known: readonly string[], codes: readonly string[]): string[] {
  return codes
    .filter((code) => !known.includes(code))
    .map((code) => `${where} names "${code}", which "${question}" does not offer (it has ${known.join(', ')})`);
}

/** Faults of the words of one language against its definition. Empty when complete. */
export function textFaults(survey: SurveyDefinition, text: unknown): string[] {
  if (!Value.Check(SurveyText, text)) return shapeFaults(Value.Errors(SurveyText, text));
  const faults: string[] = [];
  for (const item of survey.items) {
    const words = text.items[item.id];
    if (!words) faults.push(`item "${item.id}" has no words`);
    else faults.push(...itemTextFaults(item, words).map((fault) => `item "${item.id}" ${fault}`));
  }
  for (const indicator of survey.indicators) {
    if (!text.indicators[indicator.id]) faults.push(`indicator "${indicator.id}" has no words`);
  }
  faults.push(...derivedTextFaults(survey, text));
  const items = survey.items.map((item) => item.id);
  const indicators = survey.indicators.map((indicator) => indicator.id);
  for (const id of Object.keys(text.items)) if (!items.includes(id)) faults.push(`words for an unknown item "${id}"`);
  for (const id of Object.keys(text.indicators)) {
    if (!indicators.includes(id)) faults.push(`words for an unknown indicator "${id}"`);
  }
  return faults;
}

function derivedTextFaults(survey: SurveyDefinition, { derived = {} }: SurveyText): string[] {
  const variables = derivedVariables(survey);
  const known = variables.map(({ id }) => id);
  return [
    ...variables.flatMap(({ id, codes }) => {
      const words = derived[id];
      if (!words) return [`"${id}", which is worked out, has no words`];
      return codes.filter((code) => !words.options?.[code]).map((code) => `"${id}" has no words for "${code}"`);
    }),
    ...Object.keys(derived)
      .filter((id) => !known.includes(id))
      .map((id) => `words for "${id}", which is not worked out`),
  ];
}

/** What an item's words lack in one language, and words for what the item does not have. */
export function itemTextFaults(item: SurveyItem, text: ItemText): string[] {
  const needed = kindOf(item).pieces(item);
  const given: TextPiece[] = [
    ...Object.keys(text.options ?? {}).map((code): TextPiece => `option.${code}`),
    ...Object.keys(text.rows ?? {}).map((code): TextPiece => `row.${code}`),
  ];
  return [
    ...needed
      .filter((piece) => wordsOfPiece(text, piece) === '')
      .map((piece) => `has no words for ${pieceName(piece)}`),
    ...given.filter((piece) => !needed.includes(piece)).map((piece) => `has words for an unknown ${pieceName(piece)}`),
  ];
}

/** One piece of an item's words; empty if it has none. */
export function wordsOfPiece(text: ItemText, piece: TextPiece): string {
  if (piece === 'hint' || piece === 'low' || piece === 'high') return text[piece] ?? '';
  const code = piece.slice(piece.indexOf('.') + 1);
  return (piece.startsWith('row.') ? text.rows : text.options)?.[code] ?? '';
}

function pieceName(piece: TextPiece): string {
  if (piece === 'hint') return 'the body of the page ("hint")';
  if (piece === 'low' || piece === 'high') return `the ${piece} end ("${piece}")`;
  return `${piece.slice(0, piece.indexOf('.'))} "${piece.slice(piece.indexOf('.') + 1)}"`;
}

function shapeFaults(errors: readonly { instancePath: string; message: string }[]): string[] {
  return errors.slice(0, 10).map((error) => `${error.instancePath || '(whole file)'} ${error.message}`);
}

/** The questions of a survey, without its information pages. */
export function questionsOf(survey: SurveyDefinition): Question[] {
  return survey.items.filter(isQuestion);
}

/** What a survey is counted by. */
export function surveyVariables(survey: SurveyDefinition): Variable[] {
  return questionsOf(survey).flatMap(variablesOf);
}
