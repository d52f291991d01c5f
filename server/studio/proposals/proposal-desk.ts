import type { FastifyReply, FastifyRequest } from 'fastify';
import { createContributions } from '../../storage/contributions.ts';
import { createProposalStances } from '../../storage/proposal-stances.ts';
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
  const contributions = createContributions(database);
  const comments = createComments(services, access);
  const ideas = createProposalIdeas(services, access);

  async function tryOutsOf(request: FastifyRequest, proposalId: string) {
    const found = await tryOuts.of(proposalId);
    const said = await contributions.many(found.flatMap(({ contributionId }) => contributionId ?? []));
    const viewers = await access.ofPerson(request);
    return { tryOuts: found, thoughts: new Map(said.map((one) => [one.id, one])), viewers, now: clock() };
  }

  const desk: ProposalDesk = {
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
        stances: await stances.of(proposal.id, proposal.number),
        tryOuts: await tryOutsOf(request, proposal.id),
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
