import { latestCloseOver } from '../core/texts/sorting-time.ts';
import { createAudit } from '../storage/audit.ts';
import { createTextSorting } from '../storage/text-sorting.ts';
import { createWrittenTexts } from '../storage/written-texts.ts';
import type { Services } from '../web/services.ts';

/**
 * Ends sorting where its time is over: words, codings and quotes are deleted for good, a text release that was made by
 * then stays. Goes on with an end that was cut off. Can be run again without harm.
 */
export async function endLateSorting({
  database,
  secrets,
  clock,
}: Pick<Services, 'database' | 'secrets' | 'clock'>): Promise<void> {
  const sorting = createTextSorting(database);
  const texts = createWrittenTexts(database, secrets);
  const now = clock();
  for (const waveId of await sorting.closedBy(latestCloseOver(now))) {
    await sorting.end(waveId, now);
    await createAudit(database).write({ at: now, accountId: null, action: 'text-sorting-ended', subject: waveId });
  }
  for (const waveId of await sorting.endedWithWords()) await texts.settleTexts(waveId);
}
