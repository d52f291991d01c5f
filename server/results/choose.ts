import type { LatticeNode, NodeKind } from '../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../core/disclosure/release.ts';
import { SEVERAL_OUTCOMES } from '../core/survey/derived.ts';
import type { Band } from '../core/survey/stage.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { AskedByBand, AskedVersionItem } from './asked.ts';

/** What an address may say about how an item is looked at; everything has a default. */
export interface Wishes {
  band?: string;
  option?: string;
  place?: string;
  earlier?: string;
}

/** What is looked at, each part known to be in the release. */
export interface Chosen {
  band: Band;
  option: string;
  /** One locality or cluster; undefined for all of them. */
  place: LatticeNode | undefined;
}

/** Option codes of an item as one band was asked it, as far as the release has them. */
export function optionsOf(item: CubeItem, asked: AskedVersionItem): string[] {
  if (item.kind === 'indicator') return item.options;
  return asked.variable.codes.filter((code) => item.options.includes(code));
}

/** Kinds of places that people look at; the others serve to compare. */
const LOOKED_AT: readonly NodeKind[] = ['authority', 'locality', 'cluster', 'special'];

/** Places of what several answers of one person were worked out from, which smaller places are not shown of. */
const LARGE: readonly NodeKind[] = ['authority', 'locality'];

/** Places that an item can have figures for: what was asked without the school has none below the authority. */
export function placesOf(release: Release, item: CubeItem): readonly LatticeNode[] {
  const kinds = item.kind === 'outcomes' ? LARGE : LOOKED_AT;
  return release.nodes.filter(({ kind }) => (item.unlinked ? kind === 'authority' : kinds.includes(kind)));
}

/** The same with what serves to compare, but for the rests of the authority, which are differences of others. */
export function storedPlacesOf(release: Release, item: CubeItem): readonly LatticeNode[] {
  if (item.unlinked || item.kind === 'outcomes') return placesOf(release, item);
  return release.nodes.filter(({ kind }) => kind !== 'rest');
}

/** The scales of a release. */
export function scalesOf(release: Release): CubeItem[] {
  return release.items.filter(({ kind }) => kind === 'scale');
}

/** The item that a release counts poor outcomes with; undefined where it does not. */
export function severalItem(release: Release): CubeItem | undefined {
  const item = release.item(SEVERAL_OUTCOMES);
  return item?.kind === 'outcomes' ? item : undefined;
}

/** What somebody wrote is read by people, never counted into a figure worth a page. */
export function hasPage(asked: AskedVersionItem): boolean {
  return !asksForWords(asked.question);
}

/**
 * What an address asks to see: the first band that was asked, the first option and all clusters, unless
 * it says otherwise.
 * @returns undefined if it names a band, option or place that this item does not have, or the item has no page
 */
export function choose(release: Release, item: CubeItem, asked: AskedByBand, wishes: Wishes): Chosen | undefined {
  const bandId = wishes.band ?? asked.keys().next().value ?? '';
  const band = release.band(bandId);
  const askedOfBand = asked.get(bandId);
  if (!band || !askedOfBand || !hasPage(askedOfBand)) return undefined;
  const options = optionsOf(item, askedOfBand);
  const option = wishes.option ?? options[0];
  if (option === undefined || !options.includes(option)) return undefined;
  const place = wishes.place === undefined ? undefined : placesOf(release, item).find(({ id }) => id === wishes.place);
  if (wishes.place !== undefined && !place) return undefined;
  return { band, option, place: place?.kind === 'authority' ? undefined : place };
}

/**
 * Releases that a release can be set beside: the newest of each wave that began before its own.
 * @param published releases of one family, the wave that began last first, the newest of a wave first
 */
export function earlierReleases(published: readonly ReleaseEntry[], current: ReleaseEntry): ReleaseEntry[] {
  const place = published.findIndex(({ id }) => id === current.id);
  const seen = new Set([current.waveId]);
  return published.slice(place + 1).filter(({ waveId }) => {
    if (seen.has(waveId)) return false;
    seen.add(waveId);
    return true;
  });
}
