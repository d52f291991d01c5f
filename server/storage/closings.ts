import { setImmediate as nextTurn } from 'node:timers/promises';
import { STATE_CODES } from '../core/survey/answer.ts';
import type { Band } from '../core/survey/stage.ts';
import { coarserGroups } from '../core/fieldwork/groups.ts';
import { coarserOpenGroups } from '../core/fieldwork/open-groups.ts';
import { coarserRecords } from '../core/fieldwork/unlinked-groups.ts';
import { forgetClassWork } from './class-closings.ts';
import { inChunks, isDuplicate, type Database } from './database.ts';
import { keepAnswers } from './draft-body.ts';
import { draftChangesOf, type StoredDraft } from './draft-changes.ts';
import { heldDraftsOf } from './held-drafts.ts';
import { newId } from './identifiers.ts';
import { newToken, type Secrets } from './secrets.ts';
import { KNOWS_NOTHING, settleDraft, type KeptAnswers } from './settlement.ts';
import type { SurveyVersion } from './surveys.ts';
import type { WaveWay } from './waves.ts';

/** What the close of a wave needs to know of it. */
export interface ClosingWave {
  id: string;
  bands: readonly Band[];
  versions: ReadonlyMap<string, SurveyVersion>;
  way: WaveWay;
}

/**
 * The steps of a close, each of which can be run again without harm, so that a close that was
 * interrupted goes on where it was. Each works in short transactions and lets others through between them.
 */
export interface Closings {
  /** From here on no answer is taken; 'done-already' if the close had begun before. */
  begin(waveId: string, startedBy: string | null, at: string): Promise<'begun' | 'done-already'>;
  /** Waits until nothing of any draft is noted elsewhere than in its own row. */
  gatherDrafts(): Promise<void>;
  /** Does with every unfinished draft what its author chose; without a choice it is thrown away. */
  settleDrafts(wave: ClosingWave): Promise<void>;
  /** Writes codes, attempts and every record of answers anew, in random order and with new ids. */
  rewrite(waveId: string): Promise<void>;
  /**
   * Takes from responses what sets fewer than three of a school and band apart, from the answers to an open survey what
   * sets fewer than three of a band apart, and from the records of unlinked sections what fewer than ten tell alike.
   */
  coarsen(wave: ClosingWave): Promise<void>;
  /** Takes the class out of the counters and the opt-outs, ends all sessions and forgets how classes were run. */
  forgetClasses(waveId: string): Promise<void>;
  finish(waveId: string, at: string): Promise<void>;
}

/** The tables that hold answers. */
const RECORD_TABLES = ['responses', 'unlinked_records', 'open_responses'] as const;
type RecordTable = (typeof RECORD_TABLES)[number];

/** Rows a transaction: few enough that a pupil's answer waits for less than 20 ms. */
const CHUNK = 200;

