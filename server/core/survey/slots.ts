import { STATE_CODES, type Answer, type Answers } from './answer.ts';
import { unlinkedSectionOf, type Part, type SurveyDefinition } from './definition.ts';
import type { Step } from './journey.ts';
import type { Slot } from './kinds/kind.ts';
import { answerKindOf, partsOf } from './kinds.ts';

/*
 * A record's answers are a byte string: one byte for each slot of the version's layout, in order.
 * 0–249 are values whose meaning the slot's `codes` gives; 250–254 are the states.
 * The layout is stored with the version, so readers go by question and option, never by position.
 * Questions of an unlinked section make a record of their own; they are not in the response.
 */

/** A question whose answer lies in a record, and how many bytes it takes there. */
interface Placed {
  part: Part;
  width: number;
}

const placedBySurvey = new WeakMap<SurveyDefinition, Map<string | null, Placed[]>>();

/** The questions whose answers lie in one record: the response (null), or an unlinked section's. Worked out once. */
function placedIn(survey: SurveyDefinition, section: string | null): Placed[] {
  const known = placedBySurvey.get(survey) ?? new Map<string | null, Placed[]>();
  placedBySurvey.set(survey, known);
  let placed = known.get(section);
  if (!placed) {
    const items = survey.items.filter((item) => unlinkedSectionOf(survey, item) === section);
    placed = items.flatMap(partsOf).map((part) => ({ part, width: answerKindOf(part).slots(part).length }));
    known.set(section, placed);
  }
  return placed;
}

/** The bytes of a version, in order. Pure in the definition, so equal definitions store alike. */
export function layoutOf(survey: SurveyDefinition, section: string | null = null): Slot[] {
  return placedIn(survey, section).flatMap(({ part }) => answerKindOf(part).slots(part));
}

/** The sections of a survey whose answers become records of their own. */
export function unlinkedSections(survey: SurveyDefinition): string[] {
  return (survey.sections ?? []).filter(({ unlinked }) => unlinked).map(({ id }) => id);
}

/**
 * The answers of one person as bytes.
 * @param path the pages that this person's way led to; anything else was not asked
 * @param answers by question id; a question on the path without one was never reached
 * @param section null for the response itself, or the unlinked section whose record is made
 */
export function encodeAnswers(
  survey: SurveyDefinition,
  path: readonly Step[],
  answers: Answers,
  section: string | null = null,
): Uint8Array {
  const onPath = new Set(path.flatMap((step) => step.keys));
  const bytes: number[] = [];
  for (const { part, width } of placedIn(survey, section)) {
    if (!onPath.has(part.id)) bytes.push(...Array<number>(width).fill(STATE_CODES['not-asked']));
    else bytes.push(...encodeOne(part, width, answers[part.id]));
  }
  return Uint8Array.from(bytes);
}

function encodeOne(part: Part, width: number, answer: Answer | undefined): number[] {
  if (answer?.state === 'answered') return answerKindOf(part).encode(part, answer.value);
  return Array<number>(width).fill(STATE_CODES[answer?.state ?? 'unreached']);
}

/** The records of the unlinked sections that somebody came to on the way, each with its bytes. */
export function encodeUnlinked(
  survey: SurveyDefinition,
  path: readonly Step[],
  answers: Answers,
): { section: string; answers: Uint8Array }[] {
  return unlinkedSections(survey)
    .filter((section) =>
      path.some(({ item, parts }) => item.section === section && parts.some(({ id }) => answers[id])),
    )
    .map((section) => ({ section, answers: encodeAnswers(survey, path, answers, section) }));
}
