import { compareShares, differenceWord, type DifferenceWord } from '../../statistics/differences.ts';
import { wholePoints } from '../../statistics/figure.ts';
import { benjaminiHochberg } from '../../statistics/multiple-comparisons.ts';
import type { ShareInput } from '../../statistics/share.ts';

/** A share of now beside the same of the wave before; null where there is nothing to compare with. */
export type Compared = { now: ShareInput; before: ShareInput } | null;

/** What a change comes to, in whole points. */
export interface ChangeWords {
  word: DifferenceWord;
  points: number;
  low: number;
  high: number;
}

/**
 * Each change in words, in the order given. All that one report speaks of are tested together (Benjamini and Hochberg), as
 * a results page does with what it speaks of: among many findings some change by chance.
 */
export function changesOf(list: readonly Compared[]): (ChangeWords | null)[] {
  const tested = list.flatMap((one, index) => {
    if (!one) return [];
    const bases: [number, number] = [one.now.base, one.before.base];
    return [{ index, bases, ...compareShares(one.now, one.before) }];
  });
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p));
  const changes: (ChangeWords | null)[] = list.map(() => null);
  tested.forEach(({ index, bases, difference, low, high }, place) => {
    const word = differenceWord(difference, adjusted[place]!, bases);
    changes[index] = { word, points: wholePoints(difference), low: wholePoints(low), high: wholePoints(high) };
  });
  return changes;
}
