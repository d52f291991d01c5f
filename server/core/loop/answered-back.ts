import type { Release } from '../disclosure/release.ts';
import { AUTHORITY } from '../disclosure/lattice.ts';
import { rateFigure, type RateFigure } from '../statistics/figure.ts';
import type { Band } from '../survey/stage.ts';
import { publicObstacle, releasedFigure, type FindingPlace } from './finding.ts';

/*
 * What the pupils of a wave said of the reply that they were asked about, at the place of the reply, read from the
 * release of their wave alone. What is hidden there is hidden here, and what may never be public looks the same.
 */

/**
 * The indicators of the survey that ask about a reply, as its page shows them: whether it is what they meant, whether
 * they feel heard, then the four promises as children see them.
 */
export const ANSWERED_ITEMS = [
  'reply-is-what-was-meant',
  'feels-listened-to',
  'feels-taken-seriously',
  'promise-full',
  'promise-friendly',
  'promise-fast',
  'promise-followed-up',
] as const;
export type AnsweredItem = (typeof ANSWERED_ITEMS)[number];

/** Of these a page says a sentence besides the table. */
export const ANSWERED_FIRST: readonly AnsweredItem[] = ANSWERED_ITEMS.slice(0, 2);

/** Whom a page is for: everybody, or people who plan, who see results of one school too. */
export type Onlookers = 'public' | 'planners';

/** What pupils of one age said. */
export interface BandAnswers {
  band: Band;
  /** How many answered; null where that is not shown. */
  rate: RateFigure | null;
  /** One for each indicator that was asked of anybody; null where it is not shown. */
  places: (FindingPlace | null)[];
}

export interface PlaceAnswers {
  /** Indicators that the release has, in order. */
  items: AnsweredItem[];
  bands: BandAnswers[];
}

/** Everything that may be shown of a release beside a reply. @returns null where it has no such place */
export function answersAt(release: Release, node: string, onlookers: Onlookers): PlaceAnswers | null {
  if (!release.node(node)) return null;
  const items = ANSWERED_ITEMS.filter((id) => release.item(id));
  const bands = release.bands.map((band): BandAnswers => {
    const places = items.map((item) => shownPlace(release, { node, band: band.id, item, option: 'yes' }, onlookers));
    const isShown = places.some((place) => place !== null);
    return { band, places, rate: (isShown ? rateFigure(release, node, band.id) : undefined) ?? null };
  });
  return { items, bands };
}

function shownPlace(release: Release, place: FindingPlace, onlookers: Onlookers): FindingPlace | null {
  const figure = releasedFigure(release, place);
  if (!figure || (onlookers === 'public' && publicObstacle(figure))) return null;
  return place;
}

/**
 * The place of a release that is a reply's place. A wave that asked in one locality alone has no place of that name: it
 * is all of the wave.
 * @param localities those of the wave's schools, with the codes of their schools
 */
export function nodeOfReply(
  release: Release,
  node: string,
  localities: readonly { code: string; schools: readonly string[] }[],
): string {
  const [only, ...others] = localities;
  if (release.node(node) || !only || others.length > 0 || node !== `locality:${only.code}`) return node;
  const whole = release.node(AUTHORITY)?.schools ?? [];
  return whole.every((school) => only.schools.includes(school)) ? AUTHORITY : node;
}
