/*
 * Whether poor outcomes come together in the same young people more often than they would if each came to
 * anybody by itself.
 */
import { normalHalfWidth } from './distributions.ts';
import { DEFAULT_LEVEL, requireLength, requireLevel, requireProportion, requireThat } from './requirements.ts';
import type { Label } from './survey-design.ts';
import { rowsByLabel, sum } from './summaries.ts';

/** From so many outcomes on, a young person has several. */
export const SEVERAL = 3;

export interface CoOccurrence {
  /** How many persons have 0, 1, 2, … outcomes; one entry more than there are outcomes. */
  observed: number[];
  /** The same if outcomes were independent within each stratum. */
  expected: number[];
  /** Observed over expected persons with three outcomes or more; null where none are expected, or there are fewer. */
  ratio: number | null;
  /** Byar's limits of that ratio; null as the ratio. */
  low: number | null;
  high: number | null;
}

/**
 * Numbers of outcomes as found, and as expected under independence: within a stratum everybody has each outcome
 * with the share that it has there, so that the number of outcomes is Poisson-binomial.
 *
 * @param outcomes one list a person with 0 or 1 for each outcome; only persons who answered all.
 * @param strata stratum of each person (band × sex in a release); one stratum if there is none.
 * @param level confidence of the limits.
 * @throws RangeError for nobody, no outcomes, lists of several lengths, anything but 0 and 1, or a
 *   level outside its range
 * @see Wang 1993, Statistica Sinica 3, 295–312 (Poisson-binomial); design note, "Several poor outcomes".
 */
export function coOccurrence(
  outcomes: readonly (readonly number[])[],
  strata?: readonly Label[],
  level: number = DEFAULT_LEVEL,
): CoOccurrence {
  const many = outcomes[0]?.length ?? 0;
  requireThat(
    many > 0,
    `Co-occurrence: expected persons with outcomes, found ${outcomes.length} persons with ${many}.`,
  );
  for (const person of outcomes) requirePerson(person, many);
  if (strata) requireLength('Co-occurrence', strata, outcomes.length);
  const observed = Array.from({ length: many + 1 }, () => 0);
  for (const person of outcomes) observed[sum(person)] = (observed[sum(person)] ?? 0) + 1;
  const expected = expectedNumbers(outcomes, strata ?? outcomes.map(() => 0), many);
  const several = sum(observed.slice(SEVERAL));
  const severalExpected = sum(expected.slice(SEVERAL));
  const limits = byarLimits(several, level);
  const ratioOf = (count: number) => (severalExpected > 0 ? count / severalExpected : null);
  return { observed, expected, ratio: ratioOf(several), low: ratioOf(limits.low), high: ratioOf(limits.high) };
}

function requirePerson(person: readonly number[], many: number): void {
  requireLength('Co-occurrence', person, many);
  const wrong = person.find((outcome) => outcome !== 0 && outcome !== 1);
  requireThat(
    wrong === undefined,
    `Co-occurrence: expected 0 or 1 for every outcome, found ${wrong}. Leave out whoever did not answer all.`,
  );
}

function expectedNumbers(outcomes: readonly (readonly number[])[], strata: readonly Label[], many: number): number[] {
  const expected = Array.from({ length: many + 1 }, () => 0);
  for (const rows of rowsByLabel(strata).values()) {
    const shares = Array.from(
      { length: many },
      (_, outcome) => sum(rows.map((row) => outcomes[row]?.[outcome] ?? 0)) / rows.length,
    );
    poissonBinomial(shares).forEach((probability, number) => {
      expected[number] = (expected[number] ?? 0) + probability * rows.length;
    });
  }
  return expected;
}

/**
 * The probabilities of 0, 1, 2, … successes in independent trials that each have a probability of their own.
 *
 * @param probabilities from 0 to 1.
 * @returns one entry more than there are trials; they add up to 1.
 * @throws RangeError for a probability outside 0 to 1
 */
export function poissonBinomial(probabilities: readonly number[]): number[] {
  let found = [1];
  for (const probability of probabilities) {
    requireProportion('Poisson-binomial', probability);
    const [without, within] = [
      [...found, 0],
      [0, ...found],
    ];
    found = without.map((term, number) => term * (1 - probability) + (within[number] ?? 0) * probability);
  }
  return found;
}

/**
 * Byar's limits of a count that is Poisson.
 *
 * @param count whole, 0 or more.
 * @param level confidence.
 * @returns counts, as a rule fractions; the lower limit is 0 for a count of 0, and where it would fall below.
 * @throws RangeError for a count or level outside its range
 * @see Breslow and Day 1987, Statistical Methods in Cancer Research II, 2.13.
 */
export function byarLimits(count: number, level: number = DEFAULT_LEVEL): { low: number; high: number } {
  requireLevel("Byar's limits", level);
  requireThat(
    Number.isSafeInteger(count) && count >= 0,
    `Byar's limits: expected a whole count of 0 or more, found ${count}.`,
  );
  const z = normalHalfWidth(level);
  const cubed = (events: number, side: number) =>
    events * (1 - 1 / (9 * events) + (side * z) / (3 * Math.sqrt(events))) ** 3;
  return { low: count === 0 ? 0 : Math.max(0, cubed(count, -1)), high: cubed(count + 1, 1) };
}
