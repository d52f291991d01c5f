import type { SuggestionFacts } from '../core/loop/suggestions.ts';
import type { Database } from './database.ts';

/** That somebody marked a finding as a priority, or took the mark away. */
export interface PriorityMark {
  findingId: string;
  isPriority: boolean;
  at: string;
  /** The sign-in name of whoever did; empty where nobody is known. */
  by: string;
}

/** For whom a finding matters, and what suggested it. */
export interface FindingOrigin {
  forWhom: string;
  /** Null where nothing but a planner did. */
  facts: SuggestionFacts | null;
}

/** What planners say of findings besides why they matter. */
export interface FindingMarks {
  /** Marks a finding, or takes the mark away; nothing happens where it is so already. */
  setPriority(findingId: string, isPriority: boolean, by: string | null, at: string): Promise<'set' | 'was-so'>;
  /** All marks of the findings of an authority, oldest first. */
  priorities(authorityId: string): Promise<PriorityMark[]>;
  /** Puts a finding into a group, out of whichever it was in; an empty name into none. */
  setGroup(findingId: string, name: string, by: string | null, at: string): Promise<void>;
  /** Names of groups by finding. */
  groups(authorityId: string): Promise<Map<string, string>>;
  /** Keeps where a finding comes from; the first that was kept stands. */
  keepOrigin(findingId: string, origin: FindingOrigin): Promise<void>;
  origin(findingId: string): Promise<FindingOrigin | undefined>;
}

export function createFindingMarks({ query }: Pick<Database, 'query'>): FindingMarks {
  return {
    setPriority: (findingId, isPriority, by, at) =>
      query.transaction().execute(async (trx) => {
        const last = await trx
          .selectFrom('finding_priorities')
          .select(['number', 'is_priority'])
          .where('finding_id', '=', findingId)
          .orderBy('number', 'desc')
          .executeTakeFirst();
        if ((last?.is_priority === 1) === isPriority) return 'was-so';
        await trx
          .insertInto('finding_priorities')
          .values({
            finding_id: findingId,
            number: (last?.number ?? 0) + 1,
            is_priority: isPriority ? 1 : 0,
            marked_at: at,
            marked_by: by,
          })
          .execute();
        return 'set';
      }),
    async priorities(authorityId) {
      const rows = await query
        .selectFrom('finding_priorities')
        .innerJoin('findings', 'findings.id', 'finding_id')
        .leftJoin('accounts', 'accounts.id', 'marked_by')
        .select(['finding_id', 'is_priority', 'marked_at', 'sign_in_name'])
        .where('findings.authority_id', '=', authorityId)
        .orderBy('finding_id')
        .orderBy('number')
        .execute();
      return rows.map((row) => ({
        findingId: row.finding_id,
        isPriority: row.is_priority === 1,
        at: row.marked_at,
        by: row.sign_in_name ?? '',
      }));
    },
    setGroup: (findingId, name, by, at) =>
      query.transaction().execute(async (trx) => {
        await trx.deleteFrom('finding_groups').where('finding_id', '=', findingId).execute();
        if (name === '') return;
        await trx
          .insertInto('finding_groups')
          .values({ finding_id: findingId, name, put_at: at, put_by: by })
          .execute();
      }),
    async groups(authorityId) {
      const rows = await query
        .selectFrom('finding_groups')
        .innerJoin('findings', 'findings.id', 'finding_id')
        .select(['finding_id', 'name'])
        .where('authority_id', '=', authorityId)
        .execute();
      return new Map(rows.map((row) => [row.finding_id, row.name]));
    },
    async keepOrigin(findingId, { forWhom, facts }) {
      await query
        .insertInto('finding_origins')
        .values({ finding_id: findingId, for_whom: forWhom, facts: facts && JSON.stringify(facts) })
        .onConflict((conflict) => conflict.column('finding_id').doNothing())
        .execute();
    },
    async origin(findingId) {
      const row = await query
        .selectFrom('finding_origins')
        .select(['for_whom', 'facts'])
        .where('finding_id', '=', findingId)
        .executeTakeFirst();
      return (
        row && { forWhom: row.for_whom, facts: row.facts === null ? null : (JSON.parse(row.facts) as SuggestionFacts) }
      );
    },
  };
}
