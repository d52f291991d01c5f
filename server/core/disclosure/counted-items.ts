import { asksBand } from '../fieldwork/open-family.ts';
import {
  isQuestion,
  routeTo,
  unlinkedSectionOf,
  type Indicator,
  type Question,
  type Route,
  type SurveyDefinition,
} from '../survey/definition.ts';
import { ASKED_STATES, type AskedState } from '../survey/answer.ts';
import type { Traveller } from '../survey/journey.ts';
import { asksForWords, variablesOf, type Variable } from '../survey/kinds.ts';
import { STAGES, type Band } from '../survey/stage.ts';
import { TOPICS } from '../survey/topics.ts';
import type { Columns } from '../tally/columns.ts';
import { countAnyOf, countVariable, type VariableCounts } from '../tally/count.ts';
import { countDerived, type DerivedItem } from './counted-derived.ts';
import type { AskedVersion, CubeItem } from './release.ts';
import type { BaseCell } from './units.ts';

/*
 * Every variable and indicator of a wave with its exact counts, one entry an id: a wave asks several
 * surveys that share ids, and what they counted adds up.
 */

/** A survey of the wave with everything that was answered to it. */
export interface CountedVersion extends AskedVersion {
  /** Responses, whose cells are school × band. */
  columns: Columns;
  /** Records of each unlinked section, whose cells are bands. */
  unlinked: Readonly<Record<string, Columns>>;
}

/** What a wave's counts are made by. */
export interface CountPlan {
  /** What responses are counted by; what is asked without schools is counted by band alone. */
  cells: readonly BaseCell[];
  bands: readonly Band[];
  way: WaveWay;
}

/** What the wave settled about everybody's way: topics switched on, and whether anybody was asked for words. */
export type WaveWay = Omit<Traveller, 'stage'>;

/** An item with its exact counts by cell. */
export interface CountedItem extends DerivedItem {
  /** Those asked the question that routes to this one; undefined where no route leads to it. */
  askedBefore: Int32Array | undefined;
  /** The route to this question, where one leads to it from another one's answers. */
  route: Route | undefined;
  /** The codes that an indicator counts as one; undefined of a question. */
  anyOf: readonly string[] | undefined;
  /** How its answer can be missing, as everybody knows who saw the question. */
  missing: readonly AskedState[];
  /** Options that nobody can tick with another one. */
  alone: readonly string[];
}

/** Everything that anybody could have come to; a topic that was off leaves no trace. */
export function countItems(versions: readonly CountedVersion[], plan: CountPlan): CountedItem[] {
  const counted = new Map<string, CountedItem>();
  for (const version of versions.toSorted(inOrder)) {
    for (const item of countVersion(version, plan, bandsOf(version, versions, plan.bands))) {
      const before = counted.get(item.item.id);
      counted.set(item.item.id, before ? together(before, item, plan) : item);
    }
  }
  const all = [...counted.values()].filter(({ cameUp, item }) => cameUp && Object.keys(item.versions).length > 0);
  return all.map((item) => withAllLed(item, all));
}

/**
 * A routed question with everybody who gave an answer that leads to it: whoever was asked a version that leaves it out
 * (an easy-read one, say) counts with those who left it blank. Else one such child more or less would show in its base.
 */
function withAllLed(routed: CountedItem, all: readonly CountedItem[]): CountedItem {
  const led = countLed(routed, all);
  const { asked, states } = routed.counts;
  const blank = led?.map((count, cell) => count - asked[cell]!);
  if (!led || !blank || blank.some((count) => count < 0) || blank.every((count) => count === 0)) return routed;
  const skipped = added(states.get('skipped') ?? new Int32Array(blank.length), blank);
  return { ...routed, counts: { ...routed.counts, asked: led, states: new Map([...states, ['skipped', skipped]]) } };
}

/** The answers before a routed question that lead to it; undefined where one person may have given several of them. */
export function leadingOptions({ route, item }: CountedItem, all: readonly CountedItem[]) {
  const before = all.find((one) => route && one.item.kind === 'question' && one.item.id === route.question);
  if (!route || !before || before.item.unlinked !== item.unlinked) return undefined;
  const options = before.item.options.filter((option) => route.anyOf.includes(option));
  return before.item.several && options.length > 1 ? undefined : { before, options };
}

function countLed(routed: CountedItem, all: readonly CountedItem[]): Int32Array | undefined {
  const leading = leadingOptions(routed, all);
  return leading?.options
    .map((option) => leading.before.counts.options.get(option)!)
    .reduce<Int32Array | undefined>((sum, own) => (sum ? added(sum, own) : own), undefined);
}

