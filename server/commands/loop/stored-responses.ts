import type { Database } from '../../storage/database.ts';

/** How many responses of a wave are stored. Rows are counted here and nowhere read: answers are for the release job alone. */
export async function countStoredResponses({ query }: Database, waveId: string): Promise<number> {
  const { responses } = await query
    .selectFrom('responses')
    .select((count) => count.fn.countAll<number>().as('responses'))
    .where('wave_id', '=', waveId)
    .executeTakeFirstOrThrow();
  return Number(responses);
}
