import type { Kysely } from 'kysely';
import { canonical } from '../core/canonical.ts';
import { EMPTY_CHECK, type Check } from '../core/loop/engagement/check.ts';
import { isInPeriod, type DecisionLink, type EntryWords, type Period } from '../core/loop/engagement/entry.ts';
import { isDuplicate, type Database } from './database.ts';
import { grouped } from './grouped-rows.ts';
import type { Tables } from './tables.ts';

/** Something that is kept whole, version by version, as it stands. */
export interface Kept<Content> {
  content: Content;
  /** 0 where nothing was written yet. */
  number: number;
  /** '' where nothing was written yet. */
  writtenAt: string;
  /** The sign-in name of whoever wrote it; empty where nobody is known. */
  by: string;
}

/** An entry of the engagement record as it stands: the newest of its words and of its check. */
export interface EngagementEntry {
  id: string;
  authorityId: string;
  /** What it was begun from, such as `wave:w1`; null where somebody began with an empty form. */
  begunFrom: string | null;
  madeAt: string;
  words: EntryWords;
  check: Check;
  /** Of the words, and of the check, when and by whom; for whoever changes them. */
  wordsKept: Omit<Kept<EntryWords>, 'content'>;
  checkKept: Omit<Kept<Check>, 'content'>;
}

/** The changes of an entry, oldest first. */
export interface EngagementHistory {
  words: Kept<EntryWords>[];
  checks: Kept<Check>[];
}

/** 'changed-since' where somebody kept another version after the one that this was based on; nothing is written then. */
export type EngagementWritten = 'written' | 'same' | 'changed-since';

export interface NewEntry {
  id: string;
  authorityId: string;
  begunFrom: string | null;
  words: EntryWords;
}

/** Who was involved in which decision, of an authority. */
export interface Engagement {
  /** Entries of an authority, those that began last first; with a period those of which any day lies in it. */
  list(authorityId: string, period?: Period): Promise<EngagementEntry[]>;
  find(id: string): Promise<EngagementEntry | undefined>;
  /** Makes an entry with its first words. The id is made by whoever asks: asked twice, it is one entry. */
  make(entry: NewEntry, by: string | null, at: string): Promise<EngagementWritten>;
  /** @param basedOn the number of the version that was changed */
  reword(id: string, words: EntryWords, basedOn: number, by: string | null, at: string): Promise<EngagementWritten>;
  /** @param basedOn as above; 0 for the first */
  answer(id: string, check: Check, basedOn: number, by: string | null, at: string): Promise<EngagementWritten>;
  history(id: string): Promise<EngagementHistory>;
}

type VersionTable = 'engagement_versions' | 'engagement_checks';

