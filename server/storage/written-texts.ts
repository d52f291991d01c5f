import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KeyObject } from 'node:crypto';
import { sql } from 'kysely';
import { inChunks, type Database } from './database.ts';
import { newId } from './identifiers.ts';
import { NO_WORDS, sealWords } from './sealed-words.ts';
import type { Secrets } from './secrets.ts';
import { endSorting, isSorted, sortableTexts } from './text-sorting.ts';

/** Words that somebody wrote, as they are noted for the readers of their wave. Days are civil dates. */
export interface NewText {
  waveId: string;
  /** Tells the school and the stage; it is kept nowhere beside the words. */
  codeHmac: string;
  questionId: string;
  /** The language that the survey was answered in. */
  language: string;
  words: string;
  writtenOn: string;
  dueOn: string;
}

/**
 * What young people wrote, sent or not, for the readers named in their wave. It is sealed under a key of its own,
 * which outlives the close until everything is read. How it is read is in text-readings.ts, and how what was sent is
 * kept a while longer, to be sorted into themes, in text-sorting.ts.
 */
export interface WrittenTexts {
  /** Notes words for the readers, durably. 'ended' if the draft has come to its end: nothing is noted then. */
  note(text: NewText): Promise<'noted' | 'ended'>;
  /** How many texts of all waves of an authority nobody has read although their day is over. */
  overdueOfAuthority(authorityId: string, today: string): Promise<number>;
  /** Takes school and stage from those texts of a wave that were read. */
  forgetReadOfWave(waveId: string): Promise<void>;
  /**
   * Deletes all words of a wave and destroys their key, unless a text is still to be read. Counts and routes stay.
   * Words that can be sorted stay too, with their key, until sorting has ended.
   */
  endOfWave(waveId: string): Promise<void>;
  /**
   * Does both for a wave whose close has settled all its drafts, and nothing before. The close calls it, and so do
   * every reading after the close and the end of sorting. Can be run again without harm.
   */
  settleTexts(waveId: string): Promise<void>;
  /** Waves whose words cannot be read because their secret is lost: a server must not start with one. */
  wavesWithLostTexts(): Promise<string[]>;
  /**
   * Deletes words that a backup has brought back although their secret was destroyed, and what sorting them had left.
   * What the backup has as unread goes whole: it was read since, and by whom was noted after the backup.
   * Can be run again without harm. @returns the waves whose words were deleted
   */
  endRestoredTexts(at: string): Promise<string[]>;
}

/** Rows a statement: few enough that a pupil's answer waits for less than 20 ms. */
const CHUNK = 200;

