import { canonical } from '../core/canonical.ts';
import { contentText, readContent, type ReportContent } from '../core/loop/annual/content.ts';
import type { Period } from '../core/loop/annual/period.ts';
import type { SectionId } from '../core/loop/annual/sections.ts';
import type { SectionTexts, TextReading, TextVersion } from '../core/loop/annual/texts.ts';
import { inChunks, isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { sha256 } from './releases.ts';

/** A report that is written, or was, for a period. */
export interface AnnualReport {
  id: string;
  authorityId: string;
  period: Period;
  madeAt: string;
}

/** What is known of an edition besides its content. */
export interface EditionEntry {
  reportId: string;
  /** From 1. */
  number: number;
  sha256: string;
  publishedAt: string;
  /** Null while it stands. */
  withdrawal: Withdrawal | null;
}

/** That an edition was taken back. */
export interface Withdrawal {
  at: string;
  /** The sign-in name of whoever did; empty where nobody is known. */
  by: string;
  reason: string;
}

/** Whether an edition may be shown. */
export const stands = ({ withdrawal }: EditionEntry): boolean => withdrawal === null;

export interface Edition extends EditionEntry {
  content: ReportContent;
}

/** A text as it was written, with the sign-in name of whoever did; empty where nobody is known. */
export type WrittenVersion = TextVersion & { by: string };

export interface AnnualReports {
  /** Makes the report of a period; asked again, it is the same one. */
  make(authorityId: string, period: Period, by: string | null, at: string): Promise<{ id: string; isNew: boolean }>;
  find(id: string): Promise<AnnualReport | undefined>;
  /** Reports of an authority, that of the latest period first. */
  list(authorityId: string): Promise<AnnualReport[]>;
  /** Those of them of which an edition is published and stands. */
  published(authorityId: string): Promise<AnnualReport[]>;
  /** Versions of what is written, oldest first. */
  texts(reportId: string): Promise<WrittenVersion[]>;
  /**
   * Writes a section anew, as a version after those before.
   * @param basedOn the version that somebody had before them; 0 where there was none
   * @returns 'same' where it says this already; 'changed', with nothing written, where somebody else wrote meanwhile
   */
  write(
    reportId: string,
    written: { section: SectionId; texts: SectionTexts; basedOn: number },
    by: string | null,
    at: string,
  ): Promise<'written' | 'same' | 'changed'>;
  /** Numbers of figures by their keys: those that had none yet get the next ones, in their order. */
  numbers(reportId: string, figures: readonly string[]): Promise<Map<string, number>>;
  /** Notes that somebody read these; what they read before is noted once. */
  read(
    reportId: string,
    list: readonly { section: SectionId; language: string; number: number }[],
    by: string,
    at: string,
  ): Promise<void>;
  readings(reportId: string): Promise<TextReading[]>;
  /**
   * Publishes an edition, after so many. @returns 'changed', with nothing published, where there are more by now
   */
  publish(
    reportId: string,
    edition: { after: number; content: ReportContent },
    by: string | null,
    at: string,
  ): Promise<'published' | 'changed'>;
  /** Editions of a report, the newest first, also those that were withdrawn. */
  editions(reportId: string): Promise<EditionEntry[]>;
  /** What was published and stands, checked against its hash; the newest such edition unless a number is given. */
  edition(reportId: string, number?: number): Promise<Edition | undefined>;
  /**
   * Takes an edition back for good. @returns 'there' where it was withdrawn before, as it was then
   * @throws if there is no such edition
   */
  withdraw(
    reportId: string,
    withdrawn: { edition: number; reason: string },
    by: string | null,
    at: string,
  ): Promise<'withdrawn' | 'there'>;
}

export function createAnnualReports({ query }: Pick<Database, 'query'>): AnnualReports {
  const reports = query
    .selectFrom('annual_reports')
    .select(['id', 'authority_id', 'from_on', 'to_on', 'made_at'])
    .orderBy('to_on', 'desc')
    .orderBy('from_on', 'desc');

  const entries = (reportId: string) =>
    query
      .selectFrom('annual_report_editions as editions')
      .leftJoin('annual_report_withdrawals as withdrawals', (join) =>
        join
          .onRef('withdrawals.report_id', '=', 'editions.report_id')
          .onRef('withdrawals.edition', '=', 'editions.number'),
      )
      .leftJoin('accounts', 'accounts.id', 'withdrawals.withdrawn_by')
      .select(['editions.report_id', 'editions.number', 'editions.sha256', 'editions.published_at'])
      .select(['withdrawals.withdrawn_at', 'withdrawals.reason', 'accounts.sign_in_name'])
      .where('editions.report_id', '=', reportId)
      .orderBy('editions.number', 'desc');

  async function numbered(reportId: string): Promise<Map<string, number>> {
    const rows = await query
      .selectFrom('annual_report_figures')
      .select(['figure', 'number'])
      .where('report_id', '=', reportId)
      .orderBy('number')
      .execute();
    return new Map(rows.map(({ figure, number }) => [figure, number]));
  }

  return {
    async make(authorityId, period, by, at) {
      const of = () =>
        reports
          .where('authority_id', '=', authorityId)
          .where('from_on', '=', period.from)
          .where('to_on', '=', period.to)
          .executeTakeFirst();
      const known = await of();
      if (known) return { id: known.id, isNew: false };
      const id = newId();
      const row = { id, authority_id: authorityId, from_on: period.from, to_on: period.to, made_at: at, made_by: by };
      try {
        await query.insertInto('annual_reports').values(row).execute();
        return { id, isNew: true };
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return { id: (await of())!.id, isNew: false };
      }
    },
    async find(id) {
      const row = await reports.where('id', '=', id).executeTakeFirst();
      return row && toReport(row);
    },
    list: async (authorityId) => (await reports.where('authority_id', '=', authorityId).execute()).map(toReport),
    async published(authorityId) {
      const editions = query
        .selectFrom('annual_report_editions as editions')
        .leftJoin('annual_report_withdrawals as withdrawals', (join) =>
          join
            .onRef('withdrawals.report_id', '=', 'editions.report_id')
            .onRef('withdrawals.edition', '=', 'editions.number'),
        )
        .select('editions.report_id')
        .where('withdrawals.withdrawn_at', 'is', null);
      const rows = await reports.where('authority_id', '=', authorityId).where('id', 'in', editions).execute();
      return rows.map(toReport);
    },
    async texts(reportId) {
      const rows = await query
        .selectFrom('annual_report_texts')
        .leftJoin('accounts', 'accounts.id', 'written_by')
        .select(['section', 'number', 'content', 'written_at', 'written_by', 'sign_in_name'])
        .where('report_id', '=', reportId)
        .orderBy('section')
        .orderBy('number')
        .execute();
      return rows.map((row) => ({
        section: row.section,
        number: row.number,
        texts: JSON.parse(row.content) as SectionTexts,
        writtenAt: row.written_at,
        writtenBy: row.written_by,
        by: row.sign_in_name ?? '',
      }));
    },
    async write(reportId, { section, texts, basedOn }, by, at) {
      const content = canonical(texts);
      try {
        return await query.transaction().execute(async (trx) => {
          const last = await trx
            .selectFrom('annual_report_texts')
            .select(['number', 'content'])
            .where('report_id', '=', reportId)
            .where('section', '=', section)
            .orderBy('number', 'desc')
            .executeTakeFirst();
          if (last?.content === content) return 'same';
          if ((last?.number ?? 0) !== basedOn) return 'changed';
          await trx
            .insertInto('annual_report_texts')
            .values({ report_id: reportId, section, number: basedOn + 1, content, written_at: at, written_by: by })
            .execute();
          return 'written';
        });
      } catch (error) {
        if (isDuplicate(error)) return 'changed';
        throw error;
      }
    },
    async numbers(reportId, figures) {
      const known = await numbered(reportId);
      if (figures.every((figure) => known.has(figure))) return known;
      await query.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('annual_report_figures')
          .select(['figure', 'number'])
          .where('report_id', '=', reportId)
          .orderBy('number', 'desc')
          .execute();
        const next = (rows[0]?.number ?? 0) + 1;
        const missing = figures.filter((one) => !rows.some(({ figure }) => figure === one));
        const values = missing.map((figure, index) => ({ report_id: reportId, number: next + index, figure }));
        for (const chunk of inChunks(values, 200))
          await trx
            .insertInto('annual_report_figures')
            .values(chunk)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
      });
      return numbered(reportId);
    },
    async read(reportId, list, by, at) {
      await query.transaction().execute(async (trx) => {
        for (const { section, language, number } of list)
          await trx
            .insertInto('annual_report_readings')
            .values({ report_id: reportId, section, language, number, read_at: at, read_by: by })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
      });
    },
    readings: (reportId) =>
      query
        .selectFrom('annual_report_readings')
        .select(['section', 'language', 'number', 'read_by as by'])
        .where('report_id', '=', reportId)
        .orderBy('read_at')
        .execute(),
    async publish(reportId, { after, content }, by, at) {
      const text = contentText(content);
      const row = { report_id: reportId, number: after + 1, content: text, sha256: sha256(text) };
      try {
        return await query.transaction().execute(async (trx) => {
          const last = await trx
            .selectFrom('annual_report_editions')
            .select('number')
            .where('report_id', '=', reportId)
            .orderBy('number', 'desc')
            .executeTakeFirst();
          if ((last?.number ?? 0) !== after) return 'changed';
          await trx
            .insertInto('annual_report_editions')
            .values({ ...row, published_at: at, published_by: by })
            .execute();
          return 'published';
        });
      } catch (error) {
        if (isDuplicate(error)) return 'changed';
        throw error;
      }
    },
    editions: async (reportId) => (await entries(reportId).execute()).map(toEntry),
    async edition(reportId, number) {
      const all = entries(reportId).select('editions.content').where('withdrawals.withdrawn_at', 'is', null);
      const row = await (number === undefined ? all : all.where('editions.number', '=', number)).executeTakeFirst();
      return row && { ...toEntry(row), content: readContent(row.content, row.sha256, sha256) };
    },
    async withdraw(reportId, { edition, reason }, by, at) {
      const row = { report_id: reportId, edition, withdrawn_at: at, withdrawn_by: by, reason };
      try {
        await query.insertInto('annual_report_withdrawals').values(row).execute();
        return 'withdrawn';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return 'there';
      }
    },
  };
}

function toReport(row: { id: string; authority_id: string; from_on: string; to_on: string; made_at: string }) {
  const { id, authority_id: authorityId, from_on: from, to_on: to, made_at: madeAt } = row;
  return { id, authorityId, period: { from, to }, madeAt };
}

interface EntryRow {
  report_id: string;
  number: number;
  sha256: string;
  published_at: string;
  withdrawn_at: string | null;
  reason: string | null;
  sign_in_name: string | null;
}

function toEntry({ report_id: reportId, number, sha256: hash, published_at: publishedAt, ...row }: EntryRow) {
  const { withdrawn_at: at, reason, sign_in_name: by } = row;
  const withdrawal = at === null ? null : { at, by: by ?? '', reason: reason ?? '' };
  return { reportId, number, sha256: hash, publishedAt, withdrawal };
}
