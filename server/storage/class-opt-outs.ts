import type { OptOut } from '../core/fieldwork/class-numbers.ts';
import type { Database } from './database.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** How many pupils do not take part, as numbers and never as names. */
export interface OptOuts {
  /** Sets the number of one stage of a class. @returns whether that changed it @throws Fault 'wave-closed' */
  set(waveId: string, schoolId: string, optOut: OptOut): Promise<boolean>;
  ofSchool(waveId: string, schoolId: string): Promise<OptOut[]>;
  /** Of every school of a wave; after its close without classes. */
  ofWave(waveId: string): Promise<(OptOut & { schoolId: string })[]>;
}

export function createOptOuts({ query }: Database): OptOuts {
  const rows = query.selectFrom('opt_outs').select(['school_id as schoolId', 'stage', 'class', 'pupils']);
  return {
    set: (waveId, schoolId, { stage, class: className, pupils }) =>
      query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, waveId);
        const key = { wave_id: waveId, school_id: schoolId, stage, class: className };
        const before = await trx
          .selectFrom('opt_outs')
          .select('pupils')
          .where((where) => where.and(key))
          .executeTakeFirst();
        if ((before?.pupils ?? 0) === pupils) return false;
        await trx
          .insertInto('opt_outs')
          .values({ ...key, pupils })
          .onConflict((conflict) =>
            conflict.columns(['wave_id', 'school_id', 'stage', 'class']).doUpdateSet({ pupils }),
          )
          .execute();
        return true;
      }),
    async ofSchool(waveId, schoolId) {
      const found = await rows.where('wave_id', '=', waveId).where('school_id', '=', schoolId).execute();
      return found.map(({ stage, class: className, pupils }) => ({ stage, class: className, pupils }));
    },
    ofWave: (waveId) => rows.where('wave_id', '=', waveId).execute(),
  };
}
