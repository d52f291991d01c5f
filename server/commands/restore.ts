import { StartError } from '../errors.ts';
import { readSettings } from '../settings.ts';
import { restore } from '../storage/backups.ts';
import { lockServer } from '../storage/server-lock.ts';

/*
 * `npm run restore -- FILE`: puts a backup in the place of the database, while no server runs. What was there is moved
 * aside. At the next start waves that were closed since are closed again, and what was deleted for good is deleted again.
 */

const USAGE = `npm run restore -- FILE
FILE  a backup that npm run backup wrote`;

try {
  const [backup, ...others] = process.argv.slice(2);
  if (backup === undefined || backup.startsWith('-') || others.length > 0) throw new StartError(USAGE);
  const { databaseUrl } = readSettings(process.env);
  const lock = lockServer(databaseUrl);
  const { movedTo } = restore(backup, databaseUrl, new Date().toISOString());
  lock.release();
  console.log(`${databaseUrl} is the backup ${backup} now. Start the server: it finishes what was decided since.`);
  if (movedTo !== null) {
    console.log(`What was there is ${movedTo}, with everybody's data in it: delete it once you are sure.`);
  }
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