export function createClosings(database: Database, secrets: Secrets, random: () => number): Closings {
  const { query } = database;
  const held = heldDraftsOf(database);
  const changes = draftChangesOf(database, secrets);

  /** A damaged draft must not keep a wave from closing: it is thrown away like one without a choice. */
  async function settleOne(wave: ClosingWave, codeHmac: string): Promise<void> {
    const draft = changes.findUnlessDamaged(codeHmac);
    const kept = draft?.body.timeRunsOut === 'keep' ? keptAnswers(wave, draft) : null;
    const ending = kept ? 'broken-off-kept' : 'broken-off';
    const supporter = draft?.body.supporter ?? false;
    await query
      .transaction()
      .execute((trx) => settleDraft(trx, secrets, { codeHmac, attempt: newToken(), ending, supporter, kept }));
    held.forget(codeHmac);
  }

  async function rewriteRecords(table: RecordTable, waveId: string): Promise<void> {
    const rows = await query.selectFrom(table).select('id').where('wave_id', '=', waveId).execute();
    for (const chunk of inChunks(shuffled(rows, random), CHUNK)) {
      await query.transaction().execute(async (trx) => {
        const ids = chunk.map((row) => row.id);
        const old = await trx.selectFrom(table).selectAll().where('id', 'in', ids).execute();
        await trx.deleteFrom(table).where('id', 'in', ids).execute();
        await trx
          .insertInto(table)
          .values(shuffled(old, random).map((row) => ({ ...row, id: newId() })))
          .execute();
      });
      await nextTurn();
    }
  }

  async function coarsenUnlinked({ id: waveId, versions }: ClosingWave): Promise<void> {
    const rows = await query
      .selectFrom('unlinked_records')
      .select(['id', 'version_id as versionId', 'section', 'band_id as bandId', 'sex', 'quintile', 'answers'])
      .where('wave_id', '=', waveId)
      .execute();
    const { changed, removed } = coarserRecords(
      rows.map(({ answers, ...row }) => ({
        ...row,
        pattern: neverAsked(versions.get(row.versionId), row.section, answers),
      })),
    );
    for (const chunk of inChunks(changed, CHUNK)) {
      await query.transaction().execute(async (trx) => {
        for (const { id, bandId: band_id, sex, quintile } of chunk) {
          await trx.updateTable('unlinked_records').set({ band_id, sex, quintile }).where('id', '=', id).execute();
        }
      });
      await nextTurn();
    }
    for (const chunk of inChunks(removed, CHUNK)) {
      await query.deleteFrom('unlinked_records').where('id', 'in', chunk).execute();
      await nextTurn();
    }
  }

  async function coarsenOpen(waveId: string): Promise<void> {
    const rows = await query
      .selectFrom('open_responses')
      .select(['id', 'version_id as versionId', 'band_id as bandId', 'language', 'locality_id as localityId'])
      .where('wave_id', '=', waveId)
      .execute();
    for (const chunk of inChunks(coarserOpenGroups(rows), CHUNK)) {
      await query.transaction().execute(async (trx) => {
        for (const { id, language, localityId: locality_id } of chunk) {
          await trx.updateTable('open_responses').set({ language, locality_id }).where('id', '=', id).execute();
        }
      });
      await nextTurn();
    }
  }

  async function rewriteCodes(waveId: string): Promise<void> {
    const rows = await query.selectFrom('codes').select(['hmac', 'state']).where('wave_id', '=', waveId).execute();
    for (const chunk of inChunks(shuffled(rows, random), CHUNK)) {
      await query.transaction().execute(async (trx) => {
        const hmacs = chunk.map((row) => row.hmac);
        await trx.deleteFrom('codes').where('hmac', 'in', hmacs).execute();
        await trx
          .insertInto('codes')
          .values(chunk.map((row) => ({ hmac: row.hmac, state: row.state, wave_id: waveId, ...KNOWS_NOTHING })))
          .execute();
      });
      await nextTurn();
    }
  }

  async function rewriteAttempts(waveId: string): Promise<void> {
    const rows = await query.selectFrom('attempts').selectAll().where('wave_id', '=', waveId).execute();
    for (const chunk of inChunks(shuffled(rows, random), CHUNK)) {
      await query.transaction().execute(async (trx) => {
        const hashes = chunk.map((row) => row.token_hash);
        await trx.deleteFrom('attempts').where('token_hash', 'in', hashes).execute();
        await trx.insertInto('attempts').values(chunk).execute();
      });
      await nextTurn();
    }
  }

  return {
    async begin(waveId, startedBy, at) {
      try {
        await query
          .insertInto('wave_closings')
          .values({ wave_id: waveId, started_at: at, started_by: startedBy, finished_at: null })
          .execute();
        // Read anew, a draft of this wave is found closing; those of other waves are simply read once more.
        held.forgetAll();
        return 'begun';
      } catch (error) {
        if (isDuplicate(error)) return 'done-already';
        throw error;
      }
    },
    gatherDrafts: () => changes.gather(),
    async settleDrafts(wave) {
      const drafts = await query.selectFrom('drafts').select('code_hmac').where('wave_id', '=', wave.id).execute();
      for (const draft of shuffled(drafts, random)) {
        await settleOne(wave, draft.code_hmac);
        await nextTurn();
      }
      // Notes that stayed behind could not be opened once the wave's secret is destroyed.
      await changes.gather();
    },
    async rewrite(waveId) {
      await rewriteCodes(waveId);
      await rewriteAttempts(waveId);
      for (const table of RECORD_TABLES) await rewriteRecords(table, waveId);
    },
    async coarsen(wave) {
      const waveId = wave.id;
      const rows = await query
        .selectFrom('responses')
        .select(['id', 'version_id as versionId', 'school_id as schoolId', 'band_id as bandId'])
        .select(['sex', 'quintile', 'asn', 'language'])
        .where('wave_id', '=', waveId)
        .execute();
      const changes = coarserGroups(rows);
      for (const chunk of inChunks(changes, CHUNK)) {
        await query.transaction().execute(async (trx) => {
          for (const { id, sex, quintile, asn, language } of chunk) {
            await trx.updateTable('responses').set({ sex, quintile, asn, language }).where('id', '=', id).execute();
          }
        });
        await nextTurn();
      }
      await coarsenUnlinked(wave);
      await coarsenOpen(waveId);
    },
    async forgetClasses(waveId) {
      await query.transaction().execute(async (trx) => {
        const rows = await trx.selectFrom('fieldwork_counters').selectAll().where('wave_id', '=', waveId).execute();
        const merged = new Map<string, (typeof rows)[number]>();
        for (const row of rows) {
          const key = `${row.school_id} ${row.stage}`;
          const sum = merged.get(key) ?? {
            ...row,
            class: '',
            started: 0,
            declined: 0,
            sent: 0,
            broken_off: 0,
            broken_off_kept: 0,
          };
          sum.started += row.started;
          sum.declined += row.declined;
          sum.sent += row.sent;
          sum.broken_off += row.broken_off;
          sum.broken_off_kept += row.broken_off_kept;
          merged.set(key, sum);
        }
        await trx.deleteFrom('fieldwork_counters').where('wave_id', '=', waveId).execute();
        for (const chunk of inChunks([...merged.values()]))
          await trx.insertInto('fieldwork_counters').values(chunk).execute();
        await forgetClassWork(trx, waveId);
      });
      await query.deleteFrom('respondent_sessions').where('wave_id', '=', waveId).execute();
    },
    async finish(waveId, at) {
      await query.updateTable('wave_closings').set({ finished_at: at }).where('wave_id', '=', waveId).execute();
    },
  };
}

