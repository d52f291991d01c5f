import type { Level } from '../core/survey/stage.ts';
import { insertContribution, type NewContribution } from './contributions.ts';
import type { Database } from './database.ts';
import { newId } from './identifiers.ts';

/** That somebody tried a draft. What they answered is kept nowhere. */
export interface TryOut {
  id: string;
  /** The number of the draft. */
  number: number;
  level: Level;
  language: string;
  hard: boolean;
  triedAt: string;
  /** What they thought aloud; null where they wrote nothing. */
  contributionId: string | null;
}

export interface NewTryOut {
  proposalId: string;
  number: number;
  level: Level;
  language: string;
  hard: boolean;
  accountId: string;
  thought: NewContribution | null;
}

export interface TryOuts {
  /** @returns the id of what was thought aloud; null where nothing was written */
  add(tryOut: NewTryOut, at: string): Promise<string | null>;
  /** Those of a proposal, of all its drafts, the oldest first. */
  of(proposalId: string): Promise<TryOut[]>;
}

export function createTryOuts({ query }: Pick<Database, 'query'>): TryOuts {
  return {
    add: ({ proposalId, number, level, language, hard, accountId, thought }, at) =>
      query.transaction().execute(async (trx) => {
        const contributionId = thought && (await insertContribution(trx, thought, at));
        await trx
          .insertInto('try_outs')
          .values({
            id: newId(),
            proposal_id: proposalId,
            draft_number: number,
            level,
            language,
            hard: hard ? 1 : 0,
            account_id: accountId,
            tried_at: at,
            contribution_id: contributionId,
          })
          .execute();
        return contributionId;
      }),
    async of(proposalId) {
      const rows = await query
        .selectFrom('try_outs')
        .select(['id', 'draft_number', 'level', 'language', 'hard', 'tried_at', 'contribution_id'])
        .where('proposal_id', '=', proposalId)
        .orderBy('tried_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        number: row.draft_number,
        level: row.level as Level,
        language: row.language,
        hard: row.hard === 1,
        triedAt: row.tried_at,
        contributionId: row.contribution_id,
      }));
    },
  };
}
