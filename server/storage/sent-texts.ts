import type { Transaction } from 'kysely';
import type { CodesTable } from './answering-tables.ts';
import { NO_WORDS, unsealWords } from './sealed-words.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';

/** The last words of a person to a question, as they are sent with the other answers. */
export interface SentWords {
  questionId: string;
  words: string;
}

/**
 * Notes which of the texts that readers have were sent, and the band of whoever sent them. A text is found by its words
 * among those of the same school and stage, so nothing ever ties it to a code; of two with the same words either will do.
 */
export async function noteSent(
  trx: Transaction<Tables>,
  secrets: Secrets,
  { wave_id, school_id, stage }: Pick<CodesTable, 'wave_id' | 'school_id' | 'stage'>,
  bandId: string,
  sent: readonly SentWords[],
): Promise<void> {
  // What is open to whoever comes has no release, and so no themes.
  if (sent.length === 0 || school_id === null || !secrets.hasTextSecret(wave_id)) return;
  const key = secrets.textKey(wave_id);
  for (const { questionId, words } of sent) {
    const texts = await trx
      .selectFrom('written_texts')
      .leftJoin('sent_texts', 'sent_texts.text_id', 'written_texts.id')
      .select(['written_texts.id', 'body'])
      .where('wave_id', '=', wave_id)
      .where('school_id', '=', school_id)
      .where('question_id', '=', questionId)
      .where('stage', stage === null ? 'is' : '=', stage)
      .where('body', '!=', NO_WORDS)
      .where('sent_texts.text_id', 'is', null)
      .execute();
    const text = texts.find(({ body }) => unsealWords(key, body).words === words);
    if (text) await trx.insertInto('sent_texts').values({ text_id: text.id, band_id: bandId }).execute();
  }
}
