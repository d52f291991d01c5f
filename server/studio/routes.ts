import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Role } from '../core/roles.ts';
import { DOMAINS } from '../core/survey/item.ts';
import {
  acceptanceRefusal,
  approvalRefusal,
  draftFaults,
  OPTION_LINES,
  PROPOSAL_KINDS,
  reasonFault,
  tidy,
  type ProposalDraft,
} from '../core/survey/proposal.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createProposals, type Proposal } from '../storage/proposals.ts';
import { createSurveys } from '../storage/surveys.ts';
import { person } from '../web/access.ts';
import { LANGUAGES } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { coachLevelsOf } from './advice.ts';
import { createProposalIdeas } from './boards/proposal-ideas.ts';
import { boardRoutes } from './boards/routes.ts';
import { createComments } from './forum/comments.ts';
import { createForumAccess } from './forum/forum-access.ts';
import { forumRoutes } from './forum/routes.ts';
import { emptyForm, homePage, newProposalPage } from './pages.ts';
import { proposalPage, type ProposalForms } from './proposal-page.ts';
import { publicationRoutes } from './publication-routes.ts';
import { surveyRoutes } from './survey/survey-routes.ts';
import { nameSurveys, newestSurveys } from './surveys.ts';

const STUDIO: readonly Role[] = ['forum-member', 'youth-worker', 'analyst', 'approver'];

