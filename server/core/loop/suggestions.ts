import type { LatticeNode } from '../disclosure/lattice.ts';
import type { CubeItem, Release } from '../disclosure/release.ts';
import { compareSides, comparisonKey, type ComparedShare } from '../statistics/comparisons.ts';
import { FIFTHS } from '../statistics/deprivation-gap.ts';
import { compareShares, differenceWord } from '../statistics/differences.ts';
import { optionFigure, shareInputOf, wholePoints, type TablePlace } from '../statistics/figure.ts';
import { benjaminiHochberg } from '../statistics/multiple-comparisons.ts';
import { sameSchools } from '../statistics/waves.ts';
import type { Band } from '../survey/stage.ts';
import type { FindingPlace } from './finding.ts';

/*
 * What is worth a look at one place, by three rules that are the same for every place. Each compares the place with
 * itself, with its own past or with the rest of its authority; no place is ever set in an order with others, and what is
 * found stands in the order of the questions, not of its size. A single school is never singled out.
 */

export const SUGGESTION_RULES = ['gap', 'change', 'far-from-rest'] as const;
export type SuggestionRule = (typeof SUGGESTION_RULES)[number];

/**
 * Percentage points that a clear difference must have besides, to be worth a planner's time. A change of a few points in
 * two years is news; a gap of a few points lies between almost any two groups.
 */
export const LEAST_POINTS: Readonly<Record<SuggestionRule, number>> = { gap: 10, change: 5, 'far-from-rest': 10 };

/** The figures that made a suggestion: released ones, whole per cent and whole points. */
export interface SuggestionFacts {
  rule: SuggestionRule;
  word: 'higher' | 'lower';
  /** First share less second, and its 95% interval. */
  points: number;
  low: number;
  high: number;
  /** The share of the first group, of now, or of the place. */
  share: number;
  /** That of the second group, of the wave before, or of the rest of the authority. */
  other: number;
  /** The two groups of a gap, as releases name them. */
  groups?: [string, string];
  /** The wave before, of a change. */
  wave?: string;
}

export interface Suggestion {
  place: FindingPlace;
  facts: SuggestionFacts;
}

/** The wave before of the same family. */
export interface WaveBefore {
  release: Release;
  /** Whether both waves asked a band the same about an item: see `comparabilityOf`. */
  askedTheSame: (band: string, item: string) => boolean;
}

const YES = 'yes';

/** Everything that the rules find at a place, by band, then in the order of the questions. */
export function suggestionsAt(release: Release, node: LatticeNode, before: WaveBefore | undefined): Suggestion[] {
  return release.bands.flatMap((band) => {
    const at = { release, node, band };
    const indicators = release.items.filter((item) => isShownForMany(at, item));
    const changes = before ? changesAt(at, indicators, before) : new Map<string, SuggestionFacts>();
    return indicators.flatMap(({ id }) => {
      const place = { node: node.id, band: band.id, item: id, option: YES };
      const facts = [...gapsAt(at, id), changes.get(id), farFromRest(at, id)];
      return facts.flatMap((one) =>
        one && Math.abs(one.points) >= LEAST_POINTS[one.rule] ? [{ place, facts: one }] : [],
      );
    });
  });
}

interface At {
  release: Release;
  node: LatticeNode;
  band: Band;
}

/** An indicator with a figure here that is not the result of one school. */
function isShownForMany({ release, node, band }: At, item: CubeItem): boolean {
  if (item.kind !== 'indicator') return false;
  const figure = optionFigure(release, { node: node.id, band: band.id, item: item.id }, YES);
  return figure !== undefined && !figure.oneSchool;
}

/** Girls and boys by what the school records, else as they describe themselves; the ends of deprivation. */
function pairsOf({ dimensions }: Release): [string, string][] {
  const sexes: [string, string] = dimensions.sex ? ['sex=female', 'sex=male'] : ['gender=girl', 'gender=boy'];
  return [sexes, [FIFTHS[0]!, FIFTHS.at(-1)!]];
}

function gapsAt({ release, node, band }: At, item: string): (SuggestionFacts | undefined)[] {
  return pairsOf(release).map((groups) => {
    const [one, other] = groups.map((group) => ({ node: node.id, band: band.id, group })) as [Side, Side];
    const compared = compareSides(release, one, other).get(comparisonKey(item, YES));
    const facts = compared && factsOf('gap', compared, sharesOf([release, one], [release, other], item));
    return facts && { ...facts, groups };
  });
}

/** A place beside what it leaves of its authority, as results pages compare it. */
function farFromRest({ release, node, band }: At, item: string): SuggestionFacts | undefined {
  const rest = release.nodes.find(({ kind, of }) => kind === 'rest' && of === node.id);
  if (!rest) return undefined;
  const [one, other] = [node, rest].map(({ id }) => ({ node: id, band: band.id })) as [Side, Side];
  const compared = compareSides(release, one, other).get(comparisonKey(item, YES));
  return compared && factsOf('far-from-rest', compared, sharesOf([release, one], [release, other], item));
}

/** Clear changes since the wave before, by item: same band, same question, same schools; adjusted over all that were tested. */
function changesAt(
  { release, node, band }: At,
  indicators: readonly CubeItem[],
  before: WaveBefore,
): Map<string, SuggestionFacts> {
  const then = before.release;
  if (!sameSchools(node, then.node(node.id))) return new Map();
  const side = { node: node.id, band: band.id };
  const tested = indicators.flatMap(({ id }) => {
    const place = { ...side, item: id };
    const first = shareInputOf(release, place, YES);
    const second = then.item(id) && shareInputOf(then, place, YES);
    if (!first || !second || !before.askedTheSame(band.id, id)) return [];
    return [{ id, bases: [first.base, second.base] as [number, number], ...compareShares(first, second) }];
  });
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p));
  return new Map(
    tested.flatMap(({ id, bases, difference, low, high }, index): [string, SuggestionFacts][] => {
      const word = differenceWord(difference, adjusted[index]!, bases);
      const compared = { points: wholePoints(difference), low: wholePoints(low), high: wholePoints(high), word };
      const facts = factsOf('change', compared, sharesOf([release, side], [then, side], id));
      return facts ? [[id, { ...facts, wave: then.wave.name }]] : [];
    }),
  );
}

type Side = Omit<TablePlace, 'item'>;

/** The two shares as they are printed; undefined where either is hidden. */
function sharesOf(one: [Release, Side], other: [Release, Side], item: string): [number, number] | undefined {
  const [first, second] = [one, other].map(([release, side]) => optionFigure(release, { ...side, item }, YES)?.share);
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** Only what is clearly higher or lower is a fact. */
function factsOf(
  rule: SuggestionRule,
  { word, points, low, high }: ComparedShare,
  shares: [number, number] | undefined,
): SuggestionFacts | undefined {
  if (!shares || (word !== 'higher' && word !== 'lower')) return undefined;
  const [share, other] = shares;
  return { rule, word, points, low, high, share, other };
}
