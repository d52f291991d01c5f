import type { Area } from '../core/people/area.ts';
import type { Release } from '../core/disclosure/release.ts';
import type { Database } from '../storage/database.ts';
import { createReleases, sha256, type ReleaseEntry } from '../storage/releases.ts';
import { areaOf, type SignedIn } from './access.ts';

/*
 * The one way from a page to the figures of a published release. Whoever asks says who reads, and gets what that
 * reader may see and nothing else; so no page, file or finding has to ask for itself whether it may show a place.
 */

/** Somebody signed in, who sees their area; or everybody, on public pages, of which each shows public figures alone. */
export type Reader = SignedIn | 'everybody';

export interface ReadableReleases {
  /** A published release as a reader sees it. What is outside their area is not in it. */
  open(id: string, reader: Reader): Promise<{ entry: ReleaseEntry; release: Release } | undefined>;
}

/** Releases times areas that stay in memory: a release never changes, so what an area sees of it does not either. */
const KEPT = 16;

export function createReadableReleases(database: Database): ReadableReleases {
  const releases = createReleases(database);
  const kept = new Map<string, Release>();

  function narrowed(id: string, whole: Release, area: NonNullable<Area>): Release {
    const key = `${id} ${area.join(' ')}`;
    const known = kept.get(key);
    if (known) return known;
    const release = whole.within(area, sha256);
    const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, release);
    return release;
  }

  return {
    async open(id, reader) {
      const opened = await releases.openPublished(id);
      const area = reader === 'everybody' ? null : areaOf(reader);
      if (!opened || area === null) return opened;
      return { ...opened, release: narrowed(id, opened.release, area) };
    },
  };
}
