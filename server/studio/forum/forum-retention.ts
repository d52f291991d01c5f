import { createAudit } from '../../storage/audit.ts';
import { createForumEndings } from '../../storage/forum-endings.ts';
import type { Services } from '../../web/services.ts';

const DAY = 86_400_000;

/** When what was written in a forum that ended then is deleted, as ISO-8601 text. */
export function deletedOn(endedAt: string, days: number): string {
  return new Date(Date.parse(endedAt) + days * DAY).toISOString();
}

/**
 * Deletes the words, names and pass-phrases of forums that ended as long ago as the setting says. Can be run again at any
 * time; a forum that a backup brought back is deleted again.
 * @returns ids of the forums
 */
export async function deleteDueForums({ database, settings, clock }: Services): Promise<string[]> {
  const endings = createForumEndings(database);
  const due = await endings.due(new Date(Date.parse(clock()) - settings.forumDays * DAY).toISOString());
  for (const { forumId } of due) {
    await endings.deleteForum(forumId, clock());
    await createAudit(database).write({ at: clock(), accountId: null, action: 'forum-deleted', subject: forumId });
  }
  // What is deleted is overwritten in the file; only the log may still hold it. Somebody may read it just now: then later.
  if (due.length > 0) database.truncateLog();
  return due.map(({ forumId }) => forumId);
}
