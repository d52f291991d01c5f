import { STATE_CODES, type Answer, type Answers } from './answer.ts';
import type { SurveyDefinition, SurveyItem } from './definition.ts';
import type { Slot } from './kinds/kind.ts';
import { kindOf } from './kinds.ts';

/*
 * A response's answers are a byte string: one byte for each slot of the version's layout, in order.
 * 0–249 are values whose meaning the slot's `codes` gives; 250–254 are the states.
 * The layout is stored with the version, so readers go by question and option, never by position.
 */

/** The bytes of a version, in order. Pure in the definition, so equal definitions store alike. */
export function layoutOf(survey: SurveyDefinition): Slot[] {
  return survey.items.flatMap((item) => kindOf(item).slots(item));
}

/**
 * The answers of one person as bytes.
 * @param path the items this person's way led to; anything else was not asked
 * @param answers by item id; an item on the path without one was never reached
 */
export function encodeAnswers(survey: SurveyDefinition, path: readonly SurveyItem[], answers: Answers): Uint8Array {
  const onPath = new Set(path.map((item) => item.id));
  const bytes: number[] = [];
  for (const item of survey.items) {
    const width = kindOf(item).slots(item).length;
    if (width === 0) continue;
    const answer = answers[item.id];
    if (!onPath.has(item.id)) bytes.push(...Array<number>(width).fill(STATE_CODES['not-asked']));
    else bytes.push(...encodeOne(item, width, answer));
  }
  return Uint8Array.from(bytes);
}

function encodeOne(item: SurveyItem, width: number, answer: Answer | undefined): number[] {
  if (answer?.state === 'answered') return kindOf(item).encode(item, answer.value);
  return Array<number>(width).fill(STATE_CODES[answer?.state ?? 'unreached']);
}
