import { Type, type Static } from 'typebox';
import { westernDigits } from '../core/fieldwork/class-codes.ts';
import type { ClassPart, SchoolClass } from '../core/fieldwork/class-list.ts';
import { isOptOutCount, type OptOut } from '../core/fieldwork/class-numbers.ts';
import type { EnteredOptOut, OptOuts, StoredOptOut, TooMany } from '../storage/class-opt-outs.ts';
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
  optOuts: readonly StoredOptOut[],
  { idPrefix = '', typed }: { idPrefix?: string; typed?: TypedOptOuts | undefined } = {},
): OptOutField[] {
  return parts.map((part, index) => {
    const name = `${PREFIX}${index}`;
    const id = `${idPrefix}${name}`;
    return {
      id,
      name,
      label: language.say('class', 'optOutLabel', { stage: part.stage, roll: language.number(part.pupils) }),
      value: fieldOf(typed?.form, name) ?? String(enteredFor(part, optOuts)),
      fault: typed?.faults.find(({ field }) => field === id)?.message ?? '',
    };
  });
}

const fieldOf = (form: Static<typeof OptOutForm> | undefined, name: string) =>
  (form as Record<string, string | undefined> | undefined)?.[name];

/** What was entered for a part of a class: 0 where nobody entered anything. */
function enteredFor(part: ClassPart, optOuts: readonly StoredOptOut[]): number {
  return optOuts.find(({ stage, class: className }) => stage === part.stage && className === part.class)?.entered ?? 0;
}

/** What was entered for the stages of a class; faults are those that are no number from 0 to the roll. */
function readOptOuts(
  language: Language,
  { parts }: SchoolClass,
  form: Static<typeof OptOutForm>,
  idPrefix: string,
): { entered: EnteredOptOut[]; faults: FieldFault[] } {
  const entered: EnteredOptOut[] = [];
  const faults: FieldFault[] = [];
  for (const [index, part] of parts.entries()) {
    const typed = fieldOf(form, `${PREFIX}${index}`);
    if (typed === undefined) continue;
    const pupils = countTyped(typed);
    const field = `${idPrefix}${PREFIX}${index}`;
    if (isOptOutCount(pupils, part)) entered.push({ stage: part.stage, class: part.class, pupils, roll: part.pupils });
    else faults.push({ field, message: faultOf(language, part) });
  }
  return { entered, faults };
}

/** A whole number as it was typed; an empty field is none. */
export function countTyped(typed: string): number {
  const digits = westernDigits(typed.trim());
  return /^\d{1,4}$/.test(digits) ? Number(digits) : NaN;
}

function faultOf(language: Language, { stage, pupils }: ClassPart): string {
  return language.say('class', 'optOutFault', { stage, roll: language.number(pupils) });
}

/** Which class, and what becomes of a number that leaves out some who have started. */
export interface OptOutsOf {
  waveId: string;
  schoolId: string;
  schoolClass: SchoolClass;
  tooMany: TooMany;
  idPrefix?: string;
}

/** Stores what was entered, all of it or nothing. @returns whether anything changed, and what is wrong with it */
export async function saveOptOuts(
  language: Language,
  optOuts: OptOuts,
  { waveId, schoolId, schoolClass, tooMany: rule, idPrefix = '' }: OptOutsOf,
  form: Static<typeof OptOutForm>,
): Promise<{ changed: boolean; faults: FieldFault[] }> {
  const { entered, faults } = readOptOuts(language, schoolClass, form, idPrefix);
  if (faults.length > 0) return { changed: false, faults };
  const { changed, tooMany } = await optOuts.set(waveId, schoolId, entered, rule);
  return { changed, faults: tooMany.map((one) => startedFault(language, schoolClass, one, idPrefix)) };
}

function startedFault(language: Language, { parts }: SchoolClass, optOut: OptOut, idPrefix: string): FieldFault {
  const index = parts.findIndex(({ stage, class: own }) => stage === optOut.stage && own === optOut.class);
  const message = language.say('class', 'optOutStarted', { stage: optOut.stage });
  return { field: `${idPrefix}${PREFIX}${index}`, message };
}
