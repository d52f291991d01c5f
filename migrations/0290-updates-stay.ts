import { type Kysely } from 'kysely';
import { refuseChanges } from '../server/storage/append-only.ts';

/** An update never rewrites the past: it is added. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseChanges(db, 'reply_updates');
}
