import type { Transaction } from 'kysely';
import { countedOptOuts, type OptOut } from '../core/fieldwork/class-numbers.ts';
import { startedIn } from './class-counts.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** A number that a school enters for one stage of a class. */
export interface EnteredOptOut extends OptOut {
  /** How many pupils the roll has there. */
  roll: number;
}

/** A number as it stands: `pupils` is what is counted, `entered` what the school typed. */
export interface StoredOptOut extends OptOut {
  entered: number;
}

/**
 * What becomes of a number that leaves out some who have started. A teacher sees who has started and is refused. Whoever
 * does not see that is never told: the number stays as it was typed, and those who have started are not counted out.
 */
export type TooMany = 'refuse' | 'count-fewer';

export interface OptOutsSaved {
  changed: boolean;
  /** What was refused; then nothing was saved. */
  tooMany: readonly OptOut[];
}

/** How many pupils do not take part, as numbers and never as names. */
export interface OptOuts {
  /** Sets the numbers of some stages of a class, all of them or none. @throws Fault 'wave-closed' */
  set(waveId: string, schoolId: string, entered: readonly EnteredOptOut[], tooMany: TooMany): Promise<OptOutsSaved>;
  ofSchool(waveId: string, schoolId: string): Promise<StoredOptOut[]>;
  /** Of every school of a wave; after its close without classes. */
  ofWave(waveId: string): Promise<(StoredOptOut & { schoolId: string })[]>;
}

export function createOptOuts({ query }: Database): OptOuts {
  const rows = query.selectFrom('opt_outs').select(['school_id as schoolId', 'stage', 'class', 'pupils', 'entered']);
  return {
    set: (waveId, schoolId, entered, rule) =>
      query.transaction().execute(async (trx) => {
        await demandTakesAnswers(trx, waveId);
        // Asked in here, so that nobody starts between the look and the change.
        const started = await startedIn(trx, waveId, schoolId, entered);
        const wanted = await Promise.all(
          entered.map(async (one, index) => {
            const before = await storedOf(trx, waveId, schoolId, one);
            return { one, before, pupils: countedOptOuts(one.pupils, one.roll, started[index]!, before.pupils) };
          }),
        );
        // What stands there already may stay, however many have started since.
        const tooMany = wanted
          .filter(({ one, before, pupils }) => pupils < one.pupils && before.entered !== one.pupils)
          .map(({ one }) => one);
        if (rule === 'refuse' && tooMany.length > 0) return { changed: false, tooMany };
        let changed = false;
        for (const { one, before, pupils } of wanted) {
          if (before.entered === one.pupils && before.pupils === pupils) continue;
          await store(trx, waveId, schoolId, { ...one, pupils, entered: one.pupils });
          changed = true;
        }
        return { changed, tooMany: [] };
      }),
    async ofSchool(waveId, schoolId) {
      const found = await rows.where('wave_id', '=', waveId).where('school_id', '=', schoolId).execute();
      return found.map(({ stage, class: className, pupils, entered }) => ({
        stage,
        class: className,
        pupils,
        entered,
      }));
    },
    ofWave: (waveId) => rows.where('wave_id', '=', waveId).execute(),
  };
}

async function storedOf(
  trx: Transaction<Tables>,
  waveId: string,
  schoolId: string,
  { stage, class: className }: OptOut,
): Promise<{ pupils: number; entered: number }> {
  const row = await trx
    .selectFrom('opt_outs')
    .select(['pupils', 'entered'])
    .where('wave_id', '=', waveId)
    .where('school_id', '=', schoolId)
    .where('stage', '=', stage)
    .where('class', '=', className)
    .executeTakeFirst();
  return row ?? { pupils: 0, entered: 0 };
}

async function store(
  trx: Transaction<Tables>,
  waveId: string,
  schoolId: string,
  { stage, class: className, pupils, entered }: StoredOptOut,
): Promise<void> {
  await trx
    .insertInto('opt_outs')
    .values({ wave_id: waveId, school_id: schoolId, stage, class: className, pupils, entered })
    .onConflict((conflict) =>
      conflict.columns(['wave_id', 'school_id', 'stage', 'class']).doUpdateSet({ pupils, entered }),
    )
    .execute();
}