/**
 * The bands that a version speaks for. An easy-read version adds its answers to those of the usual one, and speaks
 * for a band only where there is no usual one: the few who read it are not shown as if they were the band.
 */
function bandsOf({ survey }: AskedVersion, versions: readonly AskedVersion[], bands: readonly Band[]): Band[] {
  // Whoever comes to an open survey has no stage: its bands are answers to it.
  const covers = (one: SurveyDefinition, band: Band) =>
    one.stages.length === 0 ? band.stages.length === 0 : band.stages.some((stage) => one.stages.includes(stage));
  const usual = versions.map((version) => version.survey).filter((one) => !one.easyRead);
  const own = bands.filter((band) => covers(survey, band));
  return survey.easyRead ? own.filter((band) => !usual.some((one) => covers(one, band))) : own;
}

/** Younger stages first, what is easy to read last. */
function inOrder(one: AskedVersion, other: AskedVersion): number {
  const firstStage = ({ survey }: AskedVersion) => STAGES.findIndex((stage) => survey.stages.includes(stage));
  const easyRead = ({ survey }: AskedVersion) => (survey.easyRead ? 1 : 0);
  return (
    easyRead(one) - easyRead(other) || firstStage(one) - firstStage(other) || (one.survey.id < other.survey.id ? -1 : 1)
  );
}

/** What is worked out of answers comes after no question, and unites none of its codes. */
const NOT_ROUTED = { askedBefore: undefined, route: undefined, anyOf: undefined, missing: ASKED_STATES, alone: [] };

function countVersion(version: CountedVersion, plan: CountPlan, bands: readonly Band[]): CountedItem[] {
  const { survey } = version;
  const versionsFor = (question: Question) =>
    Object.fromEntries(bands.filter(({ id }) => asksBand(survey, question, id)).map(({ id }) => [id, version.id]));
  const questions = survey.items.filter(isQuestion);
  const variables = questions.flatMap(variablesOf);
  const countsOf = new Map(variables.map((variable) => [variable.id, countIn(version, plan, variable)]));
  const asked = askedQuestions(variables, countsOf);
  const cameUp = comingUp(questions, asked, plan.way);

  const counted = (variable: Variable, indicator?: Indicator): CountedItem[] => {
    const { question } = variable;
    const counts = countsOf.get(variable.id);
    if (!counts) return [];
    const { columns, cells, unlinked } = recordsOf(version, plan, question);
    const route = routeTo(survey, question);
    const anyOf = indicator && columns && countAnyOf(columns, variable.id, indicator.anyOf, cells);
    return [
      {
        item: itemOf(variable, indicator, { unlinked, versions: versionsFor(question) }),
        counts: anyOf ? { ...counts, options: new Map([['yes', anyOf]]) } : counts,
        askedBefore: route && asked.get(route.question),
        route,
        cameUp: cameUp(question),
        anyOf: indicator?.anyOf,
        missing: ASKED_STATES.filter((state) => state === 'skipped' || question.optOuts.includes(state)),
        alone: optionsAlone(question),
      },
    ];
  };
  return [
    ...variables.flatMap((variable) => counted(variable)),
    ...survey.indicators.flatMap((indicator) => {
      const variable = variables.find(({ id }) => id === indicator.question);
      return variable ? counted(variable, indicator) : [];
    }),
    ...countDerived(version, plan.cells.length, Object.fromEntries(bands.map(({ id }) => [id, version.id]))).map(
      (one) => ({ ...one, ...NOT_ROUTED }),
    ),
  ];
}

/** The columns that hold a question's answers, and what their cells are. */
function recordsOf({ survey, columns, unlinked }: CountedVersion, { cells, bands }: CountPlan, question: Question) {
  const section = unlinkedSectionOf(survey, question);
  return section === null
    ? { columns, cells: cells.length, unlinked: false }
    : { columns: unlinked[section], cells: bands.length, unlinked: true };
}

function countIn(version: CountedVersion, plan: CountPlan, { id, question }: Variable): VariableCounts | undefined {
  const { columns, cells } = recordsOf(version, plan, question);
  return columns && countVariable(columns, id, cells);
}

function optionsAlone(question: Question): string[] {
  if (question.kind !== 'tick-all') return [];
  return question.options.flatMap(({ code, exclusive }) => (exclusive ? [code] : []));
}

