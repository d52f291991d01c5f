import { LENGTHS, type PlanFault } from '../../core/loop/plan/words.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault } from '../../web/views.ts';

/** A field of the plan's forms, with everything that stands around it. */
export interface PlanFormField {
  name: string;
  /** Its id on the page; apart from its name where several forms stand there. */
  id: string;
  label: string;
  hint: string;
  kind: 'line' | 'lines' | 'date' | 'choice' | 'ticks';
  value: string;
  needed: boolean;
  longest: string;
  fault: string;
  /** Ids of what explains it; empty where nothing does. */
  describedBy: string;
  choices: { value: string; words: string; chosen: boolean }[];
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/field': { field: PlanFormField };
  }
}

type Given = Pick<PlanFormField, 'name' | 'label' | 'kind'> & Partial<PlanFormField>;

/** A field with what most fields have. */
export function formField(given: Given, faults: readonly FieldFault[] = []): PlanFormField {
  const id = given.id ?? given.name;
  const fault = faults.find(({ field }) => field === id)?.message ?? '';
  const describedBy = [given.hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return { hint: '', value: '', needed: false, longest: '1000', choices: [], ...given, id, fault, describedBy };
}

/** Faults in words, each at the field of its id. */
export function planFaultWords(
  language: Language,
  faults: readonly PlanFault[],
  labels: Readonly<Record<string, string>>,
  idOf: (field: string) => string = (field) => field,
): FieldFault[] {
  const lengths: Readonly<Record<string, number>> = LENGTHS;
  return faults.map(({ field, problem }) => ({
    field: idOf(field),
    message: language.say('plan', `fault-${problem}`, {
      label: labels[field] ?? field,
      longest: language.number(lengths[field] ?? 120),
    }),
  }));
}
