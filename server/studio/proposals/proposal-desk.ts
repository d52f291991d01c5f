import type { FastifyReply, FastifyRequest } from 'fastify';
import { createContributions } from '../../storage/contributions.ts';
import { createForumMembers } from '../../storage/forum-members.ts';
import { createProposalStances } from '../../storage/proposal-stances.ts';
import { createQuestionOrigins } from '../../storage/question-origins.ts';
import { createSurveys } from '../../storage/surveys.ts';
import { createTryOuts } from '../../storage/try-outs.ts';
import { person } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';
import type { FieldFault } from '../../web/views.ts';
import { coachLevelsOf } from '../advice.ts';
import { createProposalIdeas } from '../boards/proposal-ideas.ts';
import { createComments } from '../forum/comments.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { nameSurveys, newestSurveys } from '../surveys.ts';
import { NO_CHECK } from './check-view.ts';
import { NO_DECISION } from './decision-view.ts';
import { proposalPage, type ProposalForms } from './proposal-page.ts';
import { createSeenProposals, type SeenProposal, type SeenProposals } from './seen-proposals.ts';

/** What every action on a proposal needs: to find it as this person sees it, and to show it again. */
export interface ProposalDesk {
  seen: SeenProposals;
  /** People who are in the forum of a proposal now; none where it is no forum's. */
  presentIn(forumId: string | null): Promise<string[]>;
  /**
   * Shows the page of a proposal.
   * @param typed what came with a form that could not be taken
   */
  show(
    request: FastifyRequest,
    reply: FastifyReply,
    proposal: SeenProposal,
    typed?: Partial<ProposalForms> & { comment?: string },
  ): Promise<FastifyReply>;
  /** Shows it again with what is wrong; everything typed is kept. */
  refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    proposal: SeenProposal,
    typed: Partial<ProposalForms> & { comment?: string; faults: FieldFault[] },
  ): Promise<FastifyReply>;
}

export function createProposalDesk(services: Services, access: ForumAccess): ProposalDesk {
  const { database, clock } = services;
  const seen = createSeenProposals(services, access);
  const surveys = createSurveys(database);
  const stances = createProposalStances(database);
  const tryOuts = createTryOuts(database);
  const members = createForumMembers(database);
  const contributions = createContributions(database);
  const comments = createComments(services, access);
  const origins = createQuestionOrigins(database);
  const ideas = createProposalIdeas(services, access);

  async function tryOutsOf(request: FastifyRequest, proposalId: string) {
    const found = await tryOuts.of(proposalId);
    const said = await contributions.many(found.flatMap(({ contributionId }) => contributionId ?? []));
    const viewers = await access.ofPerson(request);
    return { tryOuts: found, thoughts: new Map(said.map((one) => [one.id, one])), viewers, now: clock() };
  }

  /** The question that a proposal became, with its place in the version that first asked it. */
  async function questionOf({ id, authorityId }: SeenProposal) {
    const question = (await origins.published(authorityId)).get(id);
    const version = question && (await surveys.find(question.versionId));
    const index = version?.definition.items.findIndex((item) => item.id === question?.itemId) ?? -1;
    return question && index >= 0 ? { ...question, place: index + 1 } : undefined;
  }

  /** People who are in a forum now. */
  async function presentIn(forumId: string | null): Promise<string[]> {
    const all = forumId === null ? [] : await members.ofForum(forumId);
    return all.filter(({ leftAt }) => leftAt === null).map(({ accountId }) => accountId);
  }

  const desk: ProposalDesk = {
    presentIn,
    seen,
    async show(request, reply, proposal, { comment, ...typed } = {}) {
      const { language } = request;
      const newest = await newestSurveys(surveys);
      const survey = newest.find(({ version }) => version.surveyId === proposal.surveyId);
      const facts = {
        surveys: nameSurveys(language, newest),
        survey,
        levels: coachLevelsOf(survey?.version.definition.stages ?? []),
        comments: await comments.view(request, proposal.id, comment),
        idea: await ideas.of(request, proposal.id),
        stances: await stances.of(proposal.id, proposal.number, await presentIn(proposal.forumId)),
        tryOuts: await tryOutsOf(request, proposal.id),
        question: await questionOf(proposal),
        others: await seen.list(request),
      };
      const forms = { decision: NO_DECISION, check: NO_CHECK, endingReason: '', faults: [], ...typed };
      const page = proposalPage(language, person(request), proposal, facts, forms);
      return reply.page('studio/proposals/proposal', page);
    },
    refuse: (request, reply, proposal, typed) => desk.show(request, reply.code(422), proposal, typed),
  };
  return desk;
}
