import type { CubeItem, Release } from '../core/disclosure/release.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { AskedByBand, AskedVersionItem } from './asked.ts';
import { NO_EARLIER, type Choice } from './addresses.ts';
import type { Chosen } from './choose.ts';

/** Everything that a page of one item is made from: released figures, and words. */
export interface ItemView extends Chosen {
  entry: ReleaseEntry;
  release: Release;
  item: CubeItem;
  asked: AskedByBand;
  /** Of the chosen band. */
  askedNow: AskedVersionItem;
  /** The wave set beside it, if any. */
  earlier: EarlierWave | undefined;
  /** All that could be. */
  earlierEntries: readonly ReleaseEntry[];
  mayMakeFindings: boolean;
}

export interface EarlierWave {
  entry: ReleaseEntry;
  release: Release;
  /** What the same band was asked then under the same id. */
  asked: AskedVersionItem | undefined;
}

/** What the address of a view says. */
export function choiceOf(view: ItemView): Choice {
  const none = view.earlierEntries.length > 0 ? NO_EARLIER : undefined;
  return {
    release: view.entry.id,
    item: view.item.id,
    band: view.band.id,
    option: view.option,
    place: view.place?.id,
    earlier: view.earlier?.entry.id ?? none,
  };
}
