import { createAnswerDeletions, type DeletionReport, type DueWave } from '../storage/answer-deletions.ts';
import { createAudit } from '../storage/audit.ts';
import { createClosings } from '../storage/closings.ts';
import { openDeletionList } from '../storage/deletion-list.ts';
import { createWaveRows } from '../storage/wave-rows.ts';
import { createWaves } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { closeWave } from './close-wave.ts';
import { eraseRemains } from './erase-remains.ts';

/*
 * Deleting the answers of waves whose time is over, and showing that nothing is left. Releases stay: they are
 * anonymous. What is deleted is written down beside the secrets first, so that a backup cannot bring it back.
 */

/** What became of a wave whose time is over. */
export type DeletionOutcome =
  | { waveId: string; dueOn: string; outcome: 'deleted'; report: DeletionReport }
  /** It is still open and somebody else runs the server, or a release is being made of it: another time. */
  | { waveId: string; dueOn: string; outcome: 'still-open' | 'being-released' };

/**
 * Deletes all answers whose time is over. Can be run again; what was cut off goes on.
 * @param mayClose whether a wave that is still open is closed first: only the server itself may, which holds its drafts
 */
export async function deleteDueAnswers(
  services: Services,
  { mayClose }: { mayClose: boolean },
): Promise<DeletionOutcome[]> {
  const { database, clock } = services;
  const deletions = createAnswerDeletions(database);
  const waves = createWaves(database);
  const outcomes: DeletionOutcome[] = [];
  for (const due of await deletions.due(clock().slice(0, 10))) {
    const wave = await waves.find(due.waveId);
    if (!wave) continue;
    if (wave.state !== 'closed' && !mayClose) outcomes.push({ ...due, outcome: 'still-open' });
    else if (await deletions.isBeingReleased(due.waveId)) outcomes.push({ ...due, outcome: 'being-released' });
    else {
      if (wave.state === 'open') await closeWave(services, wave, null);
      outcomes.push({ ...due, outcome: 'deleted', report: await deleteAnswers(services, due, false) });
    }
  }
  return outcomes;
}

/**
 * Deletes again what was deleted before and has come back with a backup, before anybody is served. A wave that the
 * backup holds as open is closed: its secret is gone, so nothing in it could be read.
 */
export async function deleteRestoredAnswers(services: Services): Promise<DeletionOutcome[]> {
  const { database, settings } = services;
  const rows = createWaveRows(database);
  const waves = createWaves(database);
  const outcomes: DeletionOutcome[] = [];
  for (const listed of openDeletionList(settings.secretsFolder).all()) {
    const wave = await waves.find(listed.waveId);
    if (!wave) continue;
    const before = await rows.countPersonal(wave.id);
    const isRecorded = await createAnswerDeletions(database).isDeleted(wave.id);
    if (isRecorded && Object.values(before).every((count) => count === 0)) continue;
    const report = await deleteAnswers(services, listed, true);
    // Only now: what is noted of drafts could not be gathered without the secret.
    if (wave.state !== 'closed') await finishAsClosed(services, wave.id);
    outcomes.push({ ...listed, outcome: 'deleted', report });
  }
  return outcomes;
}

async function finishAsClosed({ database, secrets, clock }: Services, waveId: string): Promise<void> {
  const closings = createClosings(database, secrets, Math.random);
  await closings.begin(waveId, null, clock());
  await closings.forgetClasses(waveId);
  await closings.finish(waveId, clock());
}

async function deleteAnswers(services: Services, due: DueWave, afterRestore: boolean): Promise<DeletionReport> {
  const { database, secrets, settings, clock } = services;
  const deletions = createAnswerDeletions(database);
  const rows = createWaveRows(database);
  openDeletionList(settings.secretsFolder).add(due);
  const id = await deletions.begin(due, clock());
  const deleted = await rows.deletePersonal(due.waveId);
  secrets.destroyTextSecret(due.waveId);
  secrets.destroyWaveSecret(due.waveId);
  await eraseRemains(database);
  const report: DeletionReport = {
    deleted,
    left: await rows.countPersonal(due.waveId),
    logEmptied: database.truncateLog(),
    afterRestore,
  };
  await deletions.finish(id, report, clock());
  await createAudit(database).write({ at: clock(), accountId: null, action: 'answers-deleted', subject: due.waveId });
  return report;
}
