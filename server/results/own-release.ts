import type { Release } from '../core/disclosure/release.ts';
import { Fault } from '../errors.ts';
import type { ReleaseEntry, Releases } from '../storage/releases.ts';
import type { Waves } from '../storage/waves.ts';
import { earlierReleases } from './choose.ts';

/** A published release of the authority of whoever asks. */
export interface OwnRelease {
  entry: ReleaseEntry;
  release: Release;
}

/** Opens the published releases of an authority; those of any other are not there at all. */
export interface OwnReleases {
  /** @throws Fault 'not-found' where the authority has published no release of this id */
  open(authorityId: string, id: string): Promise<OwnRelease>;
  /** The newest release of the wave before, of the same family of surveys; undefined where there is none. */
  before(authorityId: string, current: ReleaseEntry): Promise<OwnRelease | undefined>;
}

export function createOwnReleases({ releases, waves }: { releases: Releases; waves: Waves }): OwnReleases {
  async function opened(entry: ReleaseEntry): Promise<OwnRelease> {
    const found = await releases.openPublished(entry.id);
    if (!found) throw new Fault('not-found', 'This release is not published.');
    return { entry, release: found.release };
  }

  return {
    async open(authorityId, id) {
      const entry = (await releases.published(authorityId)).find((one) => one.id === id);
      if (!entry) throw new Fault('not-found', 'No published release of this authority has this id.');
      return opened(entry);
    },
    async before(authorityId, current) {
      const [published, all] = await Promise.all([releases.published(authorityId), waves.list(authorityId)]);
      const familyOf = ({ waveId }: ReleaseEntry) => all.find(({ id }) => id === waveId)?.family;
      const ofSameFamily = published.filter((one) => familyOf(one) === familyOf(current));
      const [entry] = earlierReleases(ofSameFamily, current);
      return entry && opened(entry);
    },
  };
}
