import { endOf, proposalsBehind, withMerged } from '../core/loop/origins.ts';
import type { ItemText } from '../core/survey/text.ts';
import type { Database } from './database.ts';

/** A proposal that stands behind a question. */
export interface OriginProposal {
  id: string;
  authorityId: string;
  /** Whether what was published of it still has its words there: then whoever works in the studio may read it. */
  hasWords: boolean;
}

/** What stands behind a question that came from the studio. */
export interface QuestionOrigin {
  /** Those that brought or changed it, the newest first. */
  proposals: OriginProposal[];
  /** Ideas on boards of forums that these, or what was merged into them, came from. */
  cardIds: string[];
}

/** The question that a proposal became. */
export interface PublishedQuestion {
  versionId: string;
  number: number;
  surveyId: string;
  /** Its id in that version. */
  itemId: string;
}

/** Where questions come from, and what ideas and proposals became. */
export interface QuestionOrigins {
  /** What stands behind each item of a version. Items that nobody proposed are not in it. */
  ofVersion(version: { surveyId: string; number: number }): Promise<Map<string, QuestionOrigin>>;
  /** The questions that proposals became, by proposal: of a merged one that of what it was merged into. */
  published(authorityId: string): Promise<Map<string, PublishedQuestion>>;
}

export function createQuestionOrigins({ query }: Pick<Database, 'query'>): QuestionOrigins {
  /** What is merged now; what was brought back is not. */
  const mergers = async () => {
    const rows = await query
      .selectFrom('proposal_endings')
      .select(['proposal_id as id', 'into_id as intoId'])
      .where('how', '=', 'merged')
      .where('restored_at', 'is', null)
      .execute();
    return rows.flatMap(({ id, intoId }) => (intoId === null ? [] : [{ id, intoId }]));
  };

  async function proposalsOf(surveyId: string): Promise<Map<string, OriginProposal>> {
    const rows = await query
      .selectFrom('proposal_publications as publication')
      .innerJoin('proposals', 'proposals.id', 'publication.proposal_id')
      .innerJoin('proposal_drafts as draft', (join) =>
        join
          .onRef('draft.proposal_id', '=', 'publication.proposal_id')
          .onRef('draft.number', '=', 'publication.draft_number'),
      )
      .select(['proposals.id', 'authority_id as authorityId', 'draft.language', 'draft.texts'])
      .where('survey_id', '=', surveyId)
      .execute();
    return new Map(
      rows.map(({ id, authorityId, language, texts }) => {
        const words = JSON.parse(texts) as Record<string, ItemText>;
        return [id, { id, authorityId, hasWords: words[language] !== undefined }];
      }),
    );
  }

  return {
    async ofVersion({ surveyId, number }) {
      const changes = await query
        .selectFrom('version_items')
        .innerJoin('survey_versions', 'survey_versions.id', 'version_id')
        .select(['number as version', 'item_id as item', 'replaces', 'proposal_id as proposalId'])
        .where('survey_id', '=', surveyId)
        .where('number', '<=', number)
        .where((where) => where.or([where('proposal_id', 'is not', null), where('replaces', 'is not', null)]))
        .execute();
      if (changes.length === 0) return new Map();
      const [known, merged, cards] = await Promise.all([
        proposalsOf(surveyId),
        mergers(),
        query.selectFrom('proposal_cards').select(['proposal_id as id', 'card_id as cardId']).execute(),
      ]);
      const items = [...new Set(changes.map(({ item }) => item))];
      const origins = items.flatMap((item): [string, QuestionOrigin][] => {
        const behind = proposalsBehind(item, number, changes);
        if (behind.length === 0) return [];
        const all = new Set(behind.flatMap((id) => withMerged(id, merged)));
        const cardIds = new Set(cards.filter(({ id }) => all.has(id)).map(({ cardId }) => cardId));
        return [[item, { proposals: behind.flatMap((id) => known.get(id) ?? []), cardIds: [...cardIds] }]];
      });
      return new Map(origins);
    },
    async published(authorityId) {
      const rows = await query
        .selectFrom('version_items')
        .innerJoin('survey_versions', 'survey_versions.id', 'version_id')
        .innerJoin('proposals', 'proposals.id', 'proposal_id')
        .select(['proposals.id', 'version_id as versionId', 'number', 'survey_versions.survey_id as surveyId'])
        .select('item_id as itemId')
        .where('authority_id', '=', authorityId)
        .execute();
      const questions = new Map(rows.map(({ id, ...question }): [string, PublishedQuestion] => [id, question]));
      const merged = await mergers();
      for (const { id } of merged) {
        const question = questions.get(endOf(id, merged));
        if (question) questions.set(id, question);
      }
      return questions;
    },
  };
}
