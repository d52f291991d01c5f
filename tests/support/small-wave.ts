import fc from 'fast-check';
import { groundOf, type Ground } from '../../server/core/disclosure/attack/knowledge.ts';
import type { FigurePlan, ItemCounts } from '../../server/core/disclosure/figures.ts';
import { BASE_5 } from '../../server/core/disclosure/protection.ts';
import { remaindersOf, unitsOf, type BaseCell, type Place } from '../../server/core/disclosure/units.ts';

/** A made-up wave of one item, small enough to be looked at from all sides. */
export interface SmallWave {
  ground: Ground;
  item: ItemCounts;
}

export interface Sizes {
  schools: number;
  quintiles: number;
  categories: number;
  /** The most children of a base cell in one category. */
  most: number;
  /** The smallest base that is shown. */
  leastBase?: number;
}

/** Waves of one band: an authority of schools in twos, each pair a cluster, and what is left of it for each. */
export function smallWave({ schools, quintiles, categories, most, leastBase = 10 }: Sizes): fc.Arbitrary<SmallWave> {
  const cells: BaseCell[] = Array.from({ length: schools * quintiles }, (_, cell) => ({
    school: Math.floor(cell / quintiles),
    band: 0,
    groups: quintiles > 1 ? { quintile: String(cell % quintiles) } : {},
  }));
  const count = fc.oneof(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: Math.min(most, 3) }));
  const counts = fc.array(fc.array(count, { minLength: cells.length, maxLength: cells.length }), {
    minLength: categories,
    maxLength: categories,
  });
  return counts.map((byCategory) => {
    const units = unitsOf(placesOf(schools), 1, cells, quintiles > 1 ? ['quintile'] : []);
    const plan: FigurePlan = {
      units,
      remainders: remaindersOf(units, cells),
      protection: BASE_5,
      leastBases: () => units.map(() => leastBase),
    };
    return {
      ground: groundOf(plan, cells.length, () => Infinity),
      item: {
        id: 'item',
        categories: byCategory.map((_, category) => `option-${category}`),
        counts: byCategory.map((own) => Int32Array.from(own)),
        shown: byCategory.length === 2 ? [0] : byCategory.map((_, category) => category),
      },
    };
  });
}

function placesOf(schools: number): Place[] {
  const all = Array.from({ length: schools }, (_, school) => school);
  const pairs = all.filter((school) => school % 2 === 0);
  return [
    { id: 'authority', kind: 'authority', schools: all },
    ...pairs.map((school): Place => ({
      id: `cluster:${school}`,
      kind: 'cluster',
      schools: [school, school + 1].filter((one) => one < schools),
    })),
    ...pairs.map((school): Place => ({
      id: `rest:${school}`,
      kind: 'rest',
      schools: all.filter((one) => one !== school && one !== school + 1),
      remainder: { whole: 'authority', part: `cluster:${school}` },
    })),
  ];
}
