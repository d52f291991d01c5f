import type { CubeItem, Release } from '../core/disclosure/release.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { AskedByBand, AskedVersionItem } from './asked.ts';
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
