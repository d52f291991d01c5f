import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** A table that was sent for the plan, before anything of it is written. */
export interface PlanImport {
  id: string;
  authorityId: string;
  fileName: string;
  /** The financial year that columns Q1 to Q4 are of, by the year that it begins in. */
  year: number;
  /** Sheets that hold something, in the order of the file; of a file of text one without a name. */
  sheets: { name: string; rows: string[][] }[];
  sentAt: string;
  /** Null until it was taken over. */
  takenAt: string | null;
}

export interface PlanImports {
  /** Keeps a table to look at; tables that were sent before a time and never taken are forgotten. @returns its id */
  keep(table: Omit<PlanImport, 'id' | 'takenAt'>, by: string, forgetBefore: string): Promise<string>;
  find(id: string): Promise<PlanImport | undefined>;
  /** Notes that a table is taken over, once. */
  take(id: string, at: string): Promise<'taken' | 'done-already'>;
}

export function createPlanImports({ query }: Pick<Database, 'query'>): PlanImports {
  return {
    async keep(table, by, forgetBefore) {
      const id = newId();
      await query
        .deleteFrom('plan_imports')
        .where('sent_at', '<', forgetBefore)
        .where('taken_at', 'is', null)
        .execute();
      await query
        .insertInto('plan_imports')
        .values({
          id,
          authority_id: table.authorityId,
          file_name: table.fileName,
          year: table.year,
          rows: JSON.stringify(table.sheets),
          sent_at: table.sentAt,
          sent_by: by,
          taken_at: null,
        })
        .execute();
      return id;
    },
    async find(id) {
      const row = await query.selectFrom('plan_imports').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      return {
        id,
        authorityId: row.authority_id,
        fileName: row.file_name,
        year: row.year,
        sheets: JSON.parse(row.rows) as PlanImport['sheets'],
        sentAt: row.sent_at,
        takenAt: row.taken_at,
      };
    },
    async take(id, at) {
      const { numUpdatedRows } = await query
        .updateTable('plan_imports')
        .set({ taken_at: at })
        .where('id', '=', id)
        .where('taken_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? 'taken' : 'done-already';
    },
  };
}
