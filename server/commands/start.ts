import { buildApp } from '../app.ts';
import { closeAgain, resumeClosings } from '../fieldwork/close-wave.ts';
import { endLateRehearsals } from '../fieldwork/rehearse.ts';
import { deleteDueAnswers, deleteRestoredAnswers } from '../fieldwork/retention.ts';
import { StartError } from '../errors.ts';
import { endLateSorting } from '../respond/late-sorting.ts';
import { deleteDueForums } from '../studio/forum/forum-retention.ts';
import { readSettings, type Settings } from '../settings.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { lockServer } from '../storage/server-lock.ts';
import { createWrittenTexts } from '../storage/written-texts.ts';
import { createWaves } from '../storage/waves.ts';
import type { Services } from '../web/services.ts';
import { keepTickShape } from '../web/tick-shape.ts';
import { demonstrationLines, seedDemonstration } from './seed.ts';
import type { Seeded } from './seed/open-waves.ts';
import { openServices } from './services.ts';

/** Starts the server: settings, database, secrets, app, listen; and closes it again when asked to. */
export async function start(environment: Record<string, string | undefined>): Promise<void> {
  keepTickShape();
  const settings = readSettings(environment);
  const lock = lockServer(settings.databaseUrl);
  const services = await openServices(settings);
  // Before anything else: what a backup has brought back was promised to be gone.
  await deleteRestoredAnswers(services);
  await closeAgain(services);
  await refuseLostSecrets(services);
  await createWrittenTexts(services.database, services.secrets).endRestoredTexts(services.clock());
  await refuseLostTexts(services);
  await resumeClosings(services);
  await endLateSorting(services);
  keepSortingInTime(services);
  await endLateRehearsals(services);
  await deleteDueAnswers(services, { mayClose: true });
  await deleteDueForums(services);
  keepRetentionInTime(services);
  const app = await buildApp(services);
  const seeded = wantsDemonstration(settings) ? await seedNewDatabase(services) : undefined;
  const address = await listen(app, settings);
  await app.releaseJobs.resume();
  console.log(`Heard is at ${address}`);
  if (wantsDemonstration(settings)) console.log(demonstrationLines(address, seeded).join('\n'));
  async function stop(): Promise<void> {
    await app.close();
    await services.database.close();
    lock.release();
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop());
  }
}

/** Passwords that everybody knows are not put where the public can reach them, unless somebody says so. */
function wantsDemonstration({ seedDemonstration: wanted, behindHttps }: Settings): boolean {
  return wanted === 'yes' || (wanted === 'auto' && !behindHttps);
}

async function seedNewDatabase(services: Services): Promise<Seeded | undefined> {
  if ((await createAuthorities(services.database).list()).length > 0) return undefined;
  console.log('Filling the new database with the demonstration (about a minute) …');
  return seedDemonstration(services);
}

/** An open wave without its secret can neither read nor take answers, so the server does not start. */
async function refuseLostSecrets({ database, secrets, settings }: Services): Promise<void> {
  for (const wave of await createWaves(database).unfinished()) {
    if (wave.state === 'open' && !secrets.hasWaveSecret(wave.id)) {
      throw new StartError(
        `The secret of the open wave "${wave.name}" is missing: expected the file ${settings.secretsFolder}/wave-${wave.id}. Put it back; without it unfinished answers cannot be read.`,
      );
    }
  }
}

/** Texts that their readers have not read yet must not get lost in silence. */
async function refuseLostTexts({ database, secrets, settings }: Services): Promise<void> {
  const [wave] = await createWrittenTexts(database, secrets).wavesWithLostTexts();
  if (wave === undefined) return;
  throw new StartError(
    `The secret of texts that wait for their readers is missing: expected the file ${settings.secretsFolder}/texts-${wave}. Put it back; without it what young people wrote cannot be read.`,
  );
}

const AN_HOUR = 60 * 60 * 1000;

/** Words that may be kept no longer go while the server runs, not at its next start. */
function keepSortingInTime(services: Services): void {
  const end = () => endLateSorting(services).catch((error: unknown) => console.error(error));
  setInterval(() => void end(), AN_HOUR).unref();
}

/** Answers go on the day that was promised, and rehearsals after their last one, while the server runs, not at its next start. */
function keepRetentionInTime(services: Services): void {
  async function deleteDue(): Promise<void> {
    await endLateRehearsals(services);
    await deleteDueAnswers(services, { mayClose: true });
    await deleteDueForums(services);
  }
  setInterval(() => void deleteDue().catch((error: unknown) => console.error(error)), AN_HOUR).unref();
}

async function listen(app: Awaited<ReturnType<typeof buildApp>>, { host, port }: Settings): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    const reason =
      code === 'EADDRINUSE'
        ? `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start.`
        : `Heard cannot listen on ${host}:${port} (${code}). Choose another HOST or PORT.`;
    throw new StartError(reason);
  }
}
