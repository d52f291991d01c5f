import { sql } from 'kysely';
import { smallestGroup, type SmallestGroup } from '../core/fieldwork/smallest-group.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** What is looked at after a close, each of which has to come to nothing. */
export const CLOSING_CHECKS = [
  'drafts',
  'notes-of-drafts',
  'sessions',
  'classes-in-counters',
  'codes-that-know-something',
  'codes-not-ended',
  'secret',
  'log',
  'old-ids',
] as const;
export type ClosingCheck = (typeof CLOSING_CHECKS)[number];

/** What was found: how many there were of what should not be there; null where it can be seen at the close alone. */
export type ClosingFindings = Record<ClosingCheck, number | null>;

/** The kinds of answers, each with what stands beside them. */
export const ANSWER_KINDS = ['responses', 'unlinked_records', 'open_responses'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

export interface ClosingProof {
  findings: ClosingFindings;
  smallest: Record<AnswerKind, SmallestGroup>;
}

export interface StoredProof extends ClosingProof {
  madeAt: string;
  /** Sign-in name; null where the close itself looked. */
  madeBy: string | null;
}

/** Whether everything that was looked at came to nothing. */
export function holds({ findings }: ClosingProof): boolean {
  return Object.values(findings).every((count) => count === null || count === 0);
}

/** Ids of answers, kept in memory from before a close has rewritten them until after. */
export type AnswerIds = ReadonlySet<string>;

/** Looking whether a close has done all that it promises, by query. */
export interface ClosingProofs {
  /** Ids of all answers of a wave, before they are rewritten. */
  idsOf(waveId: string): Promise<AnswerIds>;
  /** What queries find of a wave. @param before ids that the close has to have replaced, where they are known */
  look(waveId: string, outside: { hasSecret: boolean; logEmptied: boolean }, before?: AnswerIds): Promise<ClosingProof>;
  keep(waveId: string, proof: ClosingProof, madeBy: string | null, at: string): Promise<void>;
  /** What was found each time, the newest first. */
  ofWave(waveId: string): Promise<StoredProof[]>;
}

/** What stands beside the answers of each kind. */
const BESIDE = {
  responses: ['version_id', 'school_id', 'band_id', 'sex', 'quintile', 'asn', 'language'],
  unlinked_records: ['version_id', 'section', 'band_id', 'sex', 'quintile'],
  open_responses: ['version_id', 'locality_id', 'band_id', 'language'],
} as const;

export function createClosingProofs({ query }: Database): ClosingProofs {
  async function count(table: string, waveId: string, where = sql`1 = 1`): Promise<number> {
    const { rows } = await sql<{ found: number }>`
      select cast(count(*) as integer) as found from ${sql.table(table)}
      where wave_id = ${waveId} and ${where}`.execute(query);
    return Number(rows[0]?.found ?? 0);
  }

  async function idsOf(waveId: string): Promise<Set<string>> {
    const ids = new Set<string>();
    for (const kind of ANSWER_KINDS) {
      const rows = await query.selectFrom(kind).select('id').where('wave_id', '=', waveId).execute();
      for (const { id } of rows) ids.add(id);
    }
    return ids;
  }

  async function smallestOf(kind: AnswerKind, waveId: string): Promise<SmallestGroup> {
    const columns = BESIDE[kind].map((column) => sql.ref(column));
    const { rows } = await sql<Record<string, string | number | null>>`
      select ${sql.join(columns)} from ${sql.table(kind)} where wave_id = ${waveId}`.execute(query);
    return smallestGroup(rows);
  }

  async function surviving(waveId: string, before: AnswerIds | undefined): Promise<number | null> {
    if (!before) return null;
    return [...(await idsOf(waveId))].filter((id) => before.has(id)).length;
  }

  const knowing = sql`(school_id is not null or stage is not null or class is not null or sex is not null
    or quintile is not null or asn is not null or locality_id is not null)`;

  return {
    idsOf,
    async look(waveId, { hasSecret, logEmptied }, before) {
      return {
        findings: {
          drafts: await count('drafts', waveId),
          'notes-of-drafts': await count('draft_changes', waveId),
          sessions: await count('respondent_sessions', waveId),
          'classes-in-counters': await count('fieldwork_counters', waveId, sql`class <> ''`),
          'codes-that-know-something': await count('codes', waveId, knowing),
          'codes-not-ended': await count('codes', waveId, sql`state = 'started'`),
          secret: hasSecret ? 1 : 0,
          log: logEmptied ? 0 : 1,
          'old-ids': await surviving(waveId, before),
        },
        smallest: {
          responses: await smallestOf('responses', waveId),
          unlinked_records: await smallestOf('unlinked_records', waveId),
          open_responses: await smallestOf('open_responses', waveId),
        },
      };
    },
    async keep(waveId, proof, madeBy, at) {
      const row = { id: newId(), wave_id: waveId, made_at: at, made_by: madeBy, checks: JSON.stringify(proof) };
      await query.insertInto('closing_proofs').values(row).execute();
    },
    async ofWave(waveId) {
      const rows = await query
        .selectFrom('closing_proofs')
        .leftJoin('accounts', 'accounts.id', 'made_by')
        .select(['made_at as madeAt', 'sign_in_name as madeBy', 'checks'])
        .where('wave_id', '=', waveId)
        .orderBy('made_at', 'desc')
        .execute();
      return rows.map(({ madeAt, madeBy, checks }) => ({ ...(JSON.parse(checks) as ClosingProof), madeAt, madeBy }));
    },
  };
}
