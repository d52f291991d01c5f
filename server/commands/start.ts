import { buildApp } from '../app.ts';
import { StartError } from '../errors.ts';
import { readSettings, type Settings } from '../settings.ts';
import { openDatabase } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import { openSecrets } from '../storage/secrets.ts';
import { loadLanguages } from '../web/language.ts';
import type { Services } from '../web/services.ts';

/** Starts the server: settings, database, secrets, app, listen; and closes it again when asked to. */
export async function start(environment: Record<string, string | undefined>): Promise<void> {
  const settings = readSettings(environment);
  const services = await openServices(settings);
  const app = await buildApp(services);
  const address = await listen(app, settings);
  console.log(`Heard is at ${address}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void app.close().then(() => services.database.close()));
  }
}

/** Opens what a server or a command needs, with the database in its newest shape. */
export async function openServices(settings: Settings): Promise<Services> {
  const database = openDatabase(settings.databaseUrl);
  await migrate(database);
  const secrets = openSecrets(settings.secretsFolder, settings.codeKey);
  return { settings, database, secrets, languages: loadLanguages(), clock: () => new Date().toISOString() };
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
