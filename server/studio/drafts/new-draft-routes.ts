import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { contentOf } from '../../core/drafts/draft-of-form.ts';
import { emptyForm } from '../../core/drafts/draft-form.ts';
import { fault } from '../../core/drafts/form-fault.ts';
import { createAudit } from '../../storage/audit.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createProposals } from '../../storage/proposals.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import type { App, Services } from '../../web/services.ts';
import { createProposalIdeas, type ProposalIdea } from '../boards/proposal-ideas.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { afterDraft, contributionOf } from '../proposals/draft-contribution.ts';
import { newestSurveys, takenIdsOf } from '../surveys.ts';
import type { WordedVersion } from '../words.ts';
import { DraftBody, LARGEST_FORM, readBody } from './draft-body.ts';
import type { DraftContext } from './draft-context.ts';
import type { DraftDesk } from './draft-desk.ts';
import { NO_ID } from './draft-preview.ts';

const FromCard = Type.Object({ card: Type.Optional(Type.String({ maxLength: 40 })) });
const NO_LOOK = { level: '', language: '' };

/** Proposing a new question of any kind. */
export function newDraftRoutes(app: App, services: Services, access: ForumAccess, desk: DraftDesk): void {
  const { database, clock } = services;
  const proposals = createProposals(database);
  const contributions = createContributions(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const ideas = createProposalIdeas(services, access);
  const findIdea = async (request: FastifyRequest, cardId: string | undefined) =>
    cardId === undefined ? null : ideas.find(request, cardId);

  app.get(
    '/studio/proposals/new',
    { schema: { querystring: FromCard }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const newest = await newestSurveys(surveys);
      const idea = await findIdea(request, request.query.card);
      const [only, ...more] = newest;
      const survey = only && more.length === 0 ? only.version.surveyId : '';
      const form = { ...emptyForm(request.language.code), survey, why: idea?.why ?? '' };
      const context = newContext(request.language, newest, idea);
      return desk.show(request, reply, context, { form, faults: [], look: NO_LOOK });
    },
  );

  app.post(
    '/studio/proposals',
    { schema: { body: DraftBody }, config: { access: ['forum-member'] }, bodyLimit: LARGEST_FORM },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { form, look, isLook, card } = readBody(request.body);
      const idea = await findIdea(request, card);
      const newest = await newestSurveys(surveys);
      const context = newContext(request.language, newest, idea);
      if (isLook) return desk.show(request, reply, context, { form, look, faults: [] });
      const faults = desk.faults(context, form);
      const chosen = newest.find(({ version }) => version.surveyId === form.survey);
      if (!chosen || faults.length > 0) return desk.show(request, reply.code(422), context, { form, look, faults });

      const content = contentOf(form, NO_ID);
      const contribution = await contributionOf(access, request, content, clock());
      const { surveyId } = chosen.version;
      const proposal = { authorityId, surveyId, purpose: 'new', content, proposedBy: accountId, contribution } as const;
      const outcome = await proposals.add(proposal, takenIdsOf(newest, chosen.version.family), clock());
      if (outcome === 'there-already') {
        const again = [fault('question', 'already-proposed')];
        return desk.show(request, reply.code(422), context, { form, look, faults: again });
      }
      await audit.write({ at: clock(), accountId, action: 'question-proposed', subject: outcome.id });
      if (idea) await ideas.add(outcome.id, idea.cardId);
      const added = await proposals.find(outcome.id);
      const href = await afterDraft(contributions, outcome.id, added?.drafts[0]?.contributionId, clock());
      return reply.redirect(href, 303);
    },
  );
}

/** What the form of a new question knows. */
export function newContext(
  { words: { drafts } }: Language,
  surveys: readonly WordedVersion[],
  idea: ProposalIdea | null,
): DraftContext {
  return {
    surveys,
    isSettled: false,
    before: undefined,
    itemId: undefined,
    idea,
    action: '/studio/proposals',
    backHref: '/studio',
    title: drafts.newTitle,
    intro: drafts.newIntro,
    send: drafts.send,
    carried: idea ? { card: idea.cardId } : {},
  };
}
