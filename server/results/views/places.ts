import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Choice } from '../addresses.ts';
import type { AskedByBand } from '../asked.ts';
import type { Chip } from '../navigation.ts';
import type { PlaceAndBand } from './addresses.ts';

/** Kinds of places that people look at; a release may hold others, which only serve to compare. */
const KINDS: readonly string[] = ['authority', 'locality', 'cluster'];

/** The authority, then its parts in the order of the lattice, which is that of their names. */
export function placesIn(release: Release): LatticeNode[] {
  return release.nodes.filter(({ kind }) => KINDS.includes(kind));
}

export function clustersIn(release: Release): LatticeNode[] {
  return release.nodes.filter(({ kind }) => kind === 'cluster');
}

/**
 * Clusters set side by side, each school once: a school of several clusters counts in the first of them by name. What a
 * cluster is without such schools has figures of its own; a cluster that has no other schools has no place here.
 */
export function clustersOnce(release: Release): LatticeNode[] {
  const taken = new Set<string>();
  return clustersIn(release).flatMap((cluster) => {
    const own = cluster.schools.filter((school) => !taken.has(school));
    for (const school of own) taken.add(school);
    if (own.length === cluster.schools.length) return [cluster];
    return release.nodes.find(({ kind, of }) => kind === 'once' && of === cluster.id) ?? [];
  });
}

/** Items that were asked of a band in a way that a place can have figures of. */
export function itemsAt(
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  { kind }: LatticeNode,
  band: Band,
): CubeItem[] {
  return release.items.filter(({ id, unlinked }) => asked.get(id)?.has(band.id) && (!unlinked || kind === 'authority'));
}

/** What an address asks to see; the band is undefined where there is none to offer. */
export interface ChosenPlace {
  place: LatticeNode;
  band: Band | undefined;
}

/**
 * The authority and the first band offered, unless the address says otherwise.
 * @param offered bands that the view has something for
 * @returns undefined if the address names a place or band that there is not
 */
export function choosePlace(release: Release, offered: readonly Band[], wishes: PlaceAndBand): ChosenPlace | undefined {
  const place = placesIn(release).find(({ id, kind }) =>
    wishes.place === undefined ? kind === 'authority' : id === wishes.place,
  );
  const known = offered.length > 0 ? offered : release.bands;
  const wished = wishes.band === undefined ? offered[0] : known.find(({ id }) => id === wishes.band);
  if (!place || (wishes.band !== undefined && !wished)) return undefined;
  return { place, band: offered.length > 0 ? wished : undefined };
}

/** An indicator as its own pages show it at a place for a band. */
export function indicatorChoice(release: string, { id }: CubeItem, band: Band, place: LatticeNode): Choice {
  const chosen = place.kind === 'authority' ? undefined : place.id;
  return { release, item: id, band: band.id, option: 'yes', place: chosen, earlier: undefined };
}

/** Who and where, as links with their own addresses. */
export interface PlaceNavigation {
  who: Chip[];
  whole: Chip;
  /** Words of the list of places, and the place looked at. */
  onePlace: string;
  places: Chip[];
}

export function placeNavigation(
  language: Language,
  { place, band, bands, release }: ChosenPlace & { bands: readonly Band[]; release: Release },
  address: (wishes: PlaceAndBand) => string,
): PlaceNavigation {
  const whole = place.kind === 'authority';
  const chosenPlace = whole ? undefined : place.id;
  const { words } = language;
  return {
    who: bands.map((one) => ({
      href: address({ place: chosenPlace, band: one.id }),
      words: bandName(one),
      current: one === band,
    })),
    whole: { href: address({ band: band?.id }), words: words.views.wholeAuthority, current: whole },
    onePlace: whole
      ? words.views.onePlace
      : language.say('views', 'onePlaceChosen', { place: isolated(language, place.name) }),
    places: placesIn(release)
      .filter(({ kind }) => kind !== 'authority')
      .map((node) => ({
        href: address({ place: node.id, band: band?.id }),
        words: node.name,
        current: node === place,
      })),
  };
}
