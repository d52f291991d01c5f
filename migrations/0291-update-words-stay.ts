import { type Kysely } from 'kysely';
import { refuseChanges } from '../server/storage/append-only.ts';

/** Nor are the words of an update ever others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseChanges(db, 'reply_update_words');
}