/**
 * Which questions of an unlinked section were never asked although no route leads to them: a topic that begins at a
 * later stage, or the rest of a survey that was broken off.
 */
function neverAsked(version: SurveyVersion | undefined, section: string, answers: Uint8Array): string {
  const routed = new Set(version?.definition.items.filter(({ when }) => when).map(({ id }) => id));
  const slots = version?.unlinkedLayouts[section] ?? [];
  const never: readonly number[] = [STATE_CODES['not-asked'], STATE_CODES.unreached];
  return slots
    .flatMap((slot, index) => (!routed.has(slot.question) && never.includes(answers[index]!) ? [index] : []))
    .join(' ');
}

/** What a draft kept at the close leaves behind; null if nothing in it was answered. */
function keptAnswers(wave: ClosingWave, { versionId, stage, body }: StoredDraft): KeptAnswers | null {
  const version = wave.versions.get(versionId);
  try {
    return version ? keepAnswers(version, wave.bands, wave.way, { stage, body, sent: false }) : null;
  } catch {
    // An answer that its question does not know cannot be kept, and must not hold up the close of everybody.
    return null;
  }
}

/** A copy in random order (Fisher and Yates). */
function shuffled<Row>(rows: readonly Row[], random: () => number): Row[] {
  const copy = [...rows];
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [copy[index], copy[other]] = [copy[other]!, copy[index]!];
  }
  return copy;
}
