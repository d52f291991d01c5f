import type { Services } from '../web/services.ts';

/** Empties the log, waiting for readers such as a backup. @throws if it cannot be emptied; whatever needs it then goes on at the next start */
export async function emptyLog(database: Services['database']): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (database.truncateLog()) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(
    'The log of the database could not be emptied in 30 s: something else is reading it. End that and start the server again.',
  );
}
