import { StartError } from '../errors.ts';
import { readSettings } from '../settings.ts';
import { backUp } from '../storage/backups.ts';

/*
 * `npm run backup -- FILE`: the database as it is now, in one file, while the server runs. Unfinished drafts and sessions
 * are left out, and so are the secrets: keep a copy of their folder elsewhere, under another lock.
 */

const USAGE = `npm run backup -- FILE
FILE  where the backup goes; it must not exist yet`;

try {
  const [target, ...others] = process.argv.slice(2);
  if (target === undefined || target.startsWith('-') || others.length > 0) throw new StartError(USAGE);
  const { tables, rows, codesUnstarted } = backUp(readSettings(process.env).databaseUrl, target);
  console.log(`${target} holds ${rows} rows of ${tables} tables. Drafts and sessions were left out.`);
  if (codesUnstarted > 0) console.log(`${codesUnstarted} codes whose drafts were left out can be used anew there.`);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
