import { AUTHORITY } from '../../core/disclosure/lattice.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { publicRate } from '../../core/loop/finding.ts';
import type { ReleaseSource, WaveFacts } from '../../core/loop/annual/facts.ts';
import { isWithin, type Period } from '../../core/loop/annual/period.ts';
import { leftOutOf } from '../../core/statistics/left-out.ts';
import { bandName } from '../../core/survey/stage.ts';
import { createReleases, type ReleaseEntry } from '../../storage/releases.ts';
import { createWaves, type Wave } from '../../storage/waves.ts';
import { createReadableReleases } from '../../web/readable-releases.ts';
import type { Services } from '../../web/services.ts';

/** Waves whose last day lies in a period, the earliest first, with the rates of the release that stands. */
export async function gatherWaves(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  authorityId: string,
  period: Period,
): Promise<WaveFacts[]> {
  const published = await createReleases(database).published(authorityId);
  const readable = createReadableReleases(database);
  const today = clock().slice(0, 10);
  const over = (await createWaves(database).list(authorityId)).filter(
    ({ state, endsOn }) => isWithin(endsOn, period) && (state === 'closed' || endsOn < today),
  );
  const found = over.map(async (wave): Promise<WaveFacts> => {
    const entry = published.find(({ waveId }) => waveId === wave.id);
    const opened = entry && (await readable.open(entry.id, 'everybody'));
    return waveFacts(wave, opened);
  });
  return (await Promise.all(found)).toSorted((one, other) => (one.endsOn < other.endsOn ? -1 : 1));
}

function waveFacts(
  { id, name, startsOn, endsOn }: Wave,
  opened: { entry: ReleaseEntry; release: Release } | undefined,
): WaveFacts {
  const wave = { id, name, startsOn, endsOn };
  if (!opened) return { ...wave, release: null, reached: 'roll', rates: [], leftOut: [] };
  const { entry, release } = opened;
  return {
    ...wave,
    release: releaseSource(entry),
    reached: release.reached,
    rates: ratesOf(release),
    leftOut: leftOutOf(release),
  };
}

/** Rates of the whole authority that everybody may see: never that of one school. */
function ratesOf(release: Release): WaveFacts['rates'] {
  if (release.reached === 'open') return [];
  return release.bands.flatMap((band) => {
    const rate = publicRate(release, AUTHORITY, band);
    return rate ? [{ band: bandName(band), answered: rate.answered, roll: rate.roll, share: rate.share }] : [];
  });
}

export function releaseSource({ id, waveName, sha256, approvedAt, madeAt }: ReleaseEntry): ReleaseSource {
  return { is: 'release', id, wave: waveName, sha256, publishedOn: (approvedAt ?? madeAt).slice(0, 10) };
}
