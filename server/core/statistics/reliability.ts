/*
 * How far the items of a scale measure one thing: Cronbach's alpha with Feldt's interval.
 */
import { fQuantile } from './distributions.ts';
import { DEFAULT_LEVEL, requireFinite, requireLength, requireLevel, requireThat } from './requirements.ts';
import { sampleVariance, sum } from './summaries.ts';

export interface Reliability {
  /** Cronbach's alpha: at most 1; below 0 where items contradict each other. */
  alpha: number;
  low: number;
  high: number;
  /** Persons who answered every item. */
  persons: number;
}

/**
 * Cronbach's alpha of those who answered every item, from raw (not standardised) items.
 *
 * @param answers one list a person with a number an item, all items already pointing the same way.
 * @param level confidence of the interval.
 * @throws RangeError for fewer than two items or two persons, lists of several lengths, a number that is not
 *   finite, a level outside its range, or scores that are the same for everybody
 * @see Cronbach 1951, Psychometrika 16, 297–334; Feldt 1965, Psychometrika 30, 357–370, with the degrees of
 *   freedom of Feldt, Woodruff and Salih 1987, Applied Psychological Measurement 11, 93–103: n − 1 and
 *   (n − 1)(k − 1).
 */
export function cronbachAlpha(answers: readonly (readonly number[])[], level: number = DEFAULT_LEVEL): Reliability {
  requireLevel('Alpha', level);
  const persons = answers.length;
  const items = answers[0]?.length ?? 0;
  requireThat(
    persons > 1 && items > 1,
    `Alpha: expected two persons or more who answered all of two items or more, found ${persons} with ${items}. ` +
      'Show no alpha for this scale.',
  );
  for (const person of answers) {
    requireLength('Alpha', person, items);
    requireFinite('Alpha', person);
  }
  const ofScores = sampleVariance(answers.map(sum));
  requireThat(ofScores > 0, 'Alpha: expected scores that differ between persons, found the same for all.');
  const ofItems = sum(
    Array.from({ length: items }, (_, item) => sampleVariance(answers.map((person) => person[item] ?? NaN))),
  );
  const alpha = (items / (items - 1)) * (1 - ofItems / ofScores);
  const [above, below] = [persons - 1, (persons - 1) * (items - 1)];
  const tail = (1 - level) / 2;
  return {
    alpha,
    low: 1 - (1 - alpha) * fQuantile(1 - tail, above, below),
    high: 1 - (1 - alpha) * fQuantile(tail, above, below),
    persons,
  };
}
