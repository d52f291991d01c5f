import { countedBy, type Counting } from '../core/disclosure/counting.ts';
import type { EarlierRelease } from '../core/disclosure/earlier-releases.ts';
import type { Membership } from '../core/disclosure/lattice.ts';
import type { Release } from '../core/disclosure/release.ts';
import type { ReleaseInput } from '../core/disclosure/release-input.ts';
import type { Database } from '../storage/database.ts';
import { createReleaseCorrections, type CorrectionDraft } from '../storage/release-corrections.ts';
import { createReleases } from '../storage/releases.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import { gatherInput } from './gather.ts';

/** What a correction is made from: answers, and every release of the wave that people have seen. */
export interface CorrectionInput {
  input: ReleaseInput;
  /** The first one first. */
  earlier: EarlierRelease[];
}

/** @throws if a release that it follows is gone */
export async function gatherCorrection(
  database: Database,
  wave: Wave,
  { corrects, counting }: Pick<CorrectionDraft, 'corrects' | 'counting'>,
): Promise<CorrectionInput> {
  const releases = createReleases(database);
  const chain = await createReleaseCorrections(database).chain(corrects);
  const shown = await Promise.all(
    chain.map(async ({ releaseId, counting: own }) => ({ release: await releases.open(releaseId), counting: own })),
  );
  const known = shown.map(({ release, counting: own }): { release: Release; counting: Counting } => {
    if (!release) throw new Error(`A release that ${corrects} follows is gone: expected it. Restore it from a backup.`);
    return { release, counting: own };
  });
  const gathered = await gatherInput(database, wave);
  const opened = { ...gathered, ...placesAtOpening(known[0]!.release, gathered) };
  return {
    input: countedBy(opened, counting),
    earlier: known.map(({ release, counting: own }) => ({
      input: countedBy(opened, own),
      text: release.text,
      sha256: release.sha256,
    })),
  };
}

/** Clusters and localities of a wave with the codes of their schools. */
export interface OpeningPlaces {
  clusters: Membership[];
  localities: Membership[];
}

/**
 * Places as the first release of a wave counted them: where schools lie may have been changed since.
 * @param today for what the release does not say: one locality alone is no place of it
 */
export function placesAtOpening(first: Release, today: Pick<ReleaseInput, 'clusters' | 'localities'>): OpeningPlaces {
  const of = (kind: 'cluster' | 'locality'): Membership[] =>
    first.nodes
      .filter((node) => node.kind === kind)
      .map(({ code, name, schools }) => ({ code, name, schools: [...schools] }));
  const localities = of('locality');
  return { clusters: of('cluster'), localities: localities.length > 0 ? localities : [...today.localities] };
}

/** The same for pages, which read no answers. @param release any published release of the wave */
export async function openingPlaces(database: Database, wave: Wave, releaseId: string): Promise<OpeningPlaces> {
  const waves = createWaves(database);
  const chain = await createReleaseCorrections(database).chain(releaseId);
  const first = await createReleases(database).open(chain[0]!.releaseId);
  const today = { clusters: await waves.memberships(wave.id), localities: await waves.localities(wave.id) };
  return first ? placesAtOpening(first, today) : today;
}
