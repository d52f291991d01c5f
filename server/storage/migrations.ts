import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Migrator, type Migration } from 'kysely/migration';
import { StartError } from '../errors.ts';
import type { Database } from './database.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations');

/**
 * Brings the database to the newest shape, one file of migrations/ at a time.
 * @returns names of the migrations that ran, empty if the database was up to date
 * @throws StartError naming the migration that failed
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrator = new Migrator({ db: database.query, provider: { getMigrations: readMigrations } });
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find((result) => result.status === 'Error');
  if (error) {
    const where = failed ? `Migration ${failed.migrationName} failed` : 'The database cannot be migrated';
    const reason = error instanceof Error ? error.message : JSON.stringify(error);
    throw new StartError(`${where}: ${reason}. Restore a backup, or move the database away to start with a new one.`);
  }
  return (results ?? []).map((result) => result.migrationName);
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = readdirSync(FOLDER).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  const migrations: Record<string, Migration> = {};
  for (const name of files.toSorted()) {
    migrations[name.replace('.ts', '')] = (await import(pathToFileURL(join(FOLDER, name)).href)) as Migration;
  }
  return migrations;
}
