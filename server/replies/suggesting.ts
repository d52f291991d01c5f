import { allows } from '../core/disclosure/claims.ts';
import type { Release } from '../core/disclosure/release.ts';
import type { LatticeNode } from '../core/disclosure/lattice.ts';
import { suggestionsAt, type Suggestion, type WaveBefore } from '../core/loop/suggestions.ts';
import { comparabilityOf } from '../core/statistics/waves.ts';
import { createReleases, type ReleaseEntry } from '../storage/releases.ts';
import type { SignedIn } from '../web/access.ts';
import { createReadableReleases } from '../web/readable-releases.ts';
import type { Services } from '../web/services.ts';
import { createWaveKin } from '../web/wave-kin.ts';
import { createQuotations } from './released.ts';

/** A published release that findings may be made of, as somebody sees it. */
export interface Suggesting {
  entry: ReleaseEntry;
  release: Release;
}

export interface SuggestionDesk {
  /** Published releases that findings may be made of, the wave that began last first. */
  releases(me: SignedIn): Promise<Suggesting[]>;
  /** Places that suggestions are made for, in the order of the lattice. */
  places(release: Release): LatticeNode[];
  /** What the rules find at a place. */
  at(me: SignedIn, of: Suggesting, node: LatticeNode): Promise<Suggestion[]>;
}

const LOOKED_AT = ['authority', 'locality', 'cluster'];

/** Gathers what suggestions are made from: a release, and that of the wave before of the same family. */
export function createSuggestionDesk({ database }: Pick<Services, 'database'>): SuggestionDesk {
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const kin = createWaveKin(database);
  const quotations = createQuotations(database);

  async function open(me: SignedIn, entry: ReleaseEntry): Promise<Suggesting[]> {
    const opened = await readable.open(entry.id, me);
    return opened && allows(opened.release, 'finding') ? [{ entry, release: opened.release }] : [];
  }

  async function waveBefore(me: SignedIn, { entry, release }: Suggesting): Promise<WaveBefore | undefined> {
    const kinOf = await kin.of(me.authorityId);
    const published = await releases.published(me.authorityId);
    for (const other of published.filter(({ waveId }) => kinOf(waveId) === kinOf(entry.waveId))) {
      const [then] = await open(me, other);
      if (then && then.release.wave.startsOn < release.wave.startsOn) return comparable(release, then.release);
    }
    return undefined;
  }

  async function comparable(now: Release, then: Release): Promise<WaveBefore> {
    const same = new Set<string>();
    for (const band of now.bands) {
      for (const { id } of now.items.filter(({ kind }) => kind === 'indicator')) {
        const one = { band, asked: await quotations.asked(now, band.id, id) };
        const other = { band: then.band(band.id), asked: await quotations.asked(then, band.id, id) };
        // A change is suggested only where nothing was reworded, not even with care.
        if (comparabilityOf(one, other) === 'same') same.add(`${band.id}|${id}`);
      }
    }
    return { release: then, askedTheSame: (band, item) => same.has(`${band}|${item}`) };
  }

  return {
    async releases(me) {
      const published = await releases.published(me.authorityId);
      return (await Promise.all(published.map((entry) => open(me, entry)))).flat();
    },
    places: (release) => release.nodes.filter(({ kind }) => LOOKED_AT.includes(kind)),
    at: async (me, of, node) => suggestionsAt(of.release, node, await waveBefore(me, of)),
  };
}
