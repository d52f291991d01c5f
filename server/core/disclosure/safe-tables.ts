import type { Highs } from 'highs';
import { seededRandom } from '../seeded-random.ts';
import { ASKED_STATES } from '../survey/answer.ts';
import type { Ground } from './attack/knowledge.ts';
import { sumOf } from './attack/problem.ts';
import type { CountedItem } from './counted-items.ts';
import { askedOf, type Figure, type ItemCounts, type ItemFigures, type RoutedBases } from './figures.ts';
import type { ProtectedCount } from './protection.ts';
import type { CubeFigures } from './release.ts';
import { basesLeave, makeItemSafe, withholdRows, type ItemAudit } from './safe-item.ts';
import { safeScale } from './safe-scale.ts';
import { attacksOn, questionOf, SettledFigures, type AskedCounts, type TablePlace } from './variable-attacks.ts';
import type { BandGround } from './wave-ground.ts';

/*
 * The tables of a release made safe, variable by variable and band by band: each variable with its indicators, over
 * every place and group of the band at once. What would give something away is hidden as if a rule had hidden it.
 */

/** Named in every release. */
export const ATTACK = 'linear-programmes-5';

/** A variable and the indicators worked out from it, in one band. */
export interface SafeVariable {
  figures: CubeFigures[];
  audits: ItemAudit[];
}

/** Everything that streams of chance are named after, so that a release can be made again. */
export type Seed = string;

/**
 * Which rows of those asked must be withheld, by position of the unit, for every item that was asked of the same.
 * @param asked those asked, by cell of the wave
 * @throws if some number of those asked stays open whatever is withheld
 */
export function safeRows(solver: Highs, band: BandGround, asked: AskedCounts, seed: Seed): number[] {
  return [...withholdRows(solver, band.ground, askedItem(band, asked), seededRandom(seed))];
}

/** Those asked, as an item of one category that is not shown. */
export function askedItem({ cellOf }: BandGround, { asked, askedBefore }: AskedCounts): ItemCounts {
  return {
    id: 'asked',
    categories: ['asked'],
    counts: [picked(cellOf, asked)],
    shown: [],
    askedBefore: askedBefore && picked(cellOf, askedBefore),
  };
}

/**
 * @param variable a question's variable and the indicators that read it
 * @param rows units whose rows are withheld, from `safeRows`
 * @param routed its bases, where another question's answers say who was asked
 * @throws if something stays open to attack whatever is withheld
 */
export function safeVariable(
  solver: Highs,
  band: BandGround,
  variable: readonly CountedItem[],
  rows: readonly number[],
  seed: Seed,
  routed?: RoutedBases,
): SafeVariable {
  const own = (counts: Int32Array | undefined) => picked(band.cellOf, counts);
  const [only] = variable as [CountedItem];
  const question = questionOf(variable);
  const noCells = { rows: new Set(rows), cells: new Set<number>() };
  const everybody = askedItem(band, { asked: question.counts.asked, askedBefore: question.askedBefore });
  const asked = routed ? { ...everybody, routed } : everybody;
  const ground = { ...band.ground, basesLeave: basesLeave(band.ground, asked, noCells, seededRandom(`${seed} asked`)) };
  if (only.scores) return safeScale(solver, { ...band, ground }, only, own, rows, seed);
  const audits: ItemAudit[] = [];
  const figures = new Map(variable.map(({ item }) => [item.id, emptyFigures(band, item)]));
  const settled = new SettledFigures(ground.plan.units.length);
  for (const attacked of attacksOn(variable, own, routed)) {
    const { item, places } = attacked;
    const before = { ...noCells, cells: settled.cellsIn(attacked) };
    const usual = makeItemSafe(solver, ground, item, seededRandom(`${seed} ${item.id}`), before);
    // Who was asked is told by the answers before, and more closely than by their sum. Not so in a correction: what
    // earlier releases leave is measured without knowing it.
    const safe =
      routed && !ground.joined
        ? makeItemSafe(
            solver,
            groundOfKnownBases(ground, item),
            item,
            seededRandom(`${seed} ${item.id} known`),
            usual.withheld,
          )
        : usual;
    audits.push(safe.audit);
    settled.add(attacked, safe.withheld.cells);
    fill(figures, band, item, safe.figures, places);
  }
  return { figures: [...figures.values()], audits };
}

/** The attack is told exactly how many were asked in every group of children. */
function groundOfKnownBases(ground: Ground, item: ItemCounts): Ground {
  const asked = askedOf(item);
  const plan = { ...ground.plan, basesAreKnown: true as const };
  return { ...ground, plan, basesLeave: [], rollOf: ({ cells }) => sumOf(asked, cells) };
}

function emptyFigures({ band, stored }: BandGround, { id, options, kind }: CountedItem['item']): CubeFigures {
  const hidden = () => stored.map(() => null);
  // Of an indicator its share alone: who gave no answer stands at the question that it reads.
  const states = kind === 'question' ? ASKED_STATES : [];
  return {
    item: id,
    band: band.id,
    base: hidden(),
    counts: Object.fromEntries(options.map((option) => [option, hidden()])),
    states: Object.fromEntries(states.map((state) => [state, hidden()])),
    oneSchool: [],
    sums: [],
  };
}

/** Puts what is shown into the tables; all else stays hidden. */
function fill(
  tables: ReadonlyMap<string, CubeFigures>,
  { ground, stored, schoolsOf }: BandGround,
  item: ItemCounts,
  { bases, counts }: ItemFigures,
  places: ReadonlyMap<number, TablePlace>,
): void {
  const shown = (figures: readonly Figure[]) =>
    stored.map((unit) => {
      const { value, standing } = figures[unit]!;
      return standing === 'shown' ? (value as ProtectedCount) : null;
    });
  const schools = schoolsOf(askedOf(item));
  for (const table of tables.values()) {
    table.base = shown(bases);
    if (item.routed && item.routed.roundings > 1) table.baseRoundings = item.routed.roundings;
    table.oneSchool = stored.flatMap((unit, place) =>
      schools[unit]!.schools < 2 && Object.keys(ground.plan.units[unit]!.filter).length === 0 ? [place] : [],
    );
  }
  for (const [reading, place] of places) {
    if (item.settled?.includes(reading)) continue;
    const table = tables.get(place.item)!;
    if ('option' in place) {
      table.counts[place.option] = shown(counts[reading]!);
      table.sums = stored.flatMap((unit, at) => (counts[reading]![unit]!.isSum ? [at] : []));
    } else table.states[place.state] = shown(counts[reading]!);
  }
}

function picked(cellOf: Int32Array, counts: Int32Array | undefined): Int32Array {
  return cellOf.map((cell) => counts?.[cell] ?? 0);
}
