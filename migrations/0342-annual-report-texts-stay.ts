import { type Kysely } from 'kysely';
import { refuseChanges } from '../server/storage/append-only.ts';

/** Writing a section anew adds a version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseChanges(db, 'annual_report_texts');
}
