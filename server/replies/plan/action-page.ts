import { COLOURS, ENDINGS, isOverdue } from '../../core/loop/plan/colour.ts';
import type { MeasureWords } from '../../core/loop/plan/measures.ts';
import { PLAN_FIELDS, type PlanFault } from '../../core/loop/plan/words.ts';
import type { PlanEvent } from '../../core/loop/plan/plan.ts';
import { quarterOf, writeQuarter } from '../../core/loop/plan/quarters.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { FieldFault, Views } from '../../web/views.ts';
import type { EngagementEntry } from '../../storage/engagement.ts';
import { involvedView, type InvolvedView } from '../engagement/involved.ts';
import { labelsOf } from './action-form.ts';
import { actionHref, measureHref, PLAN } from './addresses.ts';
import { formField, planFaultWords, type PlanFormField } from './form-fields.ts';
import { historyLines, type HistoryLine } from './history-words.ts';
import type { PlanPlaces, SeenAction } from './plan-desk.ts';
import { judgedWords } from './plan-page.ts';
import { colourView, measureView, partWords, ruleWords, type ColourView, type MeasureView } from './plan-words.ts';

/** The small forms of an action's page, by what they write. */
export const SMALL_FORMS = ['progress', 'judgements', 'endings', 'measures'] as const;

interface SmallForm {
  id: string;
  href: string;
  legend: string;
  button: string;
  hidden: { name: string; value: string }[];
  fields: PlanFormField[];
  open: boolean;
}

declare module '../../web/views.ts' {
  interface Views {
    'replies/plan/action': {
      title: string;
      wide: boolean;
      done: string;
      faults: FieldFault[];
      reference: string;
      backHref: string;
      colour: ColourView;
      byRule: ColourView;
      rule: string;
      judged: string;
      overdue: string;
      facts: { name: string; words: string }[];
      findings: { href: string; name: string }[];
      /** Findings that it may be tied to. */
      linkable: { id: string; name: string }[];
      linkHref: string;
      measures: (MeasureView & { forms: SmallForm[] })[];
      progress: { date: string; words: string; by: string }[];
      changeHref: string;
      forms: SmallForm[];
      history: HistoryLine[];
      involved: InvolvedView;
    };
    'replies/plan/small-form': { form: SmallForm };
  }
}

/** What was typed into one of the small forms and is wrong. */
export interface TypedSmall {
  form: string;
  values: Readonly<Record<string, string>>;
  faults: readonly PlanFault[];
}

export interface ActionShown {
  seen: SeenAction;
  places: PlanPlaces;
  history: readonly PlanEvent[];
  findings: { id: string; name: string }[];
  linkable: { id: string; name: string }[];
  /** Entries of the engagement record about it, or about what it follows from. */
  involved: readonly EngagementEntry[];
  today: string;
  /** An id for whatever is made next. */
  freshId: string;
  done: string;
  typed?: TypedSmall;
}

/** One action, what became of it, and the forms to go on with. */
export function actionPage(language: Language, shown: ActionShown): Views['replies/plan/action'] {
  const { seen, places, today } = shown;
  const { action, mayChange, colour, rule } = seen;
  const { plan } = language.words;
  const faults = shown.typed ? smallFaults(language, shown.typed) : [];
  return {
    title: action.words.task,
    wide: true,
    done: shown.done,
    faults,
    reference: language.say('plan', 'referenceNamed', { reference: isolated(language, action.reference) }),
    backHref: PLAN,
    colour: colourView(language, colour),
    byRule: colourView(language, rule.colour),
    rule: ruleWords(language, rule),
    judged: action.judgement ? judgedWords(language, action.judgement) : '',
    overdue: isOverdue(action, today) ? plan.overdue : '',
    facts: PLAN_FIELDS.filter((field) => field !== 'task').map((field) => ({
      name: labelsOf(language)[field],
      words: partWords(language, field, action.words, places) || plan.nothingYet,
    })),
    findings: shown.findings.map(({ id, name }) => ({ href: `/replies/findings/${id}`, name })),
    linkable: mayChange ? shown.linkable : [],
    linkHref: `${actionHref(action.id)}/findings`,
    measures: action.measures.map((measure) => ({
      ...measureView(language, measure),
      forms: mayChange ? measureForms(language, measure, today, shown.typed, faults) : [],
    })),
    progress: action.progress.map(({ on, words, by }) => ({ date: language.date(on), words, by })),
    changeHref: mayChange ? `${actionHref(action.id)}/change` : '',
    forms: mayChange ? smallForms(language, shown, faults) : [],
    history: historyLines(language, shown.history, places),
    involved: involvedView(language, shown.involved, { kind: 'action', id: action.id }),
  };
}

const idIn = (form: string, field: string) => `${form}-${field}`;

function smallFaults(language: Language, { form, faults }: TypedSmall): FieldFault[] {
  const { plan } = language.words;
  const labels = {
    on: plan.progressOn, words: plan.progressWords, reason: plan.reason, colour: plan.colour, state: plan.state,
    name: plan.measureName, unit: plan.unit, better: plan.better, baseline: plan.baseline, target: plan.target,
    quarter: plan.quarter, value: plan.value,
  }; // prettier-ignore
  return planFaultWords(language, faults, labels, (field) => idIn(form, field));
}

