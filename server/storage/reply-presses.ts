import type { Database } from './database.ts';

/** The buttons under a public reply. */
export const BUTTONS = ['clear', 'not-clear'] as const;
export type Button = (typeof BUTTONS)[number];

/** How often somebody pressed them. Anybody may, and as often as they like: this is never what children think. */
export interface ReplyPresses {
  press(replyId: string, button: Button): Promise<void>;
  counts(replyId: string): Promise<Record<Button, number>>;
}

export function createReplyPresses({ query }: Pick<Database, 'query'>): ReplyPresses {
  return {
    async press(replyId, button) {
      await query
        .insertInto('reply_presses')
        .values({ reply_id: replyId, button, count: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['reply_id', 'button'])
            .doUpdateSet((column) => ({ count: column('reply_presses.count', '+', 1) })),
        )
        .execute();
    },
    async counts(replyId) {
      const rows = await query
        .selectFrom('reply_presses')
        .select(['button', 'count'])
        .where('reply_id', '=', replyId)
        .execute();
      const counts = { clear: 0, 'not-clear': 0 };
      for (const { button, count } of rows) counts[button] = count;
      return counts;
    },
  };
}
