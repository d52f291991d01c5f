import { isStage, type Stage } from '../core/survey/stage.ts';
import { classesOf, type SchoolClass } from '../core/fieldwork/class-list.ts';
import type { Database } from './database.ts';

/** The classes of a wave, as its roll was frozen at the opening. */
export interface ClassRolls {
  /** @param stages those that the wave asks */
  ofSchool(waveId: string, schoolId: string, stages: readonly Stage[]): Promise<SchoolClass<Stage>[]>;
}

export function createClassRolls({ query }: Database): ClassRolls {
  return {
    async ofSchool(waveId, schoolId, stages) {
      const rows = await query
        .selectFrom('wave_rolls')
        .select(['stage', 'class', 'pupils'])
        .where('wave_id', '=', waveId)
        .where('school_id', '=', schoolId)
        .execute();
      return classesOf(
        rows.flatMap((row) => {
          const { stage } = row;
          return isStage(stage) && stages.includes(stage) ? [{ ...row, stage }] : [];
        }),
      );
    },
  };
}
