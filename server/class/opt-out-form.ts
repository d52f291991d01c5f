import { Type, type Static } from 'typebox';
import { westernDigits } from '../core/fieldwork/class-codes.ts';
import type { ClassPart, SchoolClass } from '../core/fieldwork/class-list.ts';
import { isOptOutCount, leavesStarted, optedOut, type OptOut } from '../core/fieldwork/class-numbers.ts';
import type { OptOuts } from '../storage/class-opt-outs.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault } from '../web/views.ts';

/* The form in which a school enters how many do not take part: a number for each stage of a class. */

/** One number, named by the place of its stage in the class. */
export interface OptOutField {
  id: string;
  name: string;
  label: string;
  value: string;
  /** What was wrong with what was typed; empty if nothing was. */
  fault: string;
}

/** A form that was sent and had faults: what was typed stays. */
export interface TypedOptOuts {
  form: Static<typeof OptOutForm>;
  faults: readonly FieldFault[];
}

const PREFIX = 'opt-out-';
const Count = Type.String({ maxLength: 12 });

export const OptOutForm = Type.Object(
  { class: Type.Optional(Type.String({ maxLength: 200 })) },
  { patternProperties: { [`^${PREFIX}\\d{1,2}$`]: Count }, additionalProperties: false },
);

/**
 * @param idPrefix before every id, where one page holds the form of several classes
 * @param typed what was sent of this class just now and could not be taken
 */
export function optOutFields(
  language: Language,
  { parts }: SchoolClass,
  optOuts: readonly OptOut[],
  { idPrefix = '', typed }: { idPrefix?: string; typed?: TypedOptOuts | undefined } = {},
): OptOutField[] {
  return parts.map((part, index) => {
    const name = `${PREFIX}${index}`;
    const id = `${idPrefix}${name}`;
    return {
      id,
      name,
      label: language.say('class', 'optOutLabel', { stage: part.stage, roll: language.number(part.pupils) }),
      value: fieldOf(typed?.form, name) ?? String(optedOut(part, optOuts)),
      fault: typed?.faults.find(({ field }) => field === id)?.message ?? '',
    };
  });
}

const fieldOf = (form: Static<typeof OptOutForm> | undefined, name: string) =>
  (form as Record<string, string | undefined> | undefined)?.[name];

/** What is known of a class when its opt-outs are entered. */
export interface EnteredFor {
  schoolClass: SchoolClass;
  /** As they stand. */
  optOuts: readonly OptOut[];
  /** How many have started, by part. */
  started: readonly number[];
}

/** What was entered for the stages of a class; faults are those that are no number from 0 to the roll, or too many. */
export function readOptOuts(
  language: Language,
  { schoolClass: { parts }, optOuts: before, started }: EnteredFor,
  form: Static<typeof OptOutForm>,
  idPrefix = '',
): { optOuts: OptOut[]; faults: FieldFault[] } {
  const optOuts: OptOut[] = [];
  const faults: FieldFault[] = [];
  for (const [index, part] of parts.entries()) {
    const typed = fieldOf(form, `${PREFIX}${index}`);
    if (typed === undefined) continue;
    const pupils = countOf(typed);
    const field = `${idPrefix}${PREFIX}${index}`;
    if (!isOptOutCount(pupils, part)) faults.push({ field, message: faultOf(language, part) });
    else if (!leavesStarted(pupils, part, started[index] ?? 0, optedOut(part, before)))
      faults.push({ field, message: language.say('class', 'optOutStarted', { stage: part.stage }) });
    else optOuts.push({ stage: part.stage, class: part.class, pupils });
  }
  return { optOuts, faults };
}

/** An empty field is no number. */
function countOf(typed: string): number {
  const digits = westernDigits(typed.trim());
  return /^\d{1,4}$/.test(digits) ? Number(digits) : NaN;
}

function faultOf(language: Language, { stage, pupils }: ClassPart): string {
  return language.say('class', 'optOutFault', { stage, roll: language.number(pupils) });
}

/** Stores what was entered. @returns whether anything changed */
export async function saveOptOuts(
  optOuts: OptOuts,
  waveId: string,
  schoolId: string,
  entered: readonly OptOut[],
): Promise<boolean> {
  let changed = false;
  for (const one of entered) changed = (await optOuts.set(waveId, schoolId, one)) || changed;
  return changed;
}
