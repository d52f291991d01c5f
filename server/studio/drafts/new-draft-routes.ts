import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { PURPOSES, type DraftContent, type Purpose } from '../../core/drafts/draft.ts';
import { contentOf } from '../../core/drafts/draft-of-form.ts';
import { emptyForm } from '../../core/drafts/draft-form.ts';
import { fault } from '../../core/drafts/form-fault.ts';
import { Fault } from '../../errors.ts';
import { createAudit } from '../../storage/audit.ts';
import { createContributions } from '../../storage/contributions.ts';
import { createProposals } from '../../storage/proposals.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { person } from '../../web/access.ts';
import type { Language } from '../../web/language.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import { createProposalIdeas, type ProposalIdea } from '../boards/proposal-ideas.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { afterDraft, contributionOf } from '../proposals/draft-contribution.ts';
import { newestSurveys, takenIdsOf } from '../surveys.ts';
import type { WordedVersion } from '../words.ts';
import { DraftBody, readBody, type ReadBody } from './draft-body.ts';
import type { DraftContext } from './draft-context.ts';
import type { DraftDesk } from './draft-desk.ts';
import { NO_ID } from './draft-preview.ts';
import type { ItemWish } from './published-item.ts';
import { createPublishedProposals } from './published-proposals.ts';
import { NO_LOOK } from './draft-context.ts';
import { IN_FORUMS } from '../access.ts';

const Start = Type.Object({
  card: Type.Optional(Type.String({ maxLength: 40 })),
  purpose: Type.Optional(Type.Enum(PURPOSES)),
  survey: Type.Optional(Type.String({ maxLength: 40 })),
  item: Type.Optional(Type.String({ maxLength: 40 })),
});

/** Proposing a new question of any kind, a change to one that is asked already, or to take one out. */
export function newDraftRoutes(app: App, services: Services, access: ForumAccess, desk: DraftDesk): void {
  const { database, clock } = services;
  const proposals = createProposals(database);
  const contributions = createContributions(database);
  const surveys = createSurveys(database);
  const audit = createAudit(database);
  const ideas = createProposalIdeas(services, access);
  const published = createPublishedProposals(services, access, desk);
  const findIdea = async (request: FastifyRequest, cardId: string | undefined) =>
    cardId === undefined ? null : ideas.find(request, cardId);

  app.get('/studio/proposals/new', { schema: { querystring: Start }, config: IN_FORUMS }, async (request, reply) => {
    const { purpose = 'new', survey: surveyId, item, card } = request.query;
    if (purpose !== 'new') {
      const found = await published.find(request, { purpose, survey: surveyId, item });
      return published.open(request, reply, found);
    }
    demandMember(request);
    const newest = await newestSurveys(surveys);
    const idea = await findIdea(request, card);
    const [only, ...more] = newest;
    const survey = only && more.length === 0 ? only.version.surveyId : '';
    const form = { ...emptyForm(request.language.code), survey, why: idea?.why ?? '' };
    const context = newContext(request.language, newest, idea);
    return desk.show(request, reply, context, { form, faults: [], look: NO_LOOK });
  });

  /** Keeps a proposal. @returns where its writer goes; nothing where the same is there already */
  async function keep(request: FastifyRequest, kept: Kept): Promise<string | undefined> {
    const { accountId, authorityId } = person(request);
    const { purpose, survey, content, said, newest } = kept;
    const contribution = await contributionOf(access, request, said, clock());
    const { surveyId, family } = survey.version;
    const proposal = { authorityId, surveyId, purpose, content, proposedBy: accountId, contribution };
    const outcome = await proposals.add(proposal, takenIdsOf(newest, family), clock());
    if (outcome === 'there-already') return undefined;
    await audit.write({ at: clock(), accountId, action: 'question-proposed', subject: outcome.id });
    if (kept.idea) await ideas.add(outcome.id, kept.idea.cardId);
    const added = await proposals.find(outcome.id);
    return afterDraft(contributions, outcome.id, added?.drafts[0]?.contributionId, clock());
  }

  async function addNew(request: FastifyRequest, reply: FastifyReply, body: ReadBody): Promise<FastifyReply> {
    demandMember(request);
    const { form, look, isLook, card } = body;
    const idea = await findIdea(request, card);
    const newest = await newestSurveys(surveys);
    const context = newContext(request.language, newest, idea);
    if (isLook) return desk.show(request, reply, context, { form, look, faults: [] });
    const faults = desk.faults(context, form);
    const survey = newest.find(({ version }) => version.surveyId === form.survey);
    if (!survey || faults.length > 0) return desk.show(request, reply.code(422), context, { form, look, faults });
    const content = contentOf(form, NO_ID);
    const href = await keep(request, { purpose: 'new', survey, content, said: content, newest, idea });
    if (href !== undefined) return reply.redirect(href, 303);
    const again = [fault('question', 'already-proposed')];
    return desk.show(request, reply.code(422), context, { form, look, faults: again });
  }

  async function addPublished(
    request: FastifyRequest,
    reply: FastifyReply,
    body: ReadBody,
    wish: ItemWish,
  ): Promise<FastifyReply> {
    const found = await published.find(request, wish);
    const read = published.read(request, reply, found, body);
    if ('reply' in read) return read.reply;
    const kept = { ...read, purpose: wish.purpose, survey: found.survey, newest: [], idea: null };
    const href = await keep(request, kept);
    if (href !== undefined) return reply.redirect(href, 303);
    return published.refuse(request, reply, await published.find(request, wish), body);
  }

  app.post(
    '/studio/proposals',
    { schema: { body: DraftBody }, config: IN_FORUMS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const { purpose = 'new', item } = request.body;
      const body = readBody(request.body);
      if (purpose === 'new') return addNew(request, reply, body);
      return addPublished(request, reply, body, { purpose, survey: body.form.survey, item });
    },
  );
}

/** What is kept of a proposal. */
interface Kept {
  purpose: Purpose;
  survey: WordedVersion;
  content: DraftContent;
  /** The part of it that this person said. */
  said: DraftContent;
  /** The surveys whose ids a new question may not take. */
  newest: readonly WordedVersion[];
  idea: ProposalIdea | null;
}

/** New questions are the members' own. */
function demandMember(request: FastifyRequest): void {
  if (!person(request).roles.includes('forum-member'))
    throw new Fault('not-found', 'Only members of a forum propose new questions.');
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
    underWayHref: '',
    action: '/studio/proposals',
    backHref: '/studio',
    back: drafts.back,
    title: drafts.newTitle,
    intro: drafts.newIntro,
    send: drafts.send,
    carried: idea ? { card: idea.cardId } : {},
  };
}
