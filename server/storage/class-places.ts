import { randomInt } from 'node:crypto';
import type { Transaction } from 'kysely';
import { REPLACED, rowOfClass, unspentOf, type ClassPlace } from './codes.ts';
import type { Database } from './database.ts';
import { startDraft } from './draft-start.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';
import { demandTakesAnswers } from './taking-answers.ts';

/** Somebody who joins a class. */
export interface NewPlace {
  place: ClassPlace;
  /** Of the new code. */
  hmac: string;
  versionId: string;
  /** Every stage of the class. */
  parts: readonly Pick<ClassPlace, 'stage' | 'class'>[];
  /** How many may still start in the class after this one. */
  seatsLeft: number;
}

/** Places in classes that are held open. */
export interface ClassPlaces {
  /**
   * Adds a code that knows its class and nothing else, and begins its draft on this device. Where the class has more
   * unspent codes than seats left, one of the same stage, whichever, is replaced by it: an unspent code always has a
   * seat. A spare slip goes last: its pupil was handed it by name, while whoever joins leaves a slip of the class
   * unused. All of it happens or nothing.
   * @returns the token of the device
   * @throws Fault 'wave-closed'
   */
  join(place: NewPlace): Promise<string>;
}

export function createClassPlaces({ query }: Database, secrets: Secrets): ClassPlaces {
  return {
    join: ({ place, hmac, versionId, parts, seatsLeft }) =>
      query.transaction().execute(async (trx) => {
        const { waveId, schoolId } = place;
        await demandTakesAnswers(trx, waveId);
        let unspent = 0;
        for (const part of parts) unspent += await countUnspent(trx, { waveId, schoolId, ...part });
        if (unspent > seatsLeft) await retireOne(trx, place);
        await trx.insertInto('codes').values(rowOfClass(place, hmac)).execute();
        return startDraft(trx, secrets, { hmac, waveId }, versionId, false);
      }),
  };
}

async function countUnspent(trx: Transaction<Tables>, place: ClassPlace): Promise<number> {
  const row = await unspentOf(trx, place)
    .select(({ fn }) => fn.countAll().as('unspent'))
    .executeTakeFirstOrThrow();
  return Number(row.unspent);
}

async function retireOne(trx: Transaction<Tables>, place: ClassPlace): Promise<void> {
  const unspent = await unspentOf(trx, place).select(['hmac', 'spare']).execute();
  const ofClass = unspent.filter(({ spare }) => spare === 0);
  // Where nothing but spare slips is left, opt-outs have taken their seats, and one of them has to go after all.
  const those = ofClass.length > 0 ? ofClass : unspent;
  const [retired] = those.length > 0 ? those.slice(randomInt(those.length)) : [];
  if (retired) await trx.updateTable('codes').set(REPLACED).where('hmac', '=', retired.hmac).execute();
}
