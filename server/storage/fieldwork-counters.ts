import { sql } from 'kysely';
import type { Database } from './database.ts';

/** How far a school is, from counters of spent codes and never from responses. */
export interface FieldworkCount {
  schoolId: string;
  stage: string;
  started: number;
  declined: number;
  sent: number;
  brokenOff: number;
  brokenOffKept: number;
}

export interface FieldworkCounters {
  /** Counts of a wave by school and stage. */
  ofWave(waveId: string): Promise<FieldworkCount[]>;
  /** How many started in each class of a school; classes are known until the wave closes. */
  startedByClass(waveId: string, schoolId: string): Promise<{ stage: string; class: string; started: number }[]>;
}

export function createFieldworkCounters({ query }: Database): FieldworkCounters {
  const whole = (column: string) => sql<number>`cast(sum(${sql.ref(column)}) as integer)`;
  return {
    startedByClass: (waveId, schoolId) =>
      query
        .selectFrom('fieldwork_counters')
        .select(['stage', 'class', 'started'])
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .execute(),
    ofWave: (waveId) =>
      query
        .selectFrom('fieldwork_counters')
        .select(['school_id as schoolId', 'stage'])
        .select([
          whole('started').as('started'),
          whole('declined').as('declined'),
          whole('sent').as('sent'),
          whole('broken_off').as('brokenOff'),
          whole('broken_off_kept').as('brokenOffKept'),
        ])
        .where('wave_id', '=', waveId)
        .groupBy(['school_id', 'stage'])
        .execute(),
  };
}