/** Longer than anything that is kept, so that what was pasted comes back with a kind word rather than an error. */
const Words = Type.String({ maxLength: 5000 });
const NewProposal = Type.Object(
  {
    survey: Type.Optional(Type.String({ maxLength: 40 })),
    question: Words,
    language: Type.Optional(Type.Enum(LANGUAGES.map(({ code }) => code))),
    kind: Type.Optional(Type.Enum(PROPOSAL_KINDS)),
    option: Type.Optional(Type.Array(Words, { maxItems: OPTION_LINES })),
    lastStandsAlone: Type.Optional(Type.Literal('yes')),
    low: Type.Optional(Words),
    high: Type.Optional(Words),
    domain: Type.Optional(Type.Enum([...DOMAINS, ''])),
    why: Words,
    card: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
);
const Comment = Type.Object({ words: Words }, { additionalProperties: false });
const Approval = Type.Object({ reason: Words }, { additionalProperties: false });
const FromCard = Type.Object({ card: Type.Optional(Type.String({ maxLength: 40 })) });
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** The studio: a forum member proposes, a youth worker accepts, an approver approves, an analyst publishes. */
export async function studioRoutes(app: App, services: Services): Promise<void> {
  const { database, languages, clock } = services;
  const proposals = createProposals(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const access = createForumAccess(services);
  const comments = createComments(services, access);
  const ideas = createProposalIdeas(services, access);
  const optOutWords = [...languages.values()].flatMap(({ words }) => [
    words.studio['optOut-dont-know'],
    words.studio['optOut-prefer-not-to-say'],
  ]);

  async function findOwn(id: string, authorityId: string): Promise<Proposal> {
    const proposal = await proposals.find(id);
    if (proposal?.authorityId !== authorityId) throw new Fault('not-found');
    return proposal;
  }

  async function showProposal(
    request: FastifyRequest,
    reply: FastifyReply,
    proposal: Proposal,
    forms: Partial<ProposalForms>,
  ): Promise<FastifyReply> {
    const newest = await newestSurveys(surveys);
    const survey = newest.find(({ version }) => version.surveyId === proposal.surveyId)?.version.definition;
    const names = nameSurveys(request.language, newest);
    const whole = {
      approval: { reason: '', fault: '' as const },
      idea: await ideas.of(request, proposal.id),
      comments: forms.comments ?? (await comments.view(request, proposal.id)),
      faults: [],
      levels: coachLevelsOf(survey?.stages ?? []),
      ...forms,
    };
    return reply.page('studio/proposal', proposalPage(request.language, person(request), names, proposal, whole));
  }

  app.get('/studio', { config: { access: STUDIO } }, async (request, reply) => {
    const me = person(request);
    const [newest, list] = await Promise.all([newestSurveys(surveys), proposals.list(me.authorityId)]);
    const isInForum = (await access.ofPerson(request)).length > 0;
    const names = nameSurveys(request.language, newest);
    return reply.page('studio/home', homePage(request.language, { ...me, isInForum }, names, list));
  });

  const findIdea = async (request: FastifyRequest, cardId: string | undefined) =>
    cardId === undefined ? null : ideas.find(request, cardId);

  app.get(
    '/studio/proposals/new',
    { schema: { querystring: FromCard }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const names = nameSurveys(request.language, await newestSurveys(surveys));
      const idea = await findIdea(request, request.query.card);
      const form = emptyForm(request.language, names, idea?.why);
      return reply.page('studio/new-proposal', newProposalPage(request.language, names, { ...form, idea }));
    },
  );

  app.post(
    '/studio/proposals',
    { schema: { body: NewProposal }, config: { access: ['forum-member'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { body, language } = request;
      const draft: ProposalDraft = {
        kind: body.kind,
        question: body.question,
        language: body.language ?? '',
        options: body.option ?? [],
        lastStandsAlone: body.lastStandsAlone === 'yes',
        low: body.low ?? '',
        high: body.high ?? '',
        domain: body.domain || undefined,
        whyAsk: body.why,
      };
      const idea = await findIdea(request, body.card);
      const newest = await newestSurveys(surveys);
      const chosen = newest.find(({ version }) => version.surveyId === body.survey);
      const faults = draftFaults(draft, {
        survey: chosen?.version.definition,
        languages: [...(chosen?.texts.keys() ?? [])],
        optOutWords,
      });
      if (chosen && faults.length === 0) {
        const { surveyId, family } = chosen.version;
        const takenIds = newest.filter(({ version }) => version.family === family).flatMap(idsOf);
        const outcome = await proposals.add({ authorityId, surveyId, draft, proposedBy: accountId }, takenIds, clock());
        if (outcome !== 'there-already') {
          await audit.write({ at: clock(), accountId, action: 'question-proposed', subject: outcome.id });
          if (idea) await ideas.add(outcome.id, idea.cardId);
          return reply.redirect(`/studio/proposals/${outcome.id}`, 303);
        }
        faults.push({ field: 'question', code: 'already-proposed' });
      }
      const form = { surveyId: body.survey ?? '', draft, faults, idea };
      return reply
        .code(422)
        .page('studio/new-proposal', newProposalPage(language, nameSurveys(language, newest), form));
    },
  );

  app.get(
    '/studio/proposals/:id',
    { schema: { params: WithId }, config: { access: STUDIO } },
    async (request, reply) => {
      const proposal = await findOwn(request.params.id, person(request).authorityId);
      return showProposal(request, reply, proposal, {});
    },
  );

  app.post(
    '/studio/proposals/:id/comments',
    { schema: { params: WithId, body: Comment }, config: { access: ['forum-member', 'youth-worker'] } },
    async (request, reply) => {
      const proposal = await findOwn(request.params.id, person(request).authorityId);
      const { words } = request.body;
      const outcome = await comments.add(request, proposal.id, words);
      if ('href' in outcome) return reply.redirect(outcome.href, 303);
      const view = await comments.view(request, proposal.id, words);
      return showProposal(request, reply.code(422), proposal, { comments: view, faults: [outcome.fault] });
    },
  );

  app.post(
    '/studio/proposals/:id/acceptance',
    { schema: { params: WithId }, config: { access: ['youth-worker'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const proposal = await findOwn(request.params.id, authorityId);
      const refusal = acceptanceRefusal(proposal, accountId);
      if (refusal) throw new Fault(refusal);
      const outcome = await proposals.accept(proposal.id, accountId, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'question-accepted', subject: proposal.id });
      return reply.redirect(`/studio/proposals/${proposal.id}`, 303);
    },
  );

  app.post(
    '/studio/proposals/:id/approval',
    { schema: { params: WithId, body: Approval }, config: { access: ['approver'] } },
    async (request, reply) => {
      const me = person(request);
      const proposal = await findOwn(request.params.id, me.authorityId);
      const refusal = approvalRefusal(proposal, me.accountId);
      if (refusal) throw new Fault(refusal);
      const { reason } = request.body;
      const fault = reasonFault(reason);
      if (fault) {
        return showProposal(request, reply.code(422), proposal, { approval: { reason, fault } });
      }
      const outcome = await proposals.approve(proposal.id, me.accountId, tidy(reason), clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId: me.accountId, action: 'question-approved', subject: proposal.id });
      return reply.redirect(`/studio/proposals/${proposal.id}`, 303);
    },
  );

  await publicationRoutes(app, services, proposals);
  forumRoutes(app, services, access);
  boardRoutes(app, services, access);
  surveyRoutes(app, services);
}

/** Ids that a question of the same family may not take. */
function idsOf({ version }: { version: { definition: { items: { id: string }[]; indicators: { id: string }[] } } }) {
  return [...version.definition.items, ...version.definition.indicators].map(({ id }) => id);
}