export function createEngagement({ query }: Pick<Database, 'query'>): Engagement {
  const entries = query
    .selectFrom('engagement_entries')
    .select(['id', 'authority_id as authorityId', 'begun_from as begunFrom', 'made_at as madeAt'])
    .orderBy('id');

  async function complete(rows: Awaited<ReturnType<typeof entries.execute>>): Promise<EngagementEntry[]> {
    const [first] = rows;
    if (!first) return [];
    const only = rows.length === 1 ? first.id : undefined;
    const words = await newestOf<EntryWords>(query, 'engagement_versions', first.authorityId, only);
    const checks = await newestOf<Check>(query, 'engagement_checks', first.authorityId, only);
    return rows.flatMap((row) => {
      const said = words.get(row.id);
      if (!said) return [];
      const { content, ...wordsKept } = said;
      const { content: check, ...checkKept } = checks.get(row.id) ?? NOTHING_CHECKED;
      return [{ ...row, words: content, check: { ...EMPTY_CHECK, ...check }, wordsKept, checkKept }];
    });
  }

  async function newestNumber(table: VersionTable, id: string): Promise<Kept<unknown> | undefined> {
    return (await versionsOf<unknown>(query, table, id)).at(-1);
  }

  /** Adds a version after the one that it is based on, if nobody else did. */
  async function add(
    table: VersionTable,
    id: string,
    { content, basedOn }: { content: unknown; basedOn: number },
    { by, at }: { by: string | null; at: string },
  ): Promise<EngagementWritten> {
    const newest = await newestNumber(table, id);
    if (newest && canonical(newest.content) === canonical(content)) return 'same';
    if ((newest?.number ?? 0) !== basedOn) return 'changed-since';
    const row = { entry_id: id, number: basedOn + 1, content: JSON.stringify(content), written_at: at, written_by: by };
    try {
      await query.insertInto(table).values(row).execute();
      return 'written';
    } catch (error) {
      // Somebody else took the number in between.
      if (isDuplicate(error)) return 'changed-since';
      throw error;
    }
  }

  return {
    async list(authorityId, period = { from: '', to: '' }) {
      const all = await complete(await entries.where('authority_id', '=', authorityId).execute());
      const inPeriod = all.filter(({ words }) => isInPeriod(words, period));
      return inPeriod.toSorted((one, other) => other.words.from.localeCompare(one.words.from));
    },
    find: async (id) => (await complete(await entries.where('id', '=', id).execute()))[0],
    async make({ id, authorityId, begunFrom, words }, by, at) {
      try {
        await query.transaction().execute(async (trx) => {
          const entry = { id, authority_id: authorityId, begun_from: begunFrom, made_at: at };
          await trx.insertInto('engagement_entries').values(entry).execute();
          const version = { entry_id: id, number: 1, content: JSON.stringify(words), written_at: at, written_by: by };
          await trx.insertInto('engagement_versions').values(version).execute();
        });
        return 'written';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return add('engagement_versions', id, { content: words, basedOn: 0 }, { by, at });
      }
    },
    reword: (id, words, basedOn, by, at) => add('engagement_versions', id, { content: words, basedOn }, { by, at }),
    answer: (id, check, basedOn, by, at) => add('engagement_checks', id, { content: check, basedOn }, { by, at }),
    history: async (id) => ({
      words: await versionsOf<EntryWords>(query, 'engagement_versions', id),
      checks: await versionsOf<Check>(query, 'engagement_checks', id),
    }),
  };
}

const NOTHING_CHECKED: Kept<Check> = { content: EMPTY_CHECK, number: 0, writtenAt: '', by: '' };

/** Entries that are about any of these. */
export function entriesAbout(entries: readonly EngagementEntry[], wanted: readonly DecisionLink[]): EngagementEntry[] {
  const isWanted = (link: DecisionLink) => wanted.some(({ kind, id }) => kind === link.kind && id === link.id);
  return entries.filter(({ words }) => words.links.some(isWanted));
}

interface VersionRow {
  number: number;
  content: string;
  writtenAt: string;
  by: string | null;
}

function toKept<Content>({ number, content, writtenAt, by }: VersionRow): Kept<Content> {
  return { content: JSON.parse(content) as Content, number, writtenAt, by: by ?? '' };
}

function versions(query: Kysely<Tables>, table: VersionTable) {
  return query
    .selectFrom(`${table} as versions`)
    .leftJoin('accounts', 'accounts.id', 'versions.written_by')
    .select(['versions.entry_id as entryId', 'versions.number', 'versions.content'])
    .select(['versions.written_at as writtenAt', 'accounts.sign_in_name as by'])
    .orderBy('versions.entry_id')
    .orderBy('versions.number');
}

/** The newest version of every entry of an authority, or of one entry alone. */
async function newestOf<Content>(
  query: Kysely<Tables>,
  table: VersionTable,
  authorityId: string,
  only: string | undefined,
): Promise<Map<string, Kept<Content>>> {
  const wanted = versions(query, table)
    .innerJoin('engagement_entries', 'engagement_entries.id', 'versions.entry_id')
    .where('engagement_entries.authority_id', '=', authorityId);
  const rows = await (only === undefined ? wanted : wanted.where('versions.entry_id', '=', only)).execute();
  const kept = grouped(
    rows,
    ({ entryId }) => entryId,
    (row) => toKept<Content>(row),
  );
  return new Map([...kept].map(([id, all]) => [id, all.at(-1)!]));
}

async function versionsOf<Content>(query: Kysely<Tables>, table: VersionTable, id: string): Promise<Kept<Content>[]> {
  const rows = await versions(query, table).where('versions.entry_id', '=', id).execute();
  return rows.map((row) => toKept<Content>(row));
}
