import type { TopicId } from '../core/survey/topics.ts';
import type { Database } from './database.ts';
import { isOpened } from './wave-openings.ts';

/** A topic that a named adult switched on for a wave. */
export interface SwitchedTopic {
  topic: TopicId;
  reason: string;
  switchedOnAt: string;
  /** Account of the adult who answers for it. */
  switchedOnBy: string;
  /** The name that this adult signs in with. */
  signInName: string;
}

export interface WaveTopics {
  /** The topics that are on in a wave. */
  ofWave(waveId: string): Promise<SwitchedTopic[]>;
  /** Switches a topic on, unless it is on or the wave has been opened. */
  switchOn(
    waveId: string,
    topic: { topic: TopicId; reason: string },
    accountId: string,
    at: string,
  ): Promise<'switched-on' | 'done-already' | 'wave-open'>;
  /** Switches a topic off again, unless it is off or the wave has been opened. */
  switchOff(waveId: string, topic: TopicId): Promise<'switched-off' | 'done-already' | 'wave-open'>;
}

export function createWaveTopics({ query }: Database): WaveTopics {
  return {
    async ofWave(waveId) {
      const rows = await query
        .selectFrom('wave_topics')
        .innerJoin('accounts', 'accounts.id', 'switched_on_by')
        .select(['topic', 'reason', 'switched_on_at as switchedOnAt', 'switched_on_by as switchedOnBy'])
        .select('sign_in_name as signInName')
        .where('wave_id', '=', waveId)
        .orderBy('topic')
        .execute();
      return rows.map((row) => ({ ...row, topic: row.topic as TopicId }));
    },
    switchOn: (waveId, { topic, reason }, accountId, at) =>
      query.transaction().execute(async (trx) => {
        if (await isOpened(trx, waveId)) return 'wave-open';
        const row = { wave_id: waveId, topic, reason, switched_on_at: at, switched_on_by: accountId };
        const added = await trx
          .insertInto('wave_topics')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return added.numInsertedOrUpdatedRows === 1n ? 'switched-on' : 'done-already';
      }),
    switchOff: (waveId, topic) =>
      query.transaction().execute(async (trx) => {
        if (await isOpened(trx, waveId)) return 'wave-open';
        const removed = await trx
          .deleteFrom('wave_topics')
          .where('wave_id', '=', waveId)
          .where('topic', '=', topic)
          .executeTakeFirst();
        return removed.numDeletedRows === 1n ? 'switched-off' : 'done-already';
      }),
  };
}
