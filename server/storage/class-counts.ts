import { sql, type Transaction } from 'kysely';
import type { ClassPart } from '../core/fieldwork/class-list.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** How far a class is. Who has finished, declined or stopped is one number: nobody can be told apart by it. */
export interface ClassCount {
  started: number;
  finished: number;
  /** Codes of those who are in the middle of answering, as they are stored. */
  answering: string[];
}

/** The stages of a class of one school. */
export type ClassParts = readonly Pick<ClassPart, 'stage' | 'class'>[];

export interface ClassCounts {
  of(waveId: string, schoolId: string, parts: ClassParts): Promise<ClassCount>;
}

export function createClassCounts({ query }: Database): ClassCounts {
  return {
    async of(waveId, schoolId, parts) {
      const belongs = (row: { stage: string | null; class: string | null }) =>
        parts.some((part) => part.stage === row.stage && part.class === (row.class ?? ''));
      const counters = await countersOf(query, waveId, schoolId);
      const codes = await query
        .selectFrom('codes')
        .select(['hmac', 'stage', 'class'])
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        // As it stands in the index: a value that is bound would not be looked up there.
        .where('state', '=', sql.lit('started'))
        .execute();
      const own = counters.filter(belongs);
      return {
        started: own.reduce((sum, row) => sum + row.started, 0),
        finished: own.reduce((sum, row) => sum + row.sent + row.declined + row.broken_off + row.broken_off_kept, 0),
        answering: codes.filter(belongs).map(({ hmac }) => hmac),
      };
    },
  };
}

/** How many have started in each of these parts, in their order, as a transaction sees it. */
export async function startedIn(
  trx: Pick<Transaction<Tables>, 'selectFrom'>,
  waveId: string,
  schoolId: string,
  parts: ClassParts,
): Promise<number[]> {
  const counters = await countersOf(trx, waveId, schoolId);
  return parts.map(
    (part) => counters.find((row) => row.stage === part.stage && row.class === part.class)?.started ?? 0,
  );
}

function countersOf(from: Pick<Transaction<Tables>, 'selectFrom'>, waveId: string, schoolId: string) {
  return from
    .selectFrom('fieldwork_counters')
    .selectAll()
    .where('wave_id', '=', waveId)
    .where('school_id', '=', schoolId)
    .execute();
}
