import { Value } from 'typebox/value';
import { isQuestion, SurveyDefinition, SurveyText, type SurveyItem } from './definition.ts';
import { kindOf } from './kinds.ts';

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
  for (const indicator of definition.indicators) {
    const question = earlier.get(indicator.question);
    if (!question) faults.push(`indicator "${indicator.id}" reads an unknown question "${indicator.question}"`);
    else faults.push(...unknownCodes(`indicator "${indicator.id}"`, question, indicator.anyOf));
    if (earlier.has(indicator.id)) faults.push(`indicator "${indicator.id}" has the id of an item: rename it`);
  }
  return faults;
}

function itemFaults(item: SurveyItem, survey: SurveyDefinition, earlier: Map<string, SurveyItem>): string[] {
  const faults: string[] = [];
  const codes = kindOf(item).codes(item);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) faults.push(`item "${item.id}" has the option "${twice}" twice`);
  for (const stage of item.stages ?? []) {
    if (!survey.stages.includes(stage))
      faults.push(`item "${item.id}" is for ${stage}, which the survey is not asked of`);
  }
  if (!item.when) return faults;
  const question = earlier.get(item.when.question);
  if (!question)
    return [...faults, `item "${item.id}" depends on "${item.when.question}", which does not come before it`];
  return [...faults, ...unknownCodes(`the route to "${item.id}"`, question, item.when.anyOf)];
}

function unknownCodes(where: string, question: SurveyItem, codes: readonly string[]): string[] {
  const known = kindOf(question).codes(question);
  return codes
    .filter((code) => !known.includes(code))
    .map((code) => `${where} names "${code}", which "${question.id}" does not offer (it has ${known.join(', ')})`);
}

/** Faults of the words of one language against its definition. Empty when complete. */
export function textFaults(survey: SurveyDefinition, text: unknown): string[] {
  if (!Value.Check(SurveyText, text)) return shapeFaults(Value.Errors(SurveyText, text));
  const faults: string[] = [];
  for (const item of survey.items) {
    const words = text.items[item.id];
    if (!words) faults.push(`item "${item.id}" has no words`);
    else
      faults.push(
        ...kindOf(item)
          .textFaults(item, words)
          .map((fault) => `item "${item.id}" ${fault}`),
      );
  }
  for (const indicator of survey.indicators) {
    if (!text.indicators[indicator.id]) faults.push(`indicator "${indicator.id}" has no words`);
  }
  const items = survey.items.map((item) => item.id);
  const indicators = survey.indicators.map((indicator) => indicator.id);
  for (const id of Object.keys(text.items)) if (!items.includes(id)) faults.push(`words for an unknown item "${id}"`);
  for (const id of Object.keys(text.indicators)) {
    if (!indicators.includes(id)) faults.push(`words for an unknown indicator "${id}"`);
  }
  return faults;
}

function shapeFaults(errors: readonly { instancePath: string; message: string }[]): string[] {
  return errors.slice(0, 10).map((error) => `${error.instancePath || '(whole file)'} ${error.message}`);
}

/** The questions of a survey, without its information pages. */
export function questionsOf(survey: SurveyDefinition) {
  return survey.items.filter(isQuestion);
}
