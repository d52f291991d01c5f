import type { Services } from '../web/services.ts';

const ATTEMPTS = 60;
const PAUSE_MILLISECONDS = 500;

/**
 * Leaves nothing on the disk of what was deleted: the file is written anew and the log emptied, waiting for readers such as
 * a backup.
 * @throws if that cannot be done; whatever needs it then goes on at the next start
 */
export async function eraseRemains(database: Services['database']): Promise<void> {
  let isRewritten = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    isRewritten ||= database.rewriteFile();
    if (isRewritten && database.truncateLog()) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
  throw new Error(
    'What was deleted could not be erased from the database in 30 s: something else is reading or writing it. End that and start the server again.',
  );
}
