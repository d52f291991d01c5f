/*
 * The rows of the table about what pupils say of replies; as in tables.ts.
 */

/** Which reply the pupils of a wave are asked about. */
interface WaveRepliesTable {
  wave_id: string;
  reply_id: string;
  chosen_at: string;
  chosen_by: string | null;
}

export interface WaveReplyTables {
  wave_replies: WaveRepliesTable;
}
