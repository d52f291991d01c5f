import type { FigurePlan, ItemCounts, ItemFigures } from '../../server/core/disclosure/figures.ts';
import { groundOf, type Ground } from '../../server/core/disclosure/attack/knowledge.ts';
import { sumOf } from '../../server/core/disclosure/attack/problem.ts';
import { BASE_5 } from '../../server/core/disclosure/protection.ts';
import { LEAST_BASE, LEAST_BASE_ONE_SCHOOL } from '../../server/core/disclosure/rules.ts';
import { remaindersOf, unitsOf, type Unit } from '../../server/core/disclosure/units.ts';
import { BANDS, eightClusters, type EightClusters } from './eight-clusters.ts';
import { isWanted, type Usefulness } from './figures.ts';
import { cellsOf, placesOf, rollOf } from './lattice.ts';

/** The made-up wave with its lattice, ready to be made safe item by item. */
export interface Case {
  wave: EightClusters;
  ground: Ground;
  /** Those asked, by base cell: everybody. */
  asked: ItemCounts;
  item(number: number): ItemCounts;
}

export function openCase(seed: string): Case {
  const wave = eightClusters(seed);
  const { cells, cellOf } = cellsOf(wave.children);
  const units = unitsOf(placesOf(wave), BANDS, cells, ['gender', 'quintile']);
  const least = units.map(leastBase);
  const plan: FigurePlan = {
    units,
    remainders: remaindersOf(units, cells),
    protection: BASE_5,
    leastBases: () => least,
  };
  const ground = groundOf(plan, cells.length, ({ filter, place, band }) =>
    Object.keys(filter).length === 0 ? rollOf(wave, place.schools, band) : Infinity,
  );
  const countWhere = (holds: (answers: Uint8Array) => boolean) => {
    const counts = new Int32Array(cells.length);
    wave.children.forEach(({ answers }, child) => (counts[cellOf[child]!]! += holds(answers) ? 1 : 0));
    return counts;
  };
  return {
    wave,
    ground,
    asked: { id: 'everybody', categories: ['asked'], counts: [countWhere(() => true)], shown: [] },
    item: (number) => ({
      id: `item-${number + 1}`,
      categories: ['yes', 'no'],
      counts: [countWhere((answers) => answers[number] === 1), countWhere((answers) => answers[number] === 0)],
      shown: [0],
    }),
  };
}

/** A secondary band of a cluster is one school: a larger base, and no further filter. */
function leastBase({ place, band, filter }: Unit): number | undefined {
  if (place.kind !== 'cluster' || band === 0) return LEAST_BASE;
  return Object.keys(filter).length === 0 ? LEAST_BASE_ONE_SCHOOL : undefined;
}

/** What readers get of an item, held against its true figures. */
export function usefulnessOf({ ground }: Case, item: ItemCounts, { bases, counts }: ItemFigures): Usefulness {
  const usefulness: Usefulness = { wanted: 0, shown: 0, errors: [] };
  ground.plan.units.forEach(({ place, filter, cells }, unit) => {
    if (place.kind !== 'cluster' || Object.keys(filter).length > 0) return;
    const x = sumOf(item.counts[0]!, cells);
    const n = x + sumOf(item.counts[1]!, cells);
    if (!isWanted(x, n)) return;
    usefulness.wanted += 1;
    const figure = counts[0]![unit]!;
    if (figure.standing !== 'shown') return;
    usefulness.shown += 1;
    usefulness.errors.push(Math.abs(figure.value / bases[unit]!.value - x / n) * 100);
  });
  return usefulness;
}
