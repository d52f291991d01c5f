import type { Kysely } from 'kysely';
import { livingReaders } from './living-readers.ts';
import { sha256 } from './releases.ts';
import type { Tables } from './tables.ts';

/** The tables whose rows a wave is set up with. */
const SET_UP = [
  'wave_bands',
  'wave_versions',
  'wave_schools',
  'wave_topics',
  'wave_replies',
  'wave_setup_parts',
] as const;

/**
 * Tells the setup of a wave from any other: its dates, bands, surveys, schools, topics, reply, readers and noted steps, whether
 * a rehearsal of it is under way, and the help contacts of its authority.
 * @returns a SHA-256
 */
export async function setupFingerprint(query: Kysely<Tables>, waveId: string): Promise<string> {
  const wave = await query
    .selectFrom('waves')
    .select(['authority_id', 'starts_on', 'ends_on'])
    .where('id', '=', waveId)
    .executeTakeFirstOrThrow();
  const of: Record<string, unknown> = { dates: [wave.starts_on, wave.ends_on] };
  for (const table of SET_UP)
    of[table] = sorted(await query.selectFrom(table).selectAll().where('wave_id', '=', waveId).execute());
  of['readers'] = sorted(await livingReaders(query, waveId).execute());
  const underWay = query.selectFrom('rehearsals').select('rehearsal_id').where('ended_at', 'is', null);
  of['rehearsals'] = sorted(await underWay.where('wave_id', '=', waveId).execute());
  const contacts = query.selectFrom('help_contacts').select(['level', 'position', 'phone', 'web', 'words']);
  of['contacts'] = sorted(await contacts.where('authority_id', '=', wave.authority_id).execute());
  return sha256(JSON.stringify(of));
}

/** Rows in an order that does not hang on how the database found them. */
const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();
