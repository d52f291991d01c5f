import type { LatticeNode } from '../disclosure/lattice.ts';
import type { CubeItem, Release } from '../disclosure/release.ts';
import type { Caution } from '../disclosure/rules.ts';
import {
  BASE_5_NOISE_VARIANCE,
  designEffect,
  RHO,
  RHO_SCHOOL_CLIMATE,
  shareWithInterval,
} from '../statistics/share.ts';
import { isPrimaryBand, type Band } from '../survey/stage.ts';
import { faultsAmong, TEXT_LENGTH, textProblem, type LoopFault } from './fields.ts';

/** Where in a release a finding stands: one cell. */
export interface FindingPlace {
  node: string;
  band: string;
  item: string;
  option: string;
}

/** What a finding is about, read from the release alone. All counts are protected. */
export interface ReleasedFigure {
  node: LatticeNode;
  band: Band;
  item: CubeItem;
  option: string;
  /** The survey version whose words the band was asked in. */
  versionId: string;
  count: number;
  base: number;
  /** The share in whole per cent, as it is quoted. */
  percent: number;
  /** How many in ten, from 0 to 10. */
  tenths: number;
  /** Limits of the share, proportions. */
  low: number;
  high: number;
  oneSchool: boolean;
  caution: Caution;
  /** How many answered at this place in this band, of how many; null where that is hidden. */
  response: { answered: number; roll: number; percent: number } | null;
}

/** The figure of a place; undefined where it is hidden or there is none, which nobody can tell apart. */
export function releasedFigure(release: Release, place: FindingPlace): ReleasedFigure | undefined {
  const node = release.node(place.node);
  const band = release.band(place.band);
  const item = release.item(place.item);
  const versionId = item?.versions[place.band];
  // The option has to be one of the item's own: any other text could name something that every object has.
  if (!node || !band || !versionId || !item.options.includes(place.option)) return undefined;
  const cell = release.cell(place.node, place.band, place.item, place.option);
  const rate = release.rate(place.node, place.band);
  if (!cell || !rate) return undefined;
  const { count, base, table } = cell;
  const { low, high } = shareWithInterval({
    count,
    base,
    designEffect: designEffect(rate.schoolSizes, item.schoolClimate ? RHO_SCHOOL_CLIMATE : RHO),
    noiseVariance: BASE_5_NOISE_VARIANCE,
  });
  const { oneSchool, caution } = table;
  const percent = wholePercent(count, base);
  const tenths = Math.round((10 * count) / base);
  const response = responseOf(rate.responses, rate.roll);
  return {
    node,
    band,
    item,
    option: place.option,
    versionId,
    count,
    base,
    percent,
    tenths,
    low,
    high,
    oneSchool,
    caution,
    response,
  };
}

/** Protection may lift the answers above the roll; nobody is told that 55 of 53 answered. */
function responseOf(responses: number | null, roll: number): ReleasedFigure['response'] {
  if (responses === null || roll === 0) return null;
  const answered = Math.min(responses, roll);
  return { answered, roll, percent: wholePercent(answered, roll) };
}

/** Whole per cent; multiplied first, so that halves are exact and always go up. */
function wholePercent(count: number, base: number): number {
  return Math.round((100 * count) / base);
}

/** Why the answer to a finding may not stand on a public page. */
export type PublicObstacle = 'one-school' | 'secondary-of-cluster';

/**
 * What keeps the reply to a finding from ever being public; undefined when nothing does.
 * A cluster's secondary bands are its one school: their public view is a larger area.
 */
export function publicObstacle(
  figure: Pick<ReleasedFigure, 'node' | 'band' | 'oneSchool'>,
): PublicObstacle | undefined {
  if (figure.oneSchool) return 'one-school';
  if (figure.node.kind === 'cluster' && !isPrimaryBand(figure.band)) return 'secondary-of-cluster';
  return undefined;
}

/** What a finding still lacks. Why it matters is what makes a figure a finding. */
export function findingFaults(finding: { whyItMatters: string }): LoopFault<'whyItMatters'>[] {
  return faultsAmong([['whyItMatters', textProblem(finding.whyItMatters, TEXT_LENGTH)]]);
}
