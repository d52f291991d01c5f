import { randomInt } from 'node:crypto';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import { createAudit } from '../storage/audit.ts';
import { createClosings } from '../storage/closings.ts';
import { createRehearsals } from '../storage/rehearsals.ts';
import { createWaveRows } from '../storage/wave-rows.ts';
import { createWaves, type Wave } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { eraseRemains } from './erase-remains.ts';
import type { WaveFacts } from './wave-facts.ts';

/** Days that a rehearsal stands open, unless it is ended before. */
const OPEN_FOR = 28;
const A_DAY = 86_400_000;

/**
 * Begins the rehearsal of a wave that is not open: a wave of its own, open at once.
 * @param name what its wave is called
 * @returns its id, 'under-way' if there is one already, or 'wave-open' if the wave was opened meanwhile
 */
export async function beginRehearsal(
  { database, secrets, clock }: Services,
  { wave, asked }: Pick<WaveFacts, 'wave' | 'asked'>,
  name: string,
  begunBy: string,
): Promise<{ id: string } | 'under-way' | 'wave-open'> {
  const now = clock();
  const endsOn = new Date(Date.parse(now) + OPEN_FOR * A_DAY).toISOString().slice(0, 10);
  const begun = await createRehearsals(database).begin(
    wave.id,
    { name, startsOn: now.slice(0, 10), endsOn, asked },
    begunBy,
    now,
  );
  if (typeof begun === 'string') return begun;
  // The secret comes first: a wave without one could take no answer.
  secrets.createWaveSecret(begun.id);
  await createWaves(database).open(begun.id, begunBy, now);
  await createAudit(database).write({ at: now, accountId: begunBy, action: 'rehearsal-begun', subject: wave.id });
  return begun;
}

/** Ends a rehearsal: no answer is taken any more, and everything of it is deleted. Goes on with an end that was cut off. */
export async function endRehearsal(services: Services, rehearsal: Wave, endedBy: string | null): Promise<void> {
  const { database, secrets, clock } = services;
  const rehearsals = createRehearsals(database);
  const closings = createClosings(database, secrets, () => randomInt(2 ** 32) / 2 ** 32);
  await closings.begin(rehearsal.id, endedBy, clock());
  // What is noted of its drafts could not be gathered once its secret is gone.
  if (secrets.hasWaveSecret(rehearsal.id)) await closings.gatherDrafts();
  const found = await rehearsals.find(rehearsal.id);
  if (found?.endedAt === null) await rehearsals.end(rehearsal.id, await rehearsals.sentSoFar(rehearsal.id), clock());
  secrets.destroyWaveSecret(rehearsal.id);
  secrets.destroyTextSecret(rehearsal.id);
  await createWaveRows(database).deleteWave(rehearsal.id);
  await eraseRemains(database);
  const subject = rehearsal.rehearsalOf ?? rehearsal.id;
  await createAudit(database).write({ at: clock(), accountId: endedBy, action: 'rehearsal-ended', subject });
}

/** Ends every rehearsal whose last day is over: nobody may forget it, and nothing of it stays. */
export async function endLateRehearsals(services: Services): Promise<void> {
  const today = schoolDate(services.clock());
  const unfinished = await createWaves(services.database).unfinished();
  for (const wave of unfinished.filter(({ rehearsalOf, endsOn }) => rehearsalOf !== null && endsOn < today))
    await endRehearsal(services, wave, null);
}

/** Ends what is rehearsed of a wave, which opens. */
export async function endRehearsalsOf(services: Services, waveId: string, endedBy: string): Promise<void> {
  const waves = createWaves(services.database);
  for (const { id, endedAt } of await createRehearsals(services.database).ofWave(waveId)) {
    const wave = endedAt === null ? await waves.find(id) : undefined;
    if (wave) await endRehearsal(services, wave, endedBy);
  }
}
