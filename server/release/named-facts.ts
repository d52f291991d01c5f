import { mayShowNumerator } from '../core/disclosure/rules.ts';
import { BASE_5, protect } from '../core/disclosure/protection.ts';
import type { ReleaseInput } from '../core/disclosure/release-input.ts';
import type { NamedFact, Release, ReleasedCell } from '../core/disclosure/release.ts';
import { rakedMean } from '../core/statistics/calibrated-mean.ts';
import { normalHalfWidth, studentHalfWidth } from '../core/statistics/distributions.ts';
import { hedgesG } from '../core/statistics/effect-size.ts';
import { cronbachAlpha } from '../core/statistics/reliability.ts';
import { capWeights, postStratify, rake, type Margin } from '../core/statistics/weighting.ts';
import type { SurveyDefinition } from '../core/survey/definition.ts';
import { STATE_CODES } from '../core/survey/answer.ts';
import { releasedScales } from '../core/survey/derived.ts';
import { codeRange, turnedRound, type SurveyScale } from '../core/survey/scales.ts';
import { forEachRow, forEachScore, codeAt } from '../core/tally/derived-counts.ts';
import { holdersOf, readingsOf } from '../core/tally/readings.ts';
import type { Columns } from '../core/tally/columns.ts';

/*
 * What needs whole answers and cannot be worked out from protected counts: made in the release job, for the whole
 * authority alone, and stored rounded. See docs/decisions/0037.
 */

/** Confidence of all intervals. */
const LEVEL = 0.95;
/** Persons who must stand behind a named fact: then a step of its rounding is as wide as that of a count. */
const LEAST_PERSONS = 500;
/** Schools with fewer answers are weighted together: a weight for each of them would rest on next to nobody. */
const LEAST_IN_SCHOOL = 10;

/** @param release the same release without its named facts: only of what it shows are there any */
export function namedFacts(input: ReleaseInput, release: Release): NamedFact[] {
  return input.versions
    .filter(({ survey }) => !survey.easyRead)
    .flatMap(({ survey, columns }) =>
      input.bands.flatMap(({ id }, band) => {
        const people = { input, release, survey, columns, band, bandId: id };
        return [...scaleFacts(people), ...(input.reached === 'roll' ? weightedFacts(people) : [])];
      }),
    );
}

/** Those of a band who answered one survey. */
interface People {
  input: ReleaseInput;
  release: Release;
  survey: SurveyDefinition;
  columns: Columns;
  band: number;
  bandId: string;
}

/** A school without anybody of the band on the roll is in no place of it, and so was left out: see wave-ground.ts. */
function isAmong({ input, band }: People, cell: number): boolean {
  const { school, band: own } = input.cells[cell]!;
  return own === band && (input.reached === 'open' || input.roll[school * input.bands.length + band]! > 0);
}

function scaleFacts(people: People): NamedFact[] {
  const { release, survey, bandId } = people;
  return releasedScales(survey).flatMap((scale) => {
    const points = release.table('authority', bandId, scale.id)?.points;
    if (points === null || points === undefined) return [];
    const at = { item: scale.id, band: bandId };
    return [...alphaFact(people, scale), ...differenceFact(people, scale)].map((fact) => ({ ...at, ...fact }));
  });
}

type FactOfScale = Omit<NamedFact, 'item' | 'band'>;

/** Of those who answered every question of a scale. */
function alphaFact(people: People, scale: SurveyScale): FactOfScale[] {
  const range = codeRange(scale);
  const readings = scale.items.map(({ question, reverse }) => ({
    reverse,
    reading: readingsOf(people.columns, question)[0]!,
  }));
  const persons: number[][] = [];
  forEachRow(people.columns, (row, cell) => {
    if (!isAmong(people, cell)) return;
    const answers = readings.flatMap(({ reading, reverse }) => {
      const number = scale.codes[codeAt(reading, row) ?? ''];
      if (number === undefined) return [];
      return [reverse ? turnedRound(number, range) : number];
    });
    if (answers.length === readings.length) persons.push(answers);
  });
  if (persons.length < LEAST_PERSONS || isSameForAll(persons.map((own) => own.reduce((a, b) => a + b, 0)))) return [];
  const { alpha, low, high } = cronbachAlpha(persons);
  return [{ kind: 'alpha', value: hundredths(alpha), low: hundredths(low), high: hundredths(high) }];
}

