import { sql, type Transaction } from 'kysely';
import { isDuplicate, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { NO_WORDS, unsealWords } from './sealed-words.ts';
import type { Secrets } from './secrets.ts';
import type { WrittenTextsTable } from './answering-tables.ts';
import type { Tables } from './tables.ts';
import { createWrittenTexts } from './written-texts.ts';

/** What a reader finds: nothing to worry about, or something for the school's child protection coordinator. */
export const READING_OUTCOMES = ['no-concern', 'passed-on'] as const;
export type ReadingOutcome = (typeof READING_OUTCOMES)[number];

/** A wave as its readers see it. */
export interface ReadersWave {
  id: string;
  name: string;
  closed: boolean;
  written: number;
  unread: number;
  overdue: number;
  passedOn: number;
}

/** What is known of a text before it is opened. Days are civil dates. */
export interface TextEntry {
  id: string;
  waveId: string;
  questionId: string;
  /** Null where they were forgotten after the close, and for somebody who belongs to no school or stage. */
  school: string | null;
  stage: string | null;
  writtenOn: string;
  dueOn: string;
  /** Null until somebody has read it. */
  reading: { outcome: ReadingOutcome; readAt: string } | null;
}

/** A text with its words, and the language that the survey was answered in. */
export interface OpenedText extends TextEntry {
  language: string;
  words: string;
}

/** That something written was passed on to a school. */
export interface TextRoute {
  school: string;
  /** Empty where the school has no stages. */
  stage: string;
  writtenOn: string;
  passedOn: string;
}

export interface NewReading {
  outcome: ReadingOutcome;
  readBy: string;
  readAt: string;
  /** The civil date of `readAt`. */
  readOn: string;
}

/** What the readers of a wave do with what was written in it. */
export interface TextReadings {
  /** The waves of an authority that name this account, those with overdue texts first. */
  waves(accountId: string, authorityId: string, today: string): Promise<ReadersWave[]>;
  /** Texts of a wave that nobody has read, those that are due first first. */
  unread(waveId: string, most: number): Promise<TextEntry[]>;
  /** Texts of a wave that were read and still have words, the last reading first. */
  read(waveId: string, most: number): Promise<TextEntry[]>;
  /** What was passed on to schools from a wave, the newest first. */
  routes(waveId: string): Promise<TextRoute[]>;
  /**
   * A text with its words; undefined if there is none, if its words were deleted, or if its wave does not name this
   * account.
   * @throws if the secret of the wave's texts is gone
   */
  open(id: string, accountId: string, authorityId: string): Promise<OpenedText | undefined>;
  /** Notes, once, that a text was read; one that was passed on leaves a record of its own, without the words. */
  markRead(text: TextEntry, reading: NewReading): Promise<'done' | 'done-already'>;
}

export function createTextReadings(database: Database, secrets: Secrets): TextReadings {
  const { query } = database;
  const texts = createWrittenTexts(database, secrets);
  const entries = query
    .selectFrom('written_texts')
    .leftJoin('schools', 'schools.id', 'written_texts.school_id')
    .leftJoin('text_readings', 'text_id', 'written_texts.id')
    .select(['written_texts.id', 'written_texts.wave_id', 'question_id', 'schools.name as school', 'stage'])
    .select(['written_on', 'due_on', 'outcome', 'read_at']);

  return {
    async waves(accountId, authorityId, today) {
      const rows = await query
        .selectFrom('wave_readers')
        .innerJoin('waves', 'waves.id', 'wave_readers.wave_id')
        .leftJoin('wave_closings', 'wave_closings.wave_id', 'waves.id')
        .leftJoin('written_texts', 'written_texts.wave_id', 'waves.id')
        .leftJoin('text_readings', 'text_id', 'written_texts.id')
        .select(['waves.id', 'waves.name', 'finished_at'])
        .select([
          sql<number>`cast(count(written_texts.id) as integer)`.as('written'),
          sql<number>`cast(count(written_texts.id) - count(text_id) as integer)`.as('unread'),
          sql<number>`cast(count(case when text_id is null and due_on < ${today} then 1 end) as integer)`.as('overdue'),
          sql<number>`cast(count(case when outcome = 'passed-on' then 1 end) as integer)`.as('passedOn'),
        ])
        .where('account_id', '=', accountId)
        .where('authority_id', '=', authorityId)
        .groupBy(['waves.id', 'waves.name', 'waves.starts_on', 'finished_at'])
        .orderBy('overdue', 'desc')
        .orderBy('waves.starts_on', 'desc')
        .orderBy('waves.name')
        .execute();
      return rows.map(({ finished_at, ...wave }) => ({ ...wave, closed: finished_at !== null }));
    },
    async unread(waveId, most) {
      const rows = await entries
        .where('written_texts.wave_id', '=', waveId)
        .where('text_id', 'is', null)
        .orderBy('due_on')
        .orderBy('written_on')
        .orderBy('written_texts.id')
        .limit(most)
        .execute();
      return rows.map(toEntry);
    },
    async read(waveId, most) {
      const rows = await entries
        .where('written_texts.wave_id', '=', waveId)
        .where('text_id', 'is not', null)
        .where('body', '!=', NO_WORDS)
        .orderBy('read_at', 'desc')
        .orderBy('written_texts.id')
        .limit(most)
        .execute();
      return rows.map(toEntry);
    },
    routes: (waveId) =>
      query
        .selectFrom('text_routes')
        .innerJoin('schools', 'schools.id', 'text_routes.school_id')
        .select(['schools.name as school', 'stage', 'written_on as writtenOn', 'passed_on_at as passedOn'])
        .where('wave_id', '=', waveId)
        .orderBy('passed_on_at', 'desc')
        .orderBy('schools.name')
        .orderBy('stage')
        .execute(),
    async open(id, accountId, authorityId) {
      const row = await entries
        .innerJoin('waves', 'waves.id', 'written_texts.wave_id')
        .innerJoin('wave_readers', 'wave_readers.wave_id', 'waves.id')
        .select('body')
        .where('written_texts.id', '=', id)
        .where('account_id', '=', accountId)
        .where('waves.authority_id', '=', authorityId)
        .where('body', '!=', NO_WORDS)
        .executeTakeFirst();
      return row && { ...toEntry(row), ...unsealWords(secrets.textKey(row.wave_id), row.body) };
    },
    async markRead({ id, waveId }, { outcome, readBy, readAt, readOn }) {
      try {
        await query.transaction().execute(async (trx) => {
          await trx
            .insertInto('text_readings')
            .values({ text_id: id, outcome, read_at: readAt, read_by: readBy })
            .execute();
          const text = await trx.selectFrom('written_texts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
          if (outcome === 'passed-on') await noteRoute(trx, text, readBy, readOn);
        });
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
      await texts.settleTexts(waveId);
      return 'done';
    },
  };
}

/** The route holds the day and not the time: a time to the second would tie it to its text for good. */
async function noteRoute(
  trx: Transaction<Tables>,
  { wave_id, school_id, stage, written_on }: WrittenTextsTable,
  passedOnBy: string,
  day: string,
): Promise<void> {
  // Somebody who answered at home belongs to no school that could be told.
  if (school_id === null) return;
  await trx
    .insertInto('text_routes')
    .values({
      id: newId(),
      wave_id,
      school_id,
      stage: stage ?? '',
      written_on,
      passed_on_at: day,
      passed_on_by: passedOnBy,
    })
    .execute();
}

interface EntryRow {
  id: string;
  wave_id: string;
  question_id: string;
  school: string | null;
  stage: string | null;
  written_on: string;
  due_on: string;
  outcome: ReadingOutcome | null;
  read_at: string | null;
}

function toEntry(row: EntryRow): TextEntry {
  const { id, school, stage, outcome, read_at: readAt } = row;
  return {
    id,
    waveId: row.wave_id,
    questionId: row.question_id,
    school,
    stage,
    writtenOn: row.written_on,
    dueOn: row.due_on,
    reading: outcome !== null && readAt !== null ? { outcome, readAt } : null,
  };
}