/** Those who were asked each question, by its id: its first row, which all of them came to who came to any. */
function askedQuestions(
  variables: readonly Variable[],
  countsOf: ReadonlyMap<string, VariableCounts | undefined>,
): Map<string, Int32Array> {
  const asked = new Map<string, Int32Array>();
  for (const { id, question } of variables) {
    const counts = countsOf.get(id);
    if (counts && !asked.has(question.id)) asked.set(question.id, counts.asked);
  }
  return asked;
}

/**
 * Whether a question could have come up: somebody was asked it, or the question at the beginning of its route.
 * That nobody took a route must stay as hidden as any other zero.
 */
function comingUp(questions: readonly Question[], asked: ReadonlyMap<string, Int32Array>, way: WaveWay) {
  const wasAsked = ({ id }: Question) => asked.get(id)?.some((count) => count > 0) ?? false;
  const startOf = (question: Question): Question => {
    const before = question.when && questions.find(({ id }) => id === question.when?.question);
    return before ? startOf(before) : question;
  };
  return (question: Question): boolean => wasAsked(question) || (isOn(question, way) && wasAsked(startOf(question)));
}

/** Whether a wave asks a question of anybody: its topic is not off, and words have readers. */
function isOn(question: Question, { topics, textAllowed }: WaveWay): boolean {
  const { topic } = question;
  if (topic && TOPICS[topic].switchedOn && !topics.includes(topic)) return false;
  return textAllowed || !asksForWords(question);
}

function itemOf(
  { id, question, part, codes, several }: Variable,
  indicator: Indicator | undefined,
  place: Pick<CubeItem, 'unlinked' | 'versions'>,
): CubeItem {
  return {
    id: indicator?.id ?? id,
    kind: indicator ? 'indicator' : 'question',
    question: question.id,
    part,
    options: indicator ? ['yes'] : codes,
    several: indicator ? false : several,
    domain: question.tags.domain,
    schoolClimate: question.tags.clustering === 'school-climate',
    ...place,
  };
}

/** The same item of two surveys. If one of them does not know schools, both are counted without. */
function together(before: CountedItem, after: CountedItem, plan: CountPlan): CountedItem {
  const unlinked = before.item.unlinked || after.item.unlinked;
  const [one, other] = [before, after].map((counted) =>
    unlinked && !counted.item.unlinked ? withoutSchools(counted, plan) : counted,
  ) as [CountedItem, CountedItem];
  return {
    item: {
      ...one.item,
      unlinked,
      versions: { ...other.item.versions, ...one.item.versions },
      options: [...new Set([...one.item.options, ...other.item.options])],
    },
    counts: {
      asked: added(one.counts.asked, other.counts.asked),
      options: addedMaps(one.counts.options, other.counts.options),
      states: addedMaps(one.counts.states, other.counts.states),
    },
    askedBefore:
      one.askedBefore && other.askedBefore
        ? added(one.askedBefore, other.askedBefore)
        : (one.askedBefore ?? other.askedBefore),
    route: one.route ?? other.route,
    cameUp: one.cameUp || other.cameUp,
    anyOf: one.anyOf && [...new Set([...one.anyOf, ...(other.anyOf ?? [])])],
    missing: ASKED_STATES.filter((state) => one.missing.includes(state) || other.missing.includes(state)),
    alone: [
      ...one.alone.filter((code) => other.alone.includes(code) || !other.item.options.includes(code)),
      ...other.alone.filter((code) => !one.item.options.includes(code)),
    ],
    ...(one.scores &&
      other.scores && {
        scores: {
          scored: added(one.scores.scored, other.scores.scored),
          points: added(one.scores.points, other.scores.points),
        },
      }),
  };
}

function withoutSchools({ counts, askedBefore, ...rest }: CountedItem, { bands, cells }: CountPlan): CountedItem {
  const byBand = (own: Int32Array) => {
    const totals = new Int32Array(bands.length);
    own.forEach((count, cell) => (totals[cells[cell]!.band]! += count));
    return totals;
  };
  const each = <Key>(map: Map<Key, Int32Array>) => new Map([...map].map(([key, cells]) => [key, byBand(cells)]));
  return {
    ...rest,
    counts: { asked: byBand(counts.asked), options: each(counts.options), states: each(counts.states) },
    askedBefore: askedBefore && byBand(askedBefore),
  };
}

function added(one: Int32Array, other: Int32Array): Int32Array {
  return one.map((value, cell) => value + other[cell]!);
}

function addedMaps<Key>(one: Map<Key, Int32Array>, other: Map<Key, Int32Array>): Map<Key, Int32Array> {
  const total = new Map(one);
  for (const [key, counts] of other) {
    const before = total.get(key);
    total.set(key, before ? added(before, counts) : counts);
  }
  return total;
}
