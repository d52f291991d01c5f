import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/*
 * Which tables hold what of a wave, and deleting that. Rows that depend on others stand before them. A table that
 * comes to the house later has to be put into one of these lists; a test looks whether one was forgotten.
 */

/** How rows are tied to their wave: by its id, by the text that they are about, or by the quote. */
type Tie = 'wave' | 'text' | 'quote';

interface WaveTable {
  name: keyof Tables;
  /** A column that tells rows apart, or some of them at a time. */
  key: string;
  tie: Tie;
}

/** What people answered and wrote, and everything that let them do so: a row of these is about one person. */
export const PERSONAL_TABLES: readonly WaveTable[] = [
  { name: 'text_quote_approvals', key: 'quote_id', tie: 'quote' },
  { name: 'text_quotes', key: 'id', tie: 'text' },
  { name: 'text_confirmations', key: 'text_id', tie: 'text' },
  { name: 'text_coding_themes', key: 'text_id', tie: 'text' },
  { name: 'text_codings', key: 'text_id', tie: 'text' },
  { name: 'sent_texts', key: 'text_id', tie: 'text' },
  { name: 'text_readings', key: 'text_id', tie: 'text' },
  { name: 'written_texts', key: 'id', tie: 'wave' },
  { name: 'text_routes', key: 'id', tie: 'wave' },
  { name: 'text_themes', key: 'id', tie: 'wave' },
  { name: 'responses', key: 'id', tie: 'wave' },
  { name: 'unlinked_records', key: 'id', tie: 'wave' },
  { name: 'open_responses', key: 'id', tie: 'wave' },
  { name: 'respondent_sessions', key: 'token_hash', tie: 'wave' },
  { name: 'draft_changes', key: 'number', tie: 'wave' },
  { name: 'drafts', key: 'code_hmac', tie: 'wave' },
  { name: 'attempts', key: 'token_hash', tie: 'wave' },
  { name: 'codes', key: 'hmac', tie: 'wave' },
];

/** What a wave is made of besides: it goes only with a rehearsal. */
export const OTHER_TABLES: readonly WaveTable[] = [
  { name: 'class_sessions', key: 'token_hash', tie: 'wave' },
  { name: 'class_openings', key: 'id', tie: 'wave' },
  { name: 'class_spares', key: 'wave_id', tie: 'wave' },
  { name: 'class_attendance', key: 'wave_id', tie: 'wave' },
  { name: 'class_sheets', key: 'link_hmac', tie: 'wave' },
  { name: 'opt_outs', key: 'wave_id', tie: 'wave' },
  { name: 'fieldwork_counters', key: 'wave_id', tie: 'wave' },
  { name: 'wave_tallies', key: 'wave_id', tie: 'wave' },
  { name: 'text_sorting_ends', key: 'wave_id', tie: 'wave' },
  { name: 'wave_links', key: 'token', tie: 'wave' },
  { name: 'wave_topics', key: 'wave_id', tie: 'wave' },
  { name: 'wave_readers', key: 'wave_id', tie: 'wave' },
  { name: 'wave_replies', key: 'wave_id', tie: 'wave' },
  { name: 'wave_rolls', key: 'id', tie: 'wave' },
  { name: 'wave_memberships', key: 'wave_id', tie: 'wave' },
  { name: 'wave_setup_parts', key: 'wave_id', tie: 'wave' },
  { name: 'wave_postponements', key: 'id', tie: 'wave' },
  { name: 'wave_closings', key: 'wave_id', tie: 'wave' },
  { name: 'wave_openings', key: 'wave_id', tie: 'wave' },
  { name: 'wave_bands', key: 'wave_id', tie: 'wave' },
  { name: 'wave_versions', key: 'wave_id', tie: 'wave' },
  { name: 'wave_schools', key: 'wave_id', tie: 'wave' },
];

/** What a rehearsal never has, since nothing of it is released, retained or proved. */
export const NEVER_OF_A_REHEARSAL: readonly (keyof Tables)[] = [
  'releases',
  'release_jobs',
  'text_releases',
  'rehearsals',
  'answer_deletions',
  'closing_proofs',
];

/** Rows a transaction: few enough that a pupil's answer waits for less than 20 ms. */
const CHUNK = 200;

/** How many rows of each table. */
export type RowCounts = Record<string, number>;

export interface WaveRows {
  /** Deletes what is personal of a wave, in small transactions. Can be run again. @returns rows deleted by table */
  deletePersonal(waveId: string): Promise<RowCounts>;
  /** Deletes a wave whole. Only the wave of a rehearsal may go. @returns rows deleted by table */
  deleteWave(waveId: string): Promise<RowCounts>;
  /** Rows that are there, by table, counted anew. */
  countPersonal(waveId: string): Promise<RowCounts>;
}

export function createWaveRows({ query }: Database): WaveRows {
  async function count({ name, tie }: WaveTable, waveId: string): Promise<number> {
    const { rows } = await sql<{ rows: number }>`
      select cast(count(*) as integer) as rows from ${sql.table(name)} where ${tied(tie, waveId)}`.execute(query);
    return Number(rows[0]?.rows ?? 0);
  }

  async function deleteFrom({ name, key, tie }: WaveTable, waveId: string): Promise<number> {
    let deleted = 0;
    for (;;) {
      const keys = sql`select ${sql.ref(key)} from ${sql.table(name)} where ${tied(tie, waveId)} limit ${CHUNK}`;
      const { numAffectedRows = 0n } = await sql`
        delete from ${sql.table(name)} where ${sql.ref(key)} in (${keys}) and ${tied(tie, waveId)}`.execute(query);
      deleted += Number(numAffectedRows);
      if (numAffectedRows === 0n) return deleted;
      await nextTurn();
    }
  }

  async function deleteAll(tables: readonly WaveTable[], waveId: string): Promise<RowCounts> {
    const counts: RowCounts = {};
    for (const table of tables) counts[table.name] = await deleteFrom(table, waveId);
    return counts;
  }

  return {
    deletePersonal: (waveId) => deleteAll(PERSONAL_TABLES, waveId),
    async deleteWave(waveId) {
      const counts = await deleteAll([...PERSONAL_TABLES, ...OTHER_TABLES], waveId);
      await query.deleteFrom('waves').where('id', '=', waveId).execute();
      return counts;
    },
    async countPersonal(waveId) {
      const counts: RowCounts = {};
      for (const table of PERSONAL_TABLES) counts[table.name] = await count(table, waveId);
      return counts;
    },
  };
}

function tied(tie: Tie, waveId: string): RawBuilder<unknown> {
  const texts = sql`select id from written_texts where wave_id = ${waveId}`;
  if (tie === 'wave') return sql`wave_id = ${waveId}`;
  if (tie === 'text') return sql`text_id in (${texts})`;
  return sql`quote_id in (select id from text_quotes where text_id in (${texts}))`;
}
