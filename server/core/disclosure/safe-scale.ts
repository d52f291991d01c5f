import type { Highs } from 'highs';
import { seededRandom } from '../seeded-random.ts';
import { sumOf } from './attack/problem.ts';
import { LEAST_LEFT, type Ground } from './attack/knowledge.ts';
import type { CountedItem } from './counted-items.ts';
import type { Figure, ItemCounts } from './figures.ts';
import type { ProtectedCount } from './protection.ts';
import type { CubeFigures } from './release.ts';
import { LEAST_BASE } from './rules.ts';
import { makeItemSafe, type ItemAudit } from './safe-item.ts';
import type { BandGround } from './wave-ground.ts';

/*
 * A scale made safe: how many have a score, and the sum of their scores, from which a mean is worked out.
 *
 * Those with a score are a base of their own, attacked together with those asked. A sum of scores is a count of
 * points, so protection, rules and attack are those of counts. The attack on points is told how many have a score in
 * every group of children exactly: more than anybody can know, so what withstands it withstands them.
 */

const SCORED = 0;
const POINTS = 0;

/** @throws if something stays open to attack whatever is withheld */
export function safeScale(
  solver: Highs,
  band: BandGround,
  { item, counts, scores }: CountedItem,
  own: (counts: Int32Array | undefined) => Int32Array,
  rows: readonly number[],
  seed: string,
): { figures: CubeFigures[]; audits: ItemAudit[] } {
  const { ground, stored, schoolsOf } = band;
  const asked = own(counts.asked);
  const scored = own(scores!.scored);
  const having = makeItemSafe(solver, ground, scoredOf(item.id, asked, scored), chanceOf(seed, 'scored'), {
    rows: new Set(rows),
    cells: new Set(),
  });
  const bases = having.figures.counts[SCORED]!;
  const { lowest, highest } = item.range!;
  const most = highest - lowest;
  const points = pointsOf(item.id, own(scores!.points), scored, most);
  const pointsGround = groundOfPoints(ground, points, bases, { scored, most });
  const summed = makeItemSafe(solver, pointsGround, points, chanceOf(seed, 'points'));
  const shown = (figures: readonly Figure[]) =>
    stored.map((unit) => (figures[unit]!.standing === 'shown' ? (figures[unit]!.value as ProtectedCount) : null));
  const schools = schoolsOf(asked);
  const { units } = ground.plan;
  return {
    figures: [
      {
        item: item.id,
        band: band.band.id,
        base: shown(bases),
        counts: {},
        states: {},
        points: shown(summed.figures.counts[POINTS]!),
        oneSchool: stored.flatMap((unit, place) =>
          schools[unit]!.schools < 2 && Object.keys(units[unit]!.filter).length === 0 ? [place] : [],
        ),
        sums: [],
      },
    ],
    audits: [having.audit, summed.audit],
  };
}

/**
 * A scale of which nothing is shown. So are those of a corrected band: what earlier releases said of sums cannot be
 * attacked together with new ones yet.
 */
export function hiddenScale({ band, stored }: BandGround, { item }: CountedItem): CubeFigures {
  const hidden = () => stored.map(() => null);
  return {
    item: item.id,
    band: band.id,
    base: hidden(),
    counts: {},
    states: {},
    points: hidden(),
    oneSchool: [],
    sums: [],
  };
}

const chanceOf = (seed: string, part: string) => seededRandom(`${seed} ${part}`);

function scoredOf(id: string, asked: Int32Array, scored: Int32Array): ItemCounts {
  return {
    id: `${id} scored`,
    categories: ['scored', 'without a score'],
    counts: [scored, asked.map((total, cell) => total - scored[cell]!)],
    shown: [SCORED],
    ownBases: [SCORED],
  };
}

/** Points somebody got, and those that were left to get: all points that those with a score could have. */
function pointsOf(id: string, points: Int32Array, scored: Int32Array, most: number): ItemCounts {
  return {
    id: `${id} points`,
    categories: ['points', 'points left'],
    counts: [points, scored.map((persons, cell) => persons * most - points[cell]!)],
    shown: [POINTS],
  };
}

/**
 * Points are shown where those with a score are, and nobody has more of them than there are. Of few children they must
 * leave as many numbers as two of them have points: else a sum near either end would say of each that theirs is.
 */
function groundOfPoints(
  ground: Ground,
  { counts }: ItemCounts,
  bases: readonly Figure[],
  { scored, most }: { scored: Int32Array; most: number },
): Ground {
  const leastBases = bases.map(({ standing }) => (standing === 'shown' ? 0 : undefined));
  return {
    ...ground,
    plan: { ...ground.plan, basesAreKnown: true, leastBases: () => leastBases },
    leastLeft: ({ cells }) => (sumOf(scored, cells) < LEAST_BASE ? 2 * most + 1 : LEAST_LEFT),
    rollOf: ({ cells }) => counts.reduce((sum, own) => sum + sumOf(own, cells), 0),
  };
}
