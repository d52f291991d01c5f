import { inChunks, type Database } from './database.ts';
import { draftChangesOf } from './draft-changes.ts';
import { heldDraftsOf } from './held-drafts.ts';
import { newId } from './identifiers.ts';
import { hashToken, type Secrets } from './secrets.ts';
import type { FieldworkCountersTable } from './answering-tables.ts';
import { settleDraft, type Settlement } from './settlement.ts';

/** A response written straight into the tables: the demonstration's earlier waves. */
export interface SeededResponse {
  waveId: string;
  versionId: string;
  schoolId: string;
  /** For the counters of fieldwork only; a response does not hold it. */
  stage: string;
  bandId: string;
  sex: string | null;
  quintile: number | null;
  asn: string | null;
  language: string;
  answers: Uint8Array;
  /** The answers to unlinked sections; each becomes a record of its own. */
  unlinked: readonly { section: string; answers: Uint8Array }[];
}

/** An answer to an open survey written straight into the tables. */
export interface SeededOpenResponse {
  waveId: string;
  versionId: string;
  localityId: string | null;
  bandId: string;
  language: string;
  answers: Uint8Array;
}

/** Writes responses; it cannot read any. */
export interface Sendings {
  /**
   * Ends a draft as its author wishes.
   * @param settle what it comes to, asked for once everything that was saved is in the draft
   */
  finish(settle: () => Settlement): Promise<'done' | 'done-already'>;
  /** The wave of an attempt that came to its end before: a replayed form gets the same thank-you. */
  waveFinishedBy(attempt: string): Promise<string | undefined>;
  writeMany(responses: readonly SeededResponse[]): Promise<void>;
  writeManyOpen(responses: readonly SeededOpenResponse[]): Promise<void>;
}

export function createSendings(database: Database, secrets: Secrets): Sendings {
  const { query } = database;
  const held = heldDraftsOf(database);
  const changes = draftChangesOf(database, secrets);
  return {
    async finish(settle) {
      await changes.gather();
      const settlement = settle();
      const done = await query.transaction().execute((trx) => settleDraft(trx, secrets, settlement));
      held.forget(settlement.codeHmac);
      return done;
    },
    async waveFinishedBy(attempt) {
      const row = await query
        .selectFrom('attempts')
        .select('wave_id')
        .where('token_hash', '=', hashToken(attempt))
        .executeTakeFirst();
      return row?.wave_id;
    },
    async writeMany(responses) {
      for (const chunk of inChunks(responses, 2000)) {
        await query
          .insertInto('responses')
          .values(
            chunk.map((response) => ({
              id: newId(),
              wave_id: response.waveId,
              version_id: response.versionId,
              school_id: response.schoolId,
              band_id: response.bandId,
              sex: response.sex,
              quintile: response.quintile,
              asn: response.asn,
              language: response.language,
              answers: response.answers,
            })),
          )
          .execute();
      }
      const records = responses.flatMap(({ unlinked, ...response }) =>
        unlinked.map(({ section, answers }) => ({
          id: newId(),
          wave_id: response.waveId,
          version_id: response.versionId,
          section,
          band_id: response.bandId,
          sex: response.sex,
          quintile: response.quintile,
          answers,
        })),
      );
      for (const chunk of inChunks(records, 2000)) await query.insertInto('unlinked_records').values(chunk).execute();
      await writeCounters(query, responses);
    },
    async writeManyOpen(responses) {
      for (const chunk of inChunks(responses, 2000)) {
        const rows = chunk.map(({ waveId, versionId, localityId, bandId, language, answers }) => ({
          id: newId(),
          wave_id: waveId,
          version_id: versionId,
          locality_id: localityId,
          band_id: bandId,
          language,
          answers,
        }));
        await query.insertInto('open_responses').values(rows).execute();
      }
      await writeTallies(query, responses);
    },
  };
}

/** What was started and sent of each open wave, which is all that is counted of it. */
async function writeTallies(query: Database['query'], responses: readonly SeededOpenResponse[]): Promise<void> {
  for (const [wave_id, own] of Map.groupBy(responses, ({ waveId }) => waveId)) {
    const tallies = ['started', 'sent'].map((name) => ({ wave_id, name, count: own.length }));
    await query.insertInto('wave_tallies').values(tallies).execute();
  }
}

/** The counters that these responses would have left behind after a close: no classes, nobody declined. */
async function writeCounters(query: Database['query'], responses: readonly SeededResponse[]): Promise<void> {
  const counts = new Map<string, FieldworkCountersTable>();
  for (const { waveId, schoolId, stage } of responses) {
    const key = `${waveId} ${schoolId} ${stage}`;
    const zero = { wave_id: waveId, school_id: schoolId, stage, class: '', started: 0, declined: 0, sent: 0 };
    const count = counts.get(key) ?? { ...zero, broken_off: 0, broken_off_kept: 0 };
    count.started += 1;
    count.sent += 1;
    counts.set(key, count);
  }
  for (const chunk of inChunks([...counts.values()])) {
    await query.insertInto('fieldwork_counters').values(chunk).execute();
  }
}
