import { type Kysely } from 'kysely';
import { refuseGaps } from '../server/storage/append-only.ts';

/** An entry of the record has the number after the last one: a made-up number would put all later ones far away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseGaps(db, 'audit_entries', 'sequence');
}
