import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { changesOfDraft } from '../../core/drafts/compare-drafts.ts';
import type { DraftContent } from '../../core/drafts/draft.ts';
import { Fault } from '../../errors.ts';
import type { ProposalDraft } from '../../storage/proposal-rows.ts';
import { createSurveys } from '../../storage/surveys.ts';
import type { App, Services } from '../../web/services.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { createSeenProposals, type SeenProposal } from '../proposals/seen-proposals.ts';
import { newestSurveys } from '../surveys.ts';
import type { WordedVersion } from '../words.ts';
import { draftHref } from './addresses.ts';
import { changesPage, draftPage } from './history-pages.ts';
import { draftOfItem } from './published-item.ts';
import { STUDIO } from '../access.ts';

const WithDraft = Type.Object({ id: Type.String({ maxLength: 40 }), number: Type.Integer({ minimum: 1 }) });

/** Looking back: a draft as it was, and what changed in it. */
export function historyRoutes(app: App, services: Services, access: ForumAccess): void {
  const surveys = createSurveys(services.database);
  const seen = createSeenProposals(services, access);

  async function findDraft(request: FastifyRequest, id: string, number: number) {
    const proposal = await seen.find(request, id);
    const draft = proposal.drafts.find((one) => one.number === number);
    if (!draft) throw new Fault('not-found');
    const survey = (await newestSurveys(surveys)).find(({ version }) => version.surveyId === proposal.surveyId);
    return { proposal, draft, survey };
  }

  app.get(
    draftHref(':id', ':number'),
    { schema: { params: WithDraft }, config: { access: STUDIO } },
    async (request, reply) => {
      const { id, number } = request.params;
      const { proposal, draft, survey } = await findDraft(request, id, number);
      const hasEarlier = earlierOf(proposal, draft, survey) !== undefined;
      return reply.page('studio/drafts/draft', draftPage(request.language, proposal, draft, hasEarlier));
    },
  );

  app.get(
    `${draftHref(':id', ':number')}/changes`,
    { schema: { params: WithDraft }, config: { access: STUDIO } },
    async (request, reply) => {
      const { id, number } = request.params;
      const { proposal, draft, survey } = await findDraft(request, id, number);
      const earlier = earlierOf(proposal, draft, survey);
      if (!earlier) throw new Fault('not-found');
      const changes = changesOfDraft(earlier.content, draft);
      return reply.page(
        'studio/drafts/changes',
        changesPage(request.language, proposal, draft, { than: earlier.number, changes, survey }),
      );
    },
  );
}

/**
 * What a draft is compared with: the one that its writer began from. Of a first draft that changes a question that is
 * the question as the survey has it; a new question has nothing before it.
 */
function earlierOf(
  { drafts, purpose }: SeenProposal,
  draft: ProposalDraft,
  survey: WordedVersion | undefined,
): { content: DraftContent; number: number | null } | undefined {
  const based = drafts.find(({ number }) => number === draft.basedOn);
  if (based) return { content: based, number: based.number };
  if (purpose !== 'change' || !survey || draft.basedOn !== null) return undefined;
  const content = draftOfItem(survey, draft.item.id, draft.language);
  return content && { content, number: null };
}