/** Girls less boys, by the sex that the school records. */
function differenceFact(people: People, scale: SurveyScale): FactOfScale[] {
  const scores: Record<string, number[]> = { female: [], male: [] };
  forEachScore(people.columns, scale, (score, cell) => {
    const { sex } = people.input.cells[cell]!.groups;
    if (score !== null && isAmong(people, cell)) scores[sex ?? '']?.push(score);
  });
  const [girls, boys] = [scores.female!, scores.male!];
  const isFew = Math.min(girls.length, boys.length) < LEAST_PERSONS / 2;
  if (isFew || isSameForAll(girls) || isSameForAll(boys)) return [];
  const { g } = hedgesG(girls, boys);
  const half = normalHalfWidth(LEVEL) * errorOfG(g, girls.length, boys.length);
  return [{ kind: 'difference', value: hundredths(g), low: hundredths(g - half), high: hundredths(g + half) }];
}

/** The large-sample standard error of g: Hedges and Olkin 1985, Statistical Methods for Meta-Analysis, 5.2. */
function errorOfG(g: number, first: number, second: number): number {
  return Math.sqrt((first + second) / (first * second) + g ** 2 / (2 * (first + second)));
}

/** Shares of indicators weighted to the roll, with errors from how schools differ. */
function weightedFacts(people: People): NamedFact[] {
  const { release, survey, columns, bandId } = people;
  return survey.indicators.flatMap((indicator) => {
    const item = release.item(indicator.id);
    const shown = release.cell('authority', bandId, indicator.id, 'yes');
    if (!item || item.unlinked || !shown) return [];
    const reading = readingsOf(columns, indicator.question)[0];
    if (!reading) return [];
    const holders = holdersOf(columns, indicator.question, indicator.anyOf);
    const rows = askedRows(people, reading.bytes);
    const values = rows.map(({ row }) => holders[row]!);
    const found = values.length < LEAST_PERSONS ? undefined : weightedShare(people, rows, values, shown);
    const yes = values.reduce((sum, value) => sum + value, 0);
    if (!found || !mayShowNumerator(protect(yes), protect(values.length))) return [];
    return [{ kind: 'weighted', item: indicator.id, band: bandId, ...found }];
  });
}

interface AskedRow {
  row: number;
  cell: number;
}

function askedRows(people: People, bytes: Uint8Array): AskedRow[] {
  const rows: AskedRow[] = [];
  forEachRow(people.columns, (row, cell) => {
    if (bytes[row]! !== STATE_CODES['not-asked'] && isAmong(people, cell)) rows.push({ row, cell });
  });
  return rows;
}

/**
 * The weights are fitted to schools too, but schools are no strata of the error: they are the clusters that answered, so
 * their differences are the error. Taking out their means would leave none. Only sex and fifth are taken out, where the
 * roll holds them.
 * @param shown the unweighted figure
 * @returns per cent; undefined with one school, where no weights fit the roll, or where any rounding would tell more
 */
function weightedShare(people: People, rows: readonly AskedRow[], values: readonly number[], shown: ReleasedCell) {
  const { cells } = people.input;
  const schools = rows.map(({ cell }) => cells[cell]!.school);
  const margins = marginsOf(people, rows);
  const weights = new Set(schools).size < 2 ? undefined : weightsFor(margins, rows.length);
  if (!weights) return undefined;
  const [, ...groups] = margins.map(({ of }) => of);
  const { mean, error } = rakedMean(values, { weights, primaryUnits: schools }, groups, weights);
  const half = error * studentHalfWidth(LEVEL, new Set(schools).size - 1);
  // What the share could be for all that the shown figures say: a child more or less of the greatest weight.
  const child = Math.max(...weights) / weights.reduce((sum, weight) => sum + weight, 0);
  const yes = values.reduce((sum, value) => sum + value, 0);
  const reach = BASE_5.most * shown.table.roundings;
  const least =
    mean - child * (Math.max(0, yes - (shown.count - reach)) + mean * Math.max(0, shown.base + reach - values.length));
  const most =
    mean + child * (Math.max(0, shown.count + reach - yes) + mean * Math.max(0, values.length - (shown.base - reach)));
  return alikeRounded([mean, mean - half, mean + half], least - mean, most - mean);
}

