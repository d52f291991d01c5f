import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database.ts';
import { NO_WORDS } from './sealed-words.ts';
import type { Tables } from './tables.ts';

/*
 * How long words are kept to be sorted into themes. A wave that has themes keeps what was sent and raised no concern
 * after its close, until its text release is approved or the time for it is over; then nothing of the sorting stays.
 */

/**
 * Texts that can be sorted: sent, read without concern, with words, to a question that has themes. What was passed on
 * is never among them: its route names a school, and neither words nor themes may stand beside it.
 */
export function sortableTexts(query: Kysely<Tables>) {
  return query
    .selectFrom('written_texts')
    .innerJoin('sent_texts', 'sent_texts.text_id', 'written_texts.id')
    .innerJoin('text_readings', 'text_readings.text_id', 'written_texts.id')
    .where('outcome', '=', 'no-concern')
    .where('body', '!=', NO_WORDS)
    .where((where) =>
      where.exists(
        where
          .selectFrom('text_themes')
          .select('text_themes.id')
          .whereRef('text_themes.wave_id', '=', 'written_texts.wave_id')
          .whereRef('text_themes.question_id', '=', 'written_texts.question_id'),
      ),
    );
}

/** Whether a wave keeps words to be sorted. */
export async function isSorted(query: Kysely<Tables>, waveId: string): Promise<boolean> {
  const theme = query.selectFrom('text_themes').select('id').where('wave_id', '=', waveId).limit(1);
  return (await theme.executeTakeFirst()) !== undefined && !(await hasEnded(query, waveId));
}

/** Whether nothing more is sorted in a wave. */
export async function hasEnded(query: Kysely<Tables>, waveId: string): Promise<boolean> {
  const end = query.selectFrom('text_sorting_ends').select('wave_id').where('wave_id', '=', waveId);
  return (await end.executeTakeFirst()) !== undefined;
}

/** Deletes everything finer than a text release that sorting has left: who had which themes, quotes, themes. */
export async function endSorting(trx: Transaction<Tables>, waveId: string, at: string): Promise<void> {
  await trx
    .insertInto('text_sorting_ends')
    .values({ wave_id: waveId, ended_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const texts = trx.selectFrom('written_texts').select('id').where('wave_id', '=', waveId);
  const quotes = trx.selectFrom('text_quotes').select('id').where('text_id', 'in', texts);
  await trx.deleteFrom('text_quote_approvals').where('quote_id', 'in', quotes).execute();
  await trx.deleteFrom('text_quotes').where('text_id', 'in', texts).execute();
  await trx.deleteFrom('text_confirmations').where('text_id', 'in', texts).execute();
  await trx.deleteFrom('text_coding_themes').where('text_id', 'in', texts).execute();
  await trx.deleteFrom('text_codings').where('text_id', 'in', texts).execute();
  await trx.deleteFrom('text_themes').where('wave_id', '=', waveId).execute();
}

/** The waves of which sorting is under way, from its first theme to its end. */
export interface TextSorting {
  /** When a wave was closed, null while it is not; undefined if nothing is sorted in it. */
  closedAt(waveId: string): Promise<string | null | undefined>;
  /** Waves closed at or before this time that still keep words to be sorted. */
  closedBy(at: string): Promise<string[]>;
  end(waveId: string, at: string): Promise<void>;
  /** Waves whose sorting has ended and that have words all the same: their end was cut off, or a text is unread. */
  endedWithWords(): Promise<string[]>;
}

export function createTextSorting({ query }: Database): TextSorting {
  const sorted = query
    .selectFrom('text_themes')
    .leftJoin('wave_closings', 'wave_closings.wave_id', 'text_themes.wave_id')
    .leftJoin('text_sorting_ends', 'text_sorting_ends.wave_id', 'text_themes.wave_id')
    .where('ended_at', 'is', null);
  return {
    async closedAt(waveId) {
      const row = await sorted.select('finished_at').where('text_themes.wave_id', '=', waveId).executeTakeFirst();
      return row && row.finished_at;
    },
    async closedBy(at) {
      const rows = await sorted.select('text_themes.wave_id').distinct().where('finished_at', '<=', at).execute();
      return rows.map((row) => row.wave_id);
    },
    async endedWithWords() {
      const rows = await query
        .selectFrom('text_sorting_ends')
        .innerJoin('written_texts', 'written_texts.wave_id', 'text_sorting_ends.wave_id')
        .select('text_sorting_ends.wave_id')
        .distinct()
        .where('body', '!=', NO_WORDS)
        .execute();
      return rows.map((row) => row.wave_id);
    },
    end: (waveId, at) => query.transaction().execute((trx) => endSorting(trx, waveId, at)),
  };
}