function smallForms(language: Language, shown: ActionShown, faults: readonly FieldFault[]): SmallForm[] {
  const { plan } = language.words;
  const { action } = shown.seen;
  const value = valuesOf(shown.typed);
  const made = (form: (typeof SMALL_FORMS)[number], legend: string, fields: PlanFormField[]): SmallForm => ({
    id: `${form}-form`,
    href: `${actionHref(action.id)}/${form}`,
    legend,
    button: plan.keep,
    hidden: form === 'measures' ? [{ name: 'id', value: shown.freshId }] : [],
    fields,
    open: shown.typed?.form === form,
  });
  const field = (form: string, name: string, given: Omit<Parameters<typeof formField>[0], 'name'>) =>
    formField({ ...given, name, id: idIn(form, name), value: value(form, name, given.value ?? '') }, faults);
  const colours = [...COLOURS, 'rule' as const].map((one) => ({
    value: one,
    words: one === 'rule' ? plan.backToRule : plan[`colour-${one}`],
    chosen: one === value('judgements', 'colour', 'rule'),
  }));
  const states = ENDINGS.filter((state) => state !== action.state).map((state, index) => ({
    value: state,
    words: plan[`state-${state}`],
    chosen: index === 0,
  }));
  return [
    made('progress', plan.addProgress, [
      field('progress', 'on', { label: plan.progressOn, hint: plan.dateHint, kind: 'date', value: shown.today, needed: true }),
      field('progress', 'words', { label: plan.progressWords, hint: plan.progressHint, kind: 'lines', needed: true }),
    ]),
    made('judgements', plan.setColour, [
      field('judgements', 'colour', { label: plan.colour, hint: plan.colourHint, kind: 'choice', choices: colours }),
      field('judgements', 'reason', { label: plan.reason, hint: plan.reasonHint, kind: 'lines', needed: true }),
    ]),
    made('endings', plan.setState, [
      field('endings', 'state', { label: plan.state, kind: 'choice', choices: states }),
      field('endings', 'reason', { label: plan.reason, hint: plan.reasonHint, kind: 'lines', needed: true }),
    ]),
    made('measures', plan.addMeasure, measureFields(language, 'measures', blankMeasure(value), faults)),
  ]; // prettier-ignore
}

function valuesOf(typed: TypedSmall | undefined) {
  return (form: string, name: string, otherwise = '') =>
    typed?.form === form ? (typed.values[name] ?? otherwise) : otherwise;
}

function blankMeasure(value: ReturnType<typeof valuesOf>): MeasureWords {
  const of = (name: string) => value('measures', name);
  const better = of('better') === 'lower' ? 'lower' : 'higher';
  return { name: of('name'), unit: of('unit'), better, baseline: of('baseline'), target: of('target') };
}

function measureFields(
  language: Language,
  form: string,
  words: MeasureWords,
  faults: readonly FieldFault[],
): PlanFormField[] {
  const { plan } = language.words;
  const field = (name: keyof MeasureWords, label: string, hint: string, needed = false) =>
    formField(
      { name, id: idIn(form, name), label, hint, kind: 'line', value: words[name], needed, longest: '120' },
      faults,
    );
  const ways = (['higher', 'lower'] as const).map((way) => ({
    value: way,
    words: plan[`better-${way}`],
    chosen: way === words.better,
  }));
  return [
    field('name', plan.measureName, plan.measureHint, true),
    field('unit', plan.unit, plan.unitHint),
    formField({ name: 'better', id: idIn(form, 'better'), label: plan.better, kind: 'choice', choices: ways }, faults),
    field('baseline', plan.baseline, plan.baselineHint),
    field('target', plan.target, plan.numberHint),
  ];
}

function measureForms(
  language: Language,
  { id, words }: { id: string; words: MeasureWords },
  today: string,
  typed: TypedSmall | undefined,
  faults: readonly FieldFault[],
): SmallForm[] {
  const { plan } = language.words;
  const [valueForm, wordsForm] = [`value-${id}`, `measure-${id}`];
  const value = valuesOf(typed);
  const shownWords = typed?.form === wordsForm ? { ...words, ...typed.values } : words;
  const shared = { hidden: [], button: plan.keep };
  return [
    {
      ...shared,
      id: valueForm,
      href: `${measureHref(id)}/values`,
      legend: plan.addValue,
      fields: [
        formField({ name: 'quarter', id: idIn(valueForm, 'quarter'), label: plan.quarter, hint: plan.quarterHint, kind: 'line', value: value(valueForm, 'quarter', writeQuarter(quarterOf(today))), needed: true, longest: '20' }, faults),
        formField({ name: 'value', id: idIn(valueForm, 'value'), label: plan.value, hint: plan.numberHint, kind: 'line', value: value(valueForm, 'value'), needed: true, longest: '20' }, faults),
      ],
      open: typed?.form === valueForm,
    },
    {
      ...shared,
      id: wordsForm,
      href: measureHref(id),
      legend: plan.changeMeasure,
      fields: measureFields(language, wordsForm, shownWords, faults),
      open: typed?.form === wordsForm,
    },
  ]; // prettier-ignore
}
