import type { WordsField, Choice } from '../words.ts';
import { wordsField } from '../pages.ts';
import type { ChoicesField, FieldView, SelectField } from './draft-view.ts';

/* How fields of the form are put together, whatever they are about. */

/** What is wrong with a field, in words; empty if nothing is. */
export type FaultOf = (field: string) => string;

export function words(id: string, label: string, more: Partial<WordsField>): FieldView {
  return { view: 'studio/words-field', field: wordsField(id, label, more) };
}

export function choices(
  id: string,
  legend: string,
  { type, ...more }: Pick<ChoicesField, 'type' | 'choices'> & Partial<ChoicesField>,
): FieldView {
  return { view: 'studio/drafts/choices', field: { id, name: id, type, legend, hint: '', fault: '', ...more } };
}

export function select(
  id: string,
  label: string,
  more: Pick<SelectField, 'choices'> & Partial<SelectField>,
): FieldView {
  const field = { id, name: id, label, hint: '', fault: '', look: '', lookWords: '', action: '', ...more };
  return { view: 'studio/drafts/select', field };
}

/** A choice in the language of the page, or in that of its words. */
export function choice(value: string, label: string, chosen: boolean, lang: string): Choice & { hint: string } {
  return { value, words: label, lang, chosen, hint: '' };
}

/** The names under which a field sends what is in it. */
export function namesOf({ view, field }: FieldView): string[] {
  if (view !== 'studio/drafts/lines') return [field.name];
  return field.lines.flatMap(({ words: line, hidden, numbers, alone }) => [
    line.name,
    ...hidden.map(({ name }) => name),
    ...numbers.map(({ name }) => name),
    ...(alone ? ['option-alone'] : []),
  ]);
}

/** The ids that a fault may lead to. */
export function idsOf({ view, field }: FieldView): string[] {
  if (view !== 'studio/drafts/lines') return [field.id];
  return [field.id, ...field.lines.flatMap(({ words: line, numbers }) => [line.id, ...numbers.map(({ id }) => id)])];
}

/** Fields whose buttons lead back to the form at this address. */
export function leadingTo(action: string, fields: readonly FieldView[]): FieldView[] {
  return fields.map((one): FieldView => {
    if (one.view === 'studio/drafts/select') return { ...one, field: { ...one.field, action } };
    return one.view === 'studio/drafts/lines' ? { ...one, field: { ...one.field, action } } : one;
  });
}
