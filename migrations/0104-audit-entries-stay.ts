import { type Kysely } from 'kysely';
import { refuseChanges } from '../server/storage/append-only.ts';

/** Entries of the record are added and never changed or deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseChanges(db, 'audit_entries');
}
