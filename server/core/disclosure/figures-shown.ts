import { figuresOf, type FigurePlan, type ItemCounts, type ItemFigures } from './figures.ts';
import type { ProtectedCount } from './protection.ts';

/*
 * The figures of an earlier release, with the reasons why each is as it is: its cube keeps none. They are made again
 * out of the same answers; what rules show and the cube does not was withheld.
 */

/** What a cube shows of an item, by stored unit; null where it hides. */
export interface Shown {
  base: readonly (ProtectedCount | null)[];
  /** By category and union. */
  readings: ReadonlyMap<number, readonly (ProtectedCount | null)[]>;
}

/** The figures of an earlier release are not those that this method makes of its answers. */
export class NotComparable extends Error {
  /** Tells it from other errors when it comes out of a worker thread, where classes are lost. */
  readonly code = 'not-comparable';
}

/**
 * @param stored positions of the units that the cube holds, in its order
 * @throws NotComparable if a figure that the cube shows is another one
 */
export function figuresShown(item: ItemCounts, plan: FigurePlan, stored: readonly number[], shown: Shown): ItemFigures {
  const size = plan.units.length;
  const rows = new Set<number>();
  const cells = new Set<number>();
  const make = () => figuresOf(item, plan, { rows, cells });
  const { bases } = make();
  stored.forEach((unit, at) => {
    if (bases[unit]!.standing === 'shown' && shown.base[at] === null) rows.add(unit);
  });
  // Categories first: a union of two is their sum where both are shown, and a figure of its own where one is not.
  const isUnion = (reading: number) => reading >= item.counts.length;
  for (const unions of [false, true]) {
    const { counts } = make();
    for (const [reading, of] of shown.readings) {
      if (isUnion(reading) !== unions) continue;
      stored.forEach((unit, at) => {
        if (counts[reading]![unit]!.standing === 'shown' && of[at] === null) cells.add(reading * size + unit);
      });
    }
  }
  const figures = make();
  demandSame(item, plan, stored, figures.bases, shown.base);
  for (const [reading, of] of shown.readings) demandSame(item, plan, stored, figures.counts[reading]!, of);
  return figures;
}

function demandSame(
  { id }: ItemCounts,
  { units }: FigurePlan,
  stored: readonly number[],
  figures: ItemFigures['bases'],
  shown: readonly (ProtectedCount | null)[],
): void {
  stored.forEach((unit, at) => {
    const { value, standing } = figures[unit]!;
    const made = standing === 'shown' ? value : null;
    const found = shown[at] ?? null;
    if (made === found) return;
    throw new NotComparable(
      `An earlier release shows ${found ?? 'nothing'} of ${units[unit]!.id} for ${id}: expected ${made ?? 'nothing'}, as this method makes it. Correct it with the version of Heard that made it.`,
    );
  });
}
