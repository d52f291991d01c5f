import type { ClassColumns } from './class-tables.ts';
import type { Database } from './database.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** A class of a wave: of one school, by the name that its roll gives it. */
export interface ClassKey {
  waveId: string;
  schoolId: string;
  /** Where the roll names no class, its stage. */
  className: string;
}

/** What opens a class, as it is stored: nothing that anybody could use. */
export interface NewClassSheet {
  className: string;
  linkHmac: string;
  pinHmac: string;
}

/** A sheet that somebody's link belongs to. */
export interface ClassSheet extends ClassKey {
  pinHmac: string;
}

export interface ClassSheets {
  /**
   * Puts new links and PINs in place of those of these classes; who was signed in by the old ones is signed out, and
   * what they opened is closed.
   * @throws Fault 'wave-closed'
   */
  replace(waveId: string, schoolId: string, sheets: readonly NewClassSheet[], at: string): Promise<void>;
  find(linkHmac: string): Promise<ClassSheet | undefined>;
  /** Names of the classes of a school that have a sheet. */
  ofSchool(waveId: string, schoolId: string): Promise<string[]>;
}

export function createClassSheets({ query }: Database): ClassSheets {
  return {
    async replace(waveId, schoolId, sheets, at) {
      await query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, waveId);
        for (const { className, linkHmac, pinHmac } of sheets) {
          const key = columnsOf({ waveId, schoolId, className });
          for (const table of ['class_sheets', 'class_sessions', 'class_openings'] as const) {
            await trx
              .deleteFrom(table)
              .where('wave_id', '=', waveId)
              .where('school_id', '=', schoolId)
              .where('class_name', '=', className)
              .execute();
          }
          const row = { ...key, link_hmac: linkHmac, pin_hmac: pinHmac, made_at: at };
          await trx.insertInto('class_sheets').values(row).execute();
        }
      });
    },
    async find(linkHmac) {
      const row = await query
        .selectFrom('class_sheets')
        .selectAll()
        .where('link_hmac', '=', linkHmac)
        .executeTakeFirst();
      return row && { ...keyOf(row), pinHmac: row.pin_hmac };
    },
    async ofSchool(waveId, schoolId) {
      const rows = await query
        .selectFrom('class_sheets')
        .select('class_name')
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .execute();
      return rows.map((row) => row.class_name);
    },
  };
}

/** A class as its rows carry it. */
export function columnsOf({ waveId, schoolId, className }: ClassKey): ClassColumns {
  return { wave_id: waveId, school_id: schoolId, class_name: className };
}

/** The class that a row belongs to. */
export function keyOf(row: ClassColumns): ClassKey {
  return { waveId: row.wave_id, schoolId: row.school_id, className: row.class_name };
}

/** The class alone, without what else is known with it. */
export function keyIn({ waveId, schoolId, className }: ClassKey): ClassKey {
  return { waveId, schoolId, className };
}
