import {
  AIMS,
  LENGTHS,
  PLAN_FIELDS,
  POVERTY_DRIVERS,
  SHANARRI,
  WHOLE_AUTHORITY,
  type PlanFault,
  type PlanField,
  type PlanWords,
} from '../../core/loop/plan/words.ts';
import type { Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import { actionHref, PLAN } from './addresses.ts';
import { formField, planFaultWords, type PlanFormField } from './form-fields.ts';
import type { PlanPlaces } from './plan-desk.ts';

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/action-form': {
      title: string;
      faults: FieldFault[];
      href: string;
      backHref: string;
      hidden: { name: string; value: string }[];
      fields: PlanFormField[];
    };
  }
}

/** What was typed for an action: of a new one with its id, and a reference that may be empty. */
export interface TypedAction {
  id: string;
  isNew: boolean;
  reference: string;
  words: PlanWords;
  /** Articles as they were typed, where they are none. */
  articles: string;
  faults: readonly PlanFault[];
}

/** The form for an action, new or not. */
export function actionFormPage(
  language: Language,
  places: PlanPlaces,
  typed: TypedAction,
): Views['replies/plan/action-form'] {
  const { plan } = language.words;
  const labels = labelsOf(language);
  const faults = planFaultWords(language, typed.faults, labels);
  const fields = PLAN_FIELDS.map((name) => fieldOf(language, name, typed, places, faults));
  const reference = formField(
    { name: 'reference', label: plan.reference, hint: plan.referenceHint, kind: 'line', value: typed.reference, longest: '20' },
    faults,
  ); // prettier-ignore
  return {
    title: typed.isNew ? plan.newAction : plan.changeAction,
    faults,
    href: typed.isNew ? `${PLAN}/actions` : actionHref(typed.id),
    backHref: typed.isNew ? PLAN : actionHref(typed.id),
    hidden: typed.isNew ? [{ name: 'id', value: typed.id }] : [],
    fields: typed.isNew ? [reference, ...fields] : fields,
  };
}

export function labelsOf({ words }: Language): Record<PlanField | 'reference', string> {
  const { plan } = words;
  const entries = PLAN_FIELDS.map((field) => [field, plan[`field-${field}`]] as const);
  return { ...(Object.fromEntries(entries) as Record<PlanField, string>), reference: plan.reference };
}

const LINES: readonly PlanField[] = ['task', 'indicator', 'outcome', 'involvement', 'partners'];
const NEEDED: readonly PlanField[] = ['task', 'lead', 'dueOn'];

function fieldOf(
  language: Language,
  name: PlanField,
  { words, articles }: TypedAction,
  places: PlanPlaces,
  faults: readonly FieldFault[],
): PlanFormField {
  const { plan } = language.words;
  const shared = { name, label: labelsOf(language)[name], hint: plan[`hint-${name}`], needed: NEEDED.includes(name) };
  if (name === 'place') return formField({ ...shared, kind: 'choice', choices: placeChoices(language, words, places) }, faults); // prettier-ignore
  if (name === 'startsOn' || name === 'dueOn')
    return formField({ ...shared, kind: 'date', value: words[name] }, faults);
  if (name === 'uncrc') return formField({ ...shared, kind: 'line', value: articles, longest: '120' }, faults);
  if (name === 'shanarri' || name === 'poverty' || name === 'aims')
    return formField({ ...shared, kind: 'ticks', choices: ticksOf(language, name, words) }, faults);
  const longest = String(LENGTHS[name]);
  return formField({ ...shared, kind: LINES.includes(name) ? 'lines' : 'line', value: words[name], longest }, faults);
}

function placeChoices(language: Language, words: PlanWords, { seen, writable }: PlanPlaces) {
  const whole = { id: WHOLE_AUTHORITY, name: language.words.plan.wholeAuthority };
  return [whole, ...seen]
    .filter(({ id }) => writable.has(id))
    .map(({ id, name }) => ({ value: id, words: name, chosen: id === words.place }));
}

function ticksOf({ words: { plan, views } }: Language, name: 'shanarri' | 'poverty' | 'aims', words: PlanWords) {
  const tick = (value: string, said: string) => ({
    value,
    words: said,
    chosen: words[name].some((one) => one === value),
  });
  if (name === 'shanarri') return SHANARRI.map((one) => tick(one, views[`shanarri-${one}`]));
  if (name === 'poverty') return POVERTY_DRIVERS.map((one) => tick(one, plan[`poverty-${one}`]));
  return AIMS.map((one) => tick(one, plan[`aim-${one}`]));
}
