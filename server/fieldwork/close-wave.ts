import { randomInt } from 'node:crypto';
import { createAudit } from '../storage/audit.ts';
import { createClosings, type ClosingWave } from '../storage/closings.ts';
import { createClosingProofs } from '../storage/closing-proofs.ts';
import { createSurveys } from '../storage/surveys.ts';
import { createWrittenTexts } from '../storage/written-texts.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { eraseRemains } from './erase-remains.ts';
import { proveClosing } from './prove-closing.ts';
import { endRehearsal } from './rehearse.ts';

/** A shuffle must not be guessable, so it is drawn from the system's own randomness. */
const random = () => randomInt(2 ** 32) / 2 ** 32;

/**
 * Closes a wave for good: no more answers, drafts settled as each person chose, every row that could
 * tell an order rewritten, the log emptied, the wave's secret destroyed. Each step can be repeated, so
 * a close that was cut off goes on where it was.
 * @returns 'done-already' if somebody else had begun to close it
 */
export async function closeWave(
  services: Services,
  wave: Wave,
  closedBy: string | null,
): Promise<'closed' | 'done-already'> {
  const closings = createClosings(services.database, services.secrets, random);
  if ((await closings.begin(wave.id, closedBy, services.clock())) === 'done-already') return 'done-already';
  await finishClosing(services, wave);
  return 'closed';
}

/** Goes on with the closes, and the ends of rehearsals, that a stopped server left unfinished. */
export async function resumeClosings(services: Services): Promise<void> {
  const unfinished = await createWaves(services.database).unfinished();
  for (const wave of unfinished.filter((candidate) => candidate.state === 'closing')) {
    if (wave.rehearsalOf === null) await finishClosing(services, wave);
    else await endRehearsal(services, wave, null);
  }
}

/**
 * Closes what was closed before, where an older backup has it open: its secret was destroyed, so its answers are cut from
 * their codes for good, also here. Answers sent after the backup are not in it.
 */
export async function closeAgain(services: Services): Promise<void> {
  for (const wave of await createWaves(services.database).unfinished()) {
    // One that has a secret all the same is open now, whatever was closed under its id before.
    const isShut = services.secrets.wasClosed(wave.id) && !services.secrets.hasWaveSecret(wave.id);
    if (wave.state !== 'open' || !isShut) continue;
    if (wave.rehearsalOf === null) await closeWave(services, wave, null);
    else await endRehearsal(services, wave, null);
    const entry = { at: services.clock(), accountId: null, action: 'wave-closed', subject: wave.id } as const;
    await createAudit(services.database).write(entry);
  }
}

async function finishClosing(services: Services, wave: Wave): Promise<void> {
  const { database, secrets, clock } = services;
  const closings = createClosings(database, secrets, random);
  const surveys = createSurveys(database);
  const versions: ClosingWave['versions'] = new Map(
    (await Promise.all(wave.versionIds.map((id) => surveys.find(id))))
      .filter((version) => version !== undefined)
      .map((version) => [version.id, version]),
  );
  // Settling reads drafts, so it needs the secret; a close cut off after this step has none to settle.
  const closing = { id: wave.id, bands: wave.bands, way: wave.way, versions };
  await closings.settleDrafts(closing);
  await closings.coarsen(closing);
  const before = await createClosingProofs(database).idsOf(wave.id);
  await closings.rewrite(wave.id);
  await closings.forgetClasses(wave.id);
  await createWrittenTexts(database, secrets).settleTexts(wave.id);
  await eraseRemains(database);
  secrets.destroyWaveSecret(wave.id);
  await closings.finish(wave.id, clock());
  await proveClosing(services, wave.id, null, before);
}