export function createWrittenTexts(database: Database, secrets: Secrets): WrittenTexts {
  const { query } = database;
  const sealed = query.selectFrom('written_texts').where('body', '!=', NO_WORDS);
  const readTexts = query.selectFrom('written_texts').innerJoin('text_readings', 'text_id', 'written_texts.id');
  const unreadTexts = query
    .selectFrom('written_texts')
    .leftJoin('text_readings', 'text_id', 'written_texts.id')
    .where('text_id', 'is', null);

  /** The key of a wave's words, made with the first of them. @throws if it is lost: a second key would hide that */
  async function keyForNew(waveId: string): Promise<KeyObject> {
    if (!secrets.hasTextSecret(waveId)) {
      const older = await sealed.select('id').where('wave_id', '=', waveId).limit(1).executeTakeFirst();
      if (older)
        throw new Error(
          `Wave ${waveId} has texts, but the secret that they are sealed under is gone: expected its file. Put it back; no text is noted until then.`,
        );
      secrets.makeTextSecret(waveId);
    }
    return secrets.textKey(waveId);
  }

  /** Whether the close of a wave has settled all its drafts, so that no text can come any more. */
  async function isComplete(waveId: string): Promise<boolean> {
    const closing = query.selectFrom('wave_closings').select('wave_id').where('wave_id', '=', waveId);
    const draft = query.selectFrom('drafts').select('wave_id').where('wave_id', '=', waveId).limit(1);
    return (await closing.executeTakeFirst()) !== undefined && (await draft.executeTakeFirst()) === undefined;
  }

  async function changeAll(
    texts: readonly { id: string }[],
    change: { school_id: null; stage: null } | { body: Buffer },
  ): Promise<void> {
    for (const chunk of inChunks(texts, CHUNK)) {
      const ids = chunk.map(({ id }) => id);
      await query.updateTable('written_texts').set(change).where('id', 'in', ids).execute();
      await nextTurn();
    }
  }

  /** Without words it matters to nobody which of them were sent. */
  async function forgetSent(waveId: string): Promise<void> {
    const sent = query
      .selectFrom('sent_texts')
      .innerJoin('written_texts', 'written_texts.id', 'text_id')
      .select('written_texts.id')
      .where('wave_id', '=', waveId);
    for (const chunk of inChunks(await sent.execute(), CHUNK)) {
      const ids = chunk.map(({ id }) => id);
      await query.deleteFrom('sent_texts').where('text_id', 'in', ids).execute();
      await nextTurn();
    }
  }

  async function forgetReadOfWave(waveId: string): Promise<void> {
    const texts = await readTexts
      .select(['written_texts.id', 'outcome'])
      .where('wave_id', '=', waveId)
      .where((where) => where.or([where('school_id', 'is not', null), where('stage', 'is not', null)]))
      .execute();
    await changeAll(texts, { school_id: null, stage: null });
    // Its route names the school, the reader and the day: the words may not stand beside it.
    const passedOn = texts.filter(({ outcome }) => outcome === 'passed-on');
    await changeAll(passedOn, { body: NO_WORDS });
  }

  async function endOfWave(waveId: string): Promise<void> {
    const unread = unreadTexts.select('written_texts.id').where('wave_id', '=', waveId).limit(1);
    if (await unread.executeTakeFirst()) return;
    const isKept = await isSorted(query, waveId);
    const ending = sealed.select('id').where('wave_id', '=', waveId);
    const sortable = sortableTexts(query).select('written_texts.id');
    await changeAll(await (isKept ? ending.where('id', 'not in', sortable) : ending).execute(), { body: NO_WORDS });
    if (isKept) return;
    await forgetSent(waveId);
    secrets.destroyTextSecret(waveId);
  }

  async function endRestored(waveId: string, at: string): Promise<void> {
    if (await isSorted(query, waveId)) await query.transaction().execute((trx) => endSorting(trx, waveId, at));
    await forgetSent(waveId);
    const unread = await unreadTexts.select('written_texts.id').where('wave_id', '=', waveId).execute();
    for (const chunk of inChunks(unread, CHUNK)) {
      const ids = chunk.map(({ id }) => id);
      await query.deleteFrom('written_texts').where('id', 'in', ids).execute();
    }
    await forgetReadOfWave(waveId);
    await changeAll(await sealed.select('id').where('wave_id', '=', waveId).execute(), { body: NO_WORDS });
  }

  /** Waves that have words and no secret to read them with. */
  async function wavesWithoutSecret(): Promise<string[]> {
    const rows = await sealed.select('wave_id').distinct().orderBy('wave_id').execute();
    return rows.map((row) => row.wave_id).filter((waveId) => !secrets.hasTextSecret(waveId));
  }

  return {
    async note({ waveId, codeHmac, questionId, language, words, writtenOn, dueOn }) {
      const body = sealWords(await keyForNew(waveId), { language, words });
      // In one statement, so that nothing is noted for a draft that has been settled meanwhile.
      const noted = await query
        .insertInto('written_texts')
        .columns(['id', 'question_id', 'body', 'written_on', 'due_on', 'wave_id', 'school_id', 'stage'])
        .expression((expression) =>
          expression
            .selectFrom('codes')
            .select((of) => [of.val(newId()).as('id'), of.val(questionId).as('question_id'), of.val(body).as('body')])
            .select((of) => [of.val(writtenOn).as('written_on'), of.val(dueOn).as('due_on')])
            .select(['wave_id', 'school_id', 'stage'])
            .where('hmac', '=', codeHmac)
            .where('wave_id', '=', waveId)
            .where('state', '=', 'started'),
        )
        .executeTakeFirst();
      return noted?.numInsertedOrUpdatedRows === 1n ? 'noted' : 'ended';
    },
    async overdueOfAuthority(authorityId, today) {
      const { overdue } = await unreadTexts
        .innerJoin('waves', 'waves.id', 'written_texts.wave_id')
        .select(sql<number>`cast(count(*) as integer)`.as('overdue'))
        .where('authority_id', '=', authorityId)
        .where('due_on', '<', today)
        .executeTakeFirstOrThrow();
      return overdue;
    },
    forgetReadOfWave,
    endOfWave,
    async settleTexts(waveId) {
      if (!(await isComplete(waveId))) return;
      await forgetReadOfWave(waveId);
      await endOfWave(waveId);
      // Schools and words that were just taken away must not stay in the log. While a backup reads, they wait for the
      // next time; the words are unreadable already.
      await nextTurn();
      database.truncateLog();
    },
    wavesWithLostTexts: async () => (await wavesWithoutSecret()).filter((waveId) => !secrets.wereTextsEnded(waveId)),
    async endRestoredTexts(at) {
      const ended = (await wavesWithoutSecret()).filter((waveId) => secrets.wereTextsEnded(waveId));
      for (const waveId of ended) await endRestored(waveId, at);
      if (ended.length > 0) database.truncateLog();
      return ended;
    },
  };
}
