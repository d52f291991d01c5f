import { leadingOptions, type CountedItem } from './counted-items.ts';
import type { RoutedBases } from './figures.ts';
import type { PieceId } from './pieces.ts';
import { variableIdOf, type CubeFigures } from './release.ts';
import { LEAST_NUMERATOR } from './rules.ts';

/*
 * Those asked a question that a route leads to are those who gave certain answers to the one before. Were their number
 * rounded by itself, it would show what is withheld there, and with two answers be a third rounding of the same
 * children, which often leaves two numbers of each. So it is what the released answers add up to, and nothing else.
 */

/** The answers of another question's variable that lead to a question. */
export interface RouteSource {
  /** The piece of the release that makes that variable safe. */
  piece: PieceId;
  item: string;
  options: readonly string[];
}

/**
 * Where the bases of a routed question come from.
 * @param counted all items of the wave
 * @param cellOf the cells of the band
 * @returns undefined where no route leads to it, or where its answers do not say exactly who was asked: several of them
 *   may be one person's, and two versions of a survey may lead there by different answers
 */
export function routeSource(
  routed: CountedItem,
  counted: readonly CountedItem[],
  band: string,
  cellOf: Int32Array,
): RouteSource | undefined {
  const leading = leadingOptions(routed, counted);
  if (leading?.before.item.versions[band] === undefined || leading.options.length === 0) return undefined;
  const { before, options } = leading;
  const { asked } = routed.counts;
  const led = options.map((option) => before.counts.options.get(option)!);
  const isExact = cellOf.every((cell) => led.reduce((sum, own) => sum + own[cell]!, 0) === asked[cell]);
  return isExact
    ? { piece: `variable/${band}/${variableIdOf(before.item)}`, item: before.item.id, options }
    : undefined;
}

/**
 * @param figures what the release shows of the question that leads there
 * @param stored positions of the units that it shows
 */
export function routedBases(
  { options, item }: RouteSource,
  figures: readonly CubeFigures[],
  stored: readonly number[],
): RoutedBases {
  const before = figures.find((one) => one.item === item)!;
  const values: (number | null | undefined)[] = [];
  stored.forEach((unit, at) => {
    const asked = before.base[at] ?? null;
    const led = options.map((option) => before.counts[option]![at] ?? null);
    const sum = led.some((count) => count === null) ? null : led.reduce<number>((total, count) => total + count!, 0);
    values[unit] = asked === null || sum === null || asked - sum < LEAST_NUMERATOR ? null : sum;
  });
  return { values, roundings: options.length };
}
