import type { Transaction } from 'kysely';
import type { CodingTheme, ThemeTitle } from '../core/texts/text-release.ts';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import type { Tables } from './tables.ts';
import { hasEnded } from './text-sorting.ts';

/** A theme as its readers see it. */
export interface TextTheme extends CodingTheme {
  waveId: string;
  /** Goes up with every change of its title. */
  version: number;
  /** Whether a text has it; it cannot be removed then. */
  used: boolean;
}

/** What the texts of a question are sorted into: a list of its own for each wave and question. */
export interface TextThemes {
  /** In the order in which they were made. */
  ofWave(waveId: string): Promise<TextTheme[]>;
  find(id: string): Promise<TextTheme | undefined>;
  /**
   * Adds a theme to a question; 'done-already' if there is one with this English title. 'ended' if its words are gone:
   * a close deletes the words to questions without themes.
   */
  add(
    theme: { waveId: string; question: string; title: ThemeTitle },
    madeBy: string,
    at: string,
  ): Promise<'added' | 'done-already' | 'ended'>;
  /** Changes the title, unless somebody else did since this version, or another theme has it. */
  rename(id: string, title: ThemeTitle, version: number): Promise<'renamed' | 'stale' | 'done-already'>;
  /** Removes a theme that no text has, while its wave is not closed. */
  remove(id: string): Promise<'removed' | 'in-use' | 'done-already'>;
}

export function createTextThemes({ query }: Database): TextThemes {
  const themes = query
    .selectFrom('text_themes')
    .select(['id', 'wave_id as waveId', 'question_id as question', 'title_en as en', 'title_ar as ar', 'version'])
    .select((of) =>
      of
        .exists(of.selectFrom('text_coding_themes').select('theme_id').whereRef('theme_id', '=', 'text_themes.id'))
        .as('used'),
    );

  return {
    async ofWave(waveId) {
      const rows = await themes.where('wave_id', '=', waveId).orderBy('made_at').orderBy('id').execute();
      return rows.map(toTheme);
    },
    async find(id) {
      const row = await themes.where('id', '=', id).executeTakeFirst();
      return row && toTheme(row);
    },
    add: ({ waveId, question, title }, madeBy, at) =>
      query.transaction().execute(async (trx) => {
        if (!(await mayHaveThemes(trx, waveId, question))) return 'ended';
        const row = { id: newId(), wave_id: waveId, question_id: question, title_en: title.en, title_ar: title.ar };
        const added = await trx
          .insertInto('text_themes')
          .values({ ...row, version: 1, made_at: at, made_by: madeBy })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return added.numInsertedOrUpdatedRows === 1n ? 'added' : 'done-already';
      }),
    async rename(id, title, version) {
      try {
        const renamed = await query
          .updateTable('text_themes')
          .set({ title_en: title.en, title_ar: title.ar, version: version + 1 })
          .where('id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst();
        return renamed.numUpdatedRows === 1n ? 'renamed' : 'stale';
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
    },
    remove: (id) =>
      query.transaction().execute(async (trx) => {
        const theme = await trx.selectFrom('text_themes').select('wave_id').where('id', '=', id).executeTakeFirst();
        if (!theme) return 'done-already';
        const use = trx.selectFrom('text_coding_themes').select('text_id').where('theme_id', '=', id).limit(1);
        if ((await use.executeTakeFirst()) || (await isClosing(trx, theme.wave_id))) return 'in-use';
        await trx.deleteFrom('text_themes').where('id', '=', id).execute();
        return 'removed';
      }),
  };
}

function toTheme(row: {
  id: string;
  waveId: string;
  question: string;
  en: string;
  ar: string;
  version: number;
  used: unknown;
}): TextTheme {
  const { en, ar, used, ...rest } = row;
  return { ...rest, title: { en, ar }, used: Boolean(used) };
}

async function mayHaveThemes(trx: Transaction<Tables>, waveId: string, question: string): Promise<boolean> {
  if (await hasEnded(trx, waveId)) return false;
  if (!(await isClosing(trx, waveId))) return true;
  const theme = trx
    .selectFrom('text_themes')
    .select('id')
    .where('wave_id', '=', waveId)
    .where('question_id', '=', question)
    .limit(1);
  return (await theme.executeTakeFirst()) !== undefined;
}

async function isClosing(trx: Transaction<Tables>, waveId: string): Promise<boolean> {
  const closing = trx.selectFrom('wave_closings').select('wave_id').where('wave_id', '=', waveId);
  return (await closing.executeTakeFirst()) !== undefined;
}
