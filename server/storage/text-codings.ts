import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { sortableTexts } from './text-sorting.ts';

/** A text in the list of those to be sorted. */
export interface SortingEntry {
  id: string;
  questionId: string;
}

/** How far the texts of a wave are sorted, as one of its readers sees it. */
export interface SortingLists {
  /** Nobody has sorted them. */
  toCode: SortingEntry[];
  /** Somebody else has, and nobody has looked again. */
  toConfirm: SortingEntry[];
  /** This reader has, and somebody else has to look again. */
  waiting: SortingEntry[];
  /** Two people have: words for a quote may be proposed. */
  done: SortingEntry[];
  /** How many there are of each, however few are listed. */
  counts: Record<SortingList, number>;
}

export const SORTING_LISTS = ['toCode', 'toConfirm', 'waiting', 'done'] as const;
export type SortingList = (typeof SORTING_LISTS)[number];

/** How a text is sorted. */
export interface TextCoding {
  waveId: string;
  questionId: string;
  bandId: string;
  /** 0 while nobody has sorted it. */
  version: number;
  themes: string[];
  codedBy: string | null;
  confirmedBy: string | null;
}

export interface NewCoding {
  themes: readonly string[];
  /** The version that was on the page. */
  version: number;
}

/** How two people sort what young people wrote. Only what two different accounts have looked at counts. */
export interface TextCodings {
  /** Texts of a wave by what this reader can do with them, in no order that tells of time. */
  lists(waveId: string, accountId: string, most: number): Promise<SortingLists>;
  /** How a text is sorted; undefined if it cannot be. */
  find(textId: string): Promise<TextCoding | undefined>;
  /**
   * Sorts a text, or sorts anew what the same account has sorted and nobody has confirmed. The same again changes
   * nothing. 'stale' if the page was made before somebody changed something.
   */
  code(textId: string, coding: NewCoding, codedBy: string, at: string): Promise<'done' | 'done-already' | 'stale'>;
  /** Confirms how somebody else has sorted a text, or changes it; it counts from then on and stays. */
  confirm(
    textId: string,
    coding: NewCoding,
    confirmedBy: string,
    at: string,
  ): Promise<'done' | 'done-already' | 'own-work' | 'stale'>;
}

export function createTextCodings({ query }: Database): TextCodings {
  return {
    async lists(waveId, accountId, most) {
      const ofWave = stateOfTexts(query).where('written_texts.wave_id', '=', waveId);
      const coded = ofWave.where('confirmed_by', 'is', null);
      const queries = {
        toCode: ofWave.where('coded_by', 'is', null),
        toConfirm: coded.where('coded_by', '!=', accountId),
        waiting: coded.where('coded_by', '=', accountId),
        done: ofWave.where('confirmed_by', 'is not', null),
      };
      const list = async (name: SortingList) => (await queries[name].limit(most).execute()).map(toEntry);
      const count = async (name: SortingList) => {
        const all = queries[name].clearSelect().clearOrderBy();
        const row = await all.select(sql<number>`cast(count(*) as integer)`.as('count')).executeTakeFirstOrThrow();
        return row.count;
      };
      const [toCode, toConfirm, waiting, done] = [
        await list('toCode'),
        await list('toConfirm'),
        await list('waiting'),
        await list('done'),
      ];
      const counts = { toCode: 0, toConfirm: 0, waiting: 0, done: 0 };
      for (const name of SORTING_LISTS) counts[name] = await count(name);
      return { toCode, toConfirm, waiting, done, counts };
    },
    find: (textId) => query.transaction().execute((trx) => find(trx, textId)),
    code: (textId, { themes, version }, codedBy, at) =>
      query.transaction().execute(async (trx) => {
        const before = await find(trx, textId);
        if (!before || !(await areThemesOf(trx, before, themes))) return 'stale';
        const isSame = before.codedBy === codedBy && areAlike(before.themes, themes);
        if (isSame) return 'done';
        if (before.confirmedBy) return 'done-already';
        if (before.version !== version || (before.codedBy !== null && before.codedBy !== codedBy)) return 'stale';
        const row = { version: version + 1, coded_at: at, coded_by: codedBy };
        await trx
          .insertInto('text_codings')
          .values({ text_id: textId, ...row })
          .onConflict((conflict) => conflict.column('text_id').doUpdateSet(row))
          .execute();
        await writeThemes(trx, textId, themes);
        return 'done';
      }),
    confirm: (textId, { themes, version }, confirmedBy, at) =>
      query.transaction().execute(async (trx) => {
        const before = await find(trx, textId);
        if (!before || !before.codedBy || !(await areThemesOf(trx, before, themes))) return 'stale';
        if (before.confirmedBy)
          return before.confirmedBy === confirmedBy && areAlike(before.themes, themes) ? 'done' : 'done-already';
        if (before.codedBy === confirmedBy) return 'own-work';
        if (before.version !== version) return 'stale';
        await trx
          .insertInto('text_confirmations')
          .values({ text_id: textId, confirmed_at: at, confirmed_by: confirmedBy })
          .execute();
        await writeThemes(trx, textId, themes);
        return 'done';
      }),
  };
}

const toEntry = ({ id, questionId }: SortingEntry): SortingEntry => ({ id, questionId });

/** Texts that can be sorted, with who has. Ids are random, so their order tells nothing. */
function stateOfTexts(query: Database['query']) {
  return sortableTexts(query)
    .leftJoin('text_codings', 'text_codings.text_id', 'written_texts.id')
    .leftJoin('text_confirmations', 'text_confirmations.text_id', 'written_texts.id')
    .select(['written_texts.id', 'written_texts.wave_id as waveId', 'question_id as questionId', 'band_id as bandId'])
    .select(['version', 'coded_by as codedBy', 'confirmed_by as confirmedBy'])
    .orderBy('written_texts.id');
}

async function find(trx: Transaction<Tables>, textId: string): Promise<TextCoding | undefined> {
  const row = await stateOfTexts(trx).where('written_texts.id', '=', textId).executeTakeFirst();
  if (!row) return undefined;
  const themes = await trx
    .selectFrom('text_coding_themes')
    .select('theme_id')
    .where('text_id', '=', textId)
    .orderBy('theme_id')
    .execute();
  const { waveId, questionId, bandId, version, codedBy, confirmedBy } = row;
  return {
    waveId,
    questionId,
    bandId,
    version: version ?? 0,
    themes: themes.map(({ theme_id }) => theme_id),
    codedBy,
    confirmedBy,
  };
}

/** Whether all of these are themes of the question: one may have been removed since the page was made. */
async function areThemesOf(
  trx: Transaction<Tables>,
  { waveId, questionId }: TextCoding,
  themes: readonly string[],
): Promise<boolean> {
  const rows = await trx
    .selectFrom('text_themes')
    .select('id')
    .where('wave_id', '=', waveId)
    .where('question_id', '=', questionId)
    .execute();
  return themes.every((theme) => rows.some(({ id }) => id === theme));
}

function areAlike(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join(' ') === [...new Set(other)].toSorted().join(' ');
}

async function writeThemes(trx: Transaction<Tables>, textId: string, themes: readonly string[]): Promise<void> {
  await trx.deleteFrom('text_coding_themes').where('text_id', '=', textId).execute();
  const rows = [...new Set(themes)].map((theme_id) => ({ text_id: textId, theme_id }));
  if (rows.length > 0) await trx.insertInto('text_coding_themes').values(rows).execute();
}
