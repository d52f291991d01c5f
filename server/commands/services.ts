import type { Settings } from '../settings.ts';
import { openDatabase } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import { openSecrets } from '../storage/secrets.ts';
import { loadLanguages } from '../web/language.ts';
import type { Services } from '../web/services.ts';

/** Opens what a server or a command needs, with the database in its newest shape. */
export async function openServices(settings: Settings): Promise<Services> {
  const database = openDatabase(settings.databaseUrl);
  await migrate(database);
  const secrets = openSecrets(settings.secretsFolder, settings.codeKey);
  return { settings, database, secrets, languages: loadLanguages(), clock: () => new Date().toISOString() };
}
