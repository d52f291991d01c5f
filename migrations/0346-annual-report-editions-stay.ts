import { type Kysely } from 'kysely';
import { refuseChanges } from '../server/storage/append-only.ts';

/** What was published never changes; what is to be put right is a further edition. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseChanges(db, 'annual_report_editions');
}
