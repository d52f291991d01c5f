import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import type { RowCounts } from './wave-rows.ts';

/** What was deleted of a wave by table, and what was left when it was counted afterwards. */
export interface DeletionReport {
  deleted: RowCounts;
  left: RowCounts;
  /** Whether the log of the database was emptied, so that nothing deleted stays in it. */
  logEmptied: boolean;
  /** Whether it was done again because a backup had been put back. */
  afterRestore: boolean;
}

export interface AnswerDeletion {
  id: string;
  waveId: string;
  dueOn: string;
  begunAt: string;
  /** Null while it goes on. */
  finishedAt: string | null;
  report: DeletionReport | null;
}

/** A wave whose answers are due to be deleted. */
export interface DueWave {
  waveId: string;
  dueOn: string;
}

/** The record of deleting answers whose time is over. */
export interface AnswerDeletions {
  /** Waves whose retention date has come and whose answers are not deleted; rehearsals have none. */
  due(today: string): Promise<DueWave[]>;
  /** Whether deleting the answers of a wave has begun: from then on nothing can be made of them. */
  isDeleted(waveId: string): Promise<boolean>;
  /** Whether a release is being made of its answers just now. */
  isBeingReleased(waveId: string): Promise<boolean>;
  begin(due: DueWave, at: string): Promise<string>;
  finish(id: string, report: DeletionReport, at: string): Promise<void>;
  /** The newest first. */
  ofWave(waveId: string): Promise<AnswerDeletion[]>;
}

export function createAnswerDeletions({ query }: Database): AnswerDeletions {
  return {
    async due(today) {
      const rows = await query
        .selectFrom('wave_setup_parts')
        .innerJoin('wave_openings', 'wave_openings.wave_id', 'wave_setup_parts.wave_id')
        .leftJoin('rehearsals', 'rehearsal_id', 'wave_setup_parts.wave_id')
        .select(['wave_setup_parts.wave_id as waveId', 'content'])
        .where('part', '=', 'retention')
        .where('rehearsal_id', 'is', null)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('answer_deletions')
                .select('id')
                .whereRef('answer_deletions.wave_id', '=', 'wave_setup_parts.wave_id')
                .where('finished_at', 'is not', null),
            ),
          ),
        )
        .execute();
      return rows
        .map(({ waveId, content }) => ({
          waveId,
          dueOn: (JSON.parse(content) as { retainedUntil: string }).retainedUntil,
        }))
        .filter(({ dueOn }) => dueOn <= today);
    },
    async isDeleted(waveId) {
      const row = await query
        .selectFrom('answer_deletions')
        .select('id')
        .where('wave_id', '=', waveId)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async isBeingReleased(waveId) {
      const job = await query
        .selectFrom('release_jobs')
        .select('id')
        .where('wave_id', '=', waveId)
        .where('finished_at', 'is', null)
        .where('failed_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return job !== undefined;
    },
    async begin({ waveId, dueOn }, at) {
      const id = newId();
      const open = { finished_at: null, report: null };
      await query
        .insertInto('answer_deletions')
        .values({ id, wave_id: waveId, due_on: dueOn, begun_at: at, ...open })
        .execute();
      return id;
    },
    async finish(id, report, at) {
      await query
        .updateTable('answer_deletions')
        .set({ finished_at: at, report: JSON.stringify(report) })
        .where('id', '=', id)
        .execute();
    },
    async ofWave(waveId) {
      const rows = await query
        .selectFrom('answer_deletions')
        .selectAll()
        .where('wave_id', '=', waveId)
        .orderBy('begun_at', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        waveId: row.wave_id,
        dueOn: row.due_on,
        begunAt: row.begun_at,
        finishedAt: row.finished_at,
        report: row.report === null ? null : (JSON.parse(row.report) as DeletionReport),
      }));
    },
  };
}
