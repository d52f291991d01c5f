import type { LatticeNode } from '../disclosure/lattice.ts';
import type { CubeItem, Release } from '../disclosure/release.ts';
import { optionFigure, rateFigure, type Figure, type RateFigure } from '../statistics/figure.ts';
import { isPrimaryBand, type Band } from '../survey/stage.ts';
import { faultsAmong, LINE_LENGTH, TEXT_LENGTH, textProblem, type LoopFault } from './fields.ts';

/** Where in a release a finding stands: one cell. */
export interface FindingPlace {
  node: string;
  band: string;
  item: string;
  option: string;
}

/** What a finding is about, read from the release alone: the same figure that the results print. */
export interface ReleasedFigure extends Figure {
  node: LatticeNode;
  band: Band;
  item: CubeItem;
  option: string;
  /** The survey version whose words the band was asked in. */
  versionId: string;
  /** How many in ten, from 0 to 10. */
  tenths: number;
  /** How many answered at this place in this band, of how many, in whole per cent; null where that is hidden. */
  response: { answered: number; roll: number; share: number } | null;
}

/** The figure of a place; undefined where it is hidden or there is none, which nobody can tell apart. */
export function releasedFigure(release: Release, place: FindingPlace): ReleasedFigure | undefined {
  const { option } = place;
  const node = release.node(place.node);
  const band = release.band(place.band);
  const item = release.item(place.item);
  const versionId = item?.versions[place.band];
  // The option has to be one of the item's own: any other text could name something that every object has.
  if (!node || !band || !versionId || !item.options.includes(option)) return undefined;
  const cell = release.cell(node.id, band.id, item.id, option);
  const figure = optionFigure(release, place, option);
  if (!cell || !figure) return undefined;
  const tenths = Math.round((10 * cell.count) / cell.base);
  return { ...figure, node, band, item, option, versionId, tenths, response: responseAt(release, place) };
}

/** Protection may lift the answers above the roll; nobody is told that 55 of 53 answered. */
function responseAt(release: Release, { node, band }: FindingPlace): ReleasedFigure['response'] {
  const rate = rateFigure(release, node, band);
  return rate ? { answered: Math.min(rate.answered, rate.roll), roll: rate.roll, share: rate.share } : null;
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

/**
 * How many answered at a place, for everybody to read; undefined where it is hidden, missing, or the rate of one school.
 * @param nodeId the place's id in the release
 */
export function publicRate(release: Release, nodeId: string, band: Band): RateFigure | undefined {
  const node = release.node(nodeId);
  const rate = node && rateFigure(release, nodeId, band.id);
  return rate && !publicObstacle({ node, band, oneSchool: rate.schools < 2 }) ? rate : undefined;
}

/**
 * What a finding still lacks. Why it matters is what makes a figure a finding; for whom may be left to the figure, which
 * says of whom it is.
 */
export function findingFaults(finding: {
  whyItMatters: string;
  forWhom?: string;
}): LoopFault<'whyItMatters' | 'forWhom'>[] {
  const { whyItMatters, forWhom = '' } = finding;
  return faultsAmong([
    ['whyItMatters', textProblem(whyItMatters, TEXT_LENGTH)],
    ['forWhom', forWhom === '' ? undefined : textProblem(forWhom, LINE_LENGTH)],
  ]);
}
