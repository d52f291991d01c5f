import type { CodedText } from '../core/texts/text-release.ts';
import type { Database } from './database.ts';
import { hasEnded, sortableTexts } from './text-sorting.ts';

/** What still keeps a text release from being made. */
export interface SortingProgress {
  /** Whether every text of the wave was read. */
  read: boolean;
  /** Whether two people have looked at every text that can be sorted. */
  coded: boolean;
  /** Whether sorting has ended, and with it everything that a text release is made from. */
  ended: boolean;
}

/** What was sorted, for whoever makes a text release: exact, and without any words. */
export interface CodedTexts {
  /** Waves of an authority that have themes, or had them. */
  waves(authorityId: string): Promise<string[]>;
  progress(waveId: string): Promise<SortingProgress>;
  /** Every text that two people have sorted. */
  ofWave(waveId: string): Promise<CodedText[]>;
}

export function createCodedTexts({ query }: Database): CodedTexts {
  return {
    async waves(authorityId) {
      const rows = await query
        .selectFrom('waves')
        .select('waves.id')
        .where('authority_id', '=', authorityId)
        .where((where) =>
          where.or([
            where.exists(where.selectFrom('text_themes').select('id').whereRef('wave_id', '=', 'waves.id')),
            where.exists(where.selectFrom('text_sorting_ends').select('wave_id').whereRef('wave_id', '=', 'waves.id')),
          ]),
        )
        .orderBy('starts_on', 'desc')
        .orderBy('name')
        .execute();
      return rows.map(({ id }) => id);
    },
    async progress(waveId) {
      const unread = query
        .selectFrom('written_texts')
        .leftJoin('text_readings', 'text_id', 'written_texts.id')
        .select('written_texts.id')
        .where('wave_id', '=', waveId)
        .where('text_id', 'is', null)
        .limit(1);
      const uncoded = sortableTexts(query)
        .leftJoin('text_confirmations', 'text_confirmations.text_id', 'written_texts.id')
        .select('written_texts.id')
        .where('written_texts.wave_id', '=', waveId)
        .where('text_confirmations.text_id', 'is', null)
        .limit(1);
      return {
        read: (await unread.executeTakeFirst()) === undefined,
        coded: (await uncoded.executeTakeFirst()) === undefined,
        ended: await hasEnded(query, waveId),
      };
    },
    async ofWave(waveId) {
      const texts = sortableTexts(query)
        .innerJoin('text_confirmations', 'text_confirmations.text_id', 'written_texts.id')
        .where('written_texts.wave_id', '=', waveId);
      const rows = await texts.select(['written_texts.id', 'question_id as question', 'band_id as band']).execute();
      const themes = await texts
        .innerJoin('text_coding_themes', 'text_coding_themes.text_id', 'written_texts.id')
        .select(['written_texts.id', 'theme_id as theme'])
        .execute();
      const themesOf = Map.groupBy(themes, ({ id }) => id);
      return rows.map(({ id, question, band }) => ({
        question,
        band,
        themes: (themesOf.get(id) ?? []).map(({ theme }) => theme),
      }));
    },
  };
}
