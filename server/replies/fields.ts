import type { LoopFault } from '../core/loop/fields.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault } from '../web/views.ts';

/** A field to write or pick a date in, with everything that stands around it. */
export interface TextField {
  name: string;
  label: string;
  hint: string;
  value: string;
  kind: 'line' | 'lines' | 'date';
  longest: string;
  /** What is wrong with it, empty if nothing is. */
  fault: string;
  /** Language and direction of what is written; empty where it is the writer's choice. */
  lang: string;
  direction: 'ltr' | 'rtl' | 'auto';
  /** Whether a form may be sent without it. */
  isOptional?: boolean;
}

/** Faults in words, each with the label of its field. */
export function faultWords(
  language: Language,
  faults: readonly LoopFault[],
  labels: Readonly<Record<string, string>>,
  longest: (field: string) => number,
): FieldFault[] {
  return faults.map(({ field, problem }) => {
    const values = { label: labels[field] ?? field, longest: language.number(longest(field)) };
    return { field, message: language.say('replies', `fault-${problem}`, values) };
  });
}

/** The message at one field, empty if it has none. */
export function faultOf(faults: readonly FieldFault[], field: string): string {
  return faults.find((fault) => fault.field === field)?.message ?? '';
}