/** Steps of rounding, in per cent. */
const STEPS = [1, 2, 5];

/**
 * Shares rounded so that they stay the same wherever within some bounds they are: whoever lays them beside another
 * rounding of the same children learns nothing more.
 * @param down how far all of them may lie lower, and `up` higher
 * @returns per cent, by the finest step that does; undefined where none does
 */
export function alikeRounded(shares: readonly [number, number, number], down: number, up: number) {
  const rounded = (share: number, step: number) => Math.round((Math.min(1, Math.max(0, share)) * 100) / step) * step;
  const step = STEPS.find((one) => shares.every((share) => rounded(share + down, one) === rounded(share + up, one)));
  if (step === undefined) return undefined;
  const [value, low, high] = shares.map((share) => rounded(share, step)) as [number, number, number];
  return { value, low, high };
}

/** Undefined where no weights meet all margins: such a fact cannot be made, and the release goes on without it. */
function weightsFor(margins: readonly Margin[], rows: number): number[] | undefined {
  const alike = Array.from({ length: rows }, () => 1);
  try {
    return capWeights(margins.length === 1 ? postStratify(alike, margins[0]!) : rake(alike, margins).weights);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What the roll knows of everybody: their school first, and where it holds it of all, sex and fifth of deprivation. */
function marginsOf(people: People, rows: readonly AskedRow[]): Margin[] {
  const { input, band } = people;
  const answered = new Map<number, number>();
  for (const { cell } of rows) {
    const { school } = input.cells[cell]!;
    answered.set(school, (answered.get(school) ?? 0) + 1);
  }
  const kindOf = (school: number) =>
    (answered.get(school) ?? 0) >= LEAST_IN_SCHOOL ? `school ${school}` : 'small schools';
  const roll = new Map<string, number>();
  input.schools.forEach((_, school) => {
    const pupils = input.roll[school * input.bands.length + band]!;
    if (pupils > 0) roll.set(kindOf(school), (roll.get(kindOf(school)) ?? 0) + pupils);
  });
  const bySchool = { of: rows.map(({ cell }) => kindOf(input.cells[cell]!.school)), roll };
  const present = new Set(bySchool.of);
  // Pupils of small schools where nobody at all answered are in no kind that could stand for them.
  for (const kind of roll.keys()) if (!present.has(kind)) roll.delete(kind);
  const total = [...roll.values()].reduce((sum, pupils) => sum + pupils, 0);
  return [bySchool, ...groupMargins(people, rows, total)];
}

function groupMargins({ input, band }: People, rows: readonly AskedRow[], total: number): Margin[] {
  const dimensions = ['sex', 'quintile'] as const;
  return dimensions.flatMap((dimension): Margin[] => {
    const known = input.rollByGroup?.[dimension]?.[band];
    if (!known) return [];
    const of = rows.map(({ cell }) => input.cells[cell]!.groups[dimension] ?? '');
    const pupils = Object.values(known).reduce((sum, own) => sum + own, 0);
    const present = new Set(of);
    const isWhole =
      of.every((group) => known[group] !== undefined) && Object.keys(known).every((group) => present.has(group));
    // Margins of one roll have one size: schools where nobody answered are left out of it.
    return isWhole
      ? [{ of, roll: new Map(Object.entries(known).map(([group, own]) => [group, (own * total) / pupils])) }]
      : [];
  });
}

function isSameForAll(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
