import type { ApprovedQuote } from '../core/texts/text-release.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';
import { sealWords, unsealWords, type SealedWords } from './sealed-words.ts';
import type { Secrets } from './secrets.ts';

/** Words that somebody proposes to show under a theme. */
export interface TextQuote extends ApprovedQuote {
  id: string;
  proposedBy: string;
  approvedBy: string | null;
}

/**
 * Quotes on their way into a text release: words of a text that two people have sorted. They are sealed like the text
 * itself, and end with it. Whether they are a redaction of the text is for whoever has it in hand to check.
 */
export interface TextQuotes {
  /**
   * Proposes the quote of a text; each has one. 'done-already' if there is one, 'stale' if the text does not have this
   * theme by the eyes of two people.
   * @throws if the secret of the wave's texts is gone
   */
  propose(
    textId: string,
    quote: SealedWords & { theme: string },
    proposedBy: string,
    at: string,
  ): Promise<'proposed' | 'done-already' | 'stale'>;
  /** Whether a text has a quote, and whether it was approved. */
  ofText(textId: string): Promise<{ approved: boolean } | undefined>;
  /** The quotes of a wave, those first that wait. @throws as `propose` does */
  ofWave(waveId: string): Promise<TextQuote[]>;
  /** The wave of a quote; undefined if there is no such quote. */
  waveOf(id: string): Promise<string | undefined>;
  /** Who proposed a quote; undefined if there is no such quote. */
  proposerOf(id: string): Promise<string | undefined>;
  approve(id: string, approvedBy: string, at: string): Promise<'approved' | 'own-work' | 'done-already'>;
  /** Deletes a quote, approved or not; another one can be proposed then. */
  remove(id: string): Promise<'removed' | 'done-already'>;
}

export function createTextQuotes({ query }: Database, secrets: Secrets): TextQuotes {
  return {
    propose: (textId, { theme, language, words }, proposedBy, at) =>
      query.transaction().execute(async (trx) => {
        const text = await trx
          .selectFrom('text_confirmations')
          .innerJoin('written_texts', 'written_texts.id', 'text_confirmations.text_id')
          .innerJoin('text_coding_themes', 'text_coding_themes.text_id', 'text_confirmations.text_id')
          .select('wave_id')
          .where('text_confirmations.text_id', '=', textId)
          .where('theme_id', '=', theme)
          .executeTakeFirst();
        if (!text) return 'stale';
        const body = sealWords(secrets.textKey(text.wave_id), { language, words });
        const row = { id: newId(), text_id: textId, theme_id: theme, body, proposed_at: at, proposed_by: proposedBy };
        const proposed = await trx
          .insertInto('text_quotes')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return proposed.numInsertedOrUpdatedRows === 1n ? 'proposed' : 'done-already';
      }),
    async ofText(textId) {
      const row = await query
        .selectFrom('text_quotes')
        .leftJoin('text_quote_approvals', 'quote_id', 'text_quotes.id')
        .select('approved_at')
        .where('text_id', '=', textId)
        .executeTakeFirst();
      return row && { approved: row.approved_at !== null };
    },
    async ofWave(waveId) {
      const rows = await query
        .selectFrom('text_quotes')
        .innerJoin('written_texts', 'written_texts.id', 'text_quotes.text_id')
        .innerJoin('sent_texts', 'sent_texts.text_id', 'text_quotes.text_id')
        .leftJoin('text_quote_approvals', 'quote_id', 'text_quotes.id')
        .select(['text_quotes.id', 'text_quotes.body', 'theme_id as theme', 'band_id as band'])
        .select(['proposed_by as proposedBy', 'approved_by as approvedBy'])
        .where('wave_id', '=', waveId)
        .orderBy('text_quotes.id')
        .execute();
      const quotes = rows.map(({ body, ...row }) => ({ ...row, ...unsealWords(secrets.textKey(waveId), body) }));
      return quotes.toSorted((one, other) => Number(one.approvedBy !== null) - Number(other.approvedBy !== null));
    },
    async waveOf(id) {
      const row = await query
        .selectFrom('text_quotes')
        .innerJoin('written_texts', 'written_texts.id', 'text_id')
        .select('wave_id')
        .where('text_quotes.id', '=', id)
        .executeTakeFirst();
      return row?.wave_id;
    },
    async proposerOf(id) {
      const row = await query.selectFrom('text_quotes').select('proposed_by').where('id', '=', id).executeTakeFirst();
      return row?.proposed_by;
    },
    approve: (id, approvedBy, at) =>
      query.transaction().execute(async (trx) => {
        const quote = await trx.selectFrom('text_quotes').select('proposed_by').where('id', '=', id).executeTakeFirst();
        if (!quote) return 'done-already';
        if (quote.proposed_by === approvedBy) return 'own-work';
        const approved = await trx
          .insertInto('text_quote_approvals')
          .values({ quote_id: id, approved_at: at, approved_by: approvedBy })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return approved.numInsertedOrUpdatedRows === 1n ? 'approved' : 'done-already';
      }),
    remove: (id) =>
      query.transaction().execute(async (trx) => {
        await trx.deleteFrom('text_quote_approvals').where('quote_id', '=', id).execute();
        const removed = await trx.deleteFrom('text_quotes').where('id', '=', id).executeTakeFirst();
        return removed.numDeletedRows === 1n ? 'removed' : 'done-already';
      }),
  };
}
