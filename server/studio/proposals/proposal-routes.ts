import { Type } from 'typebox';
import type { Role } from '../../core/roles.ts';
import { Fault } from '../../errors.ts';
import { tidy } from '../../core/survey/proposal.ts';
import { createAudit } from '../../storage/audit.ts';
import { createProposals } from '../../storage/proposals.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { PastedWords } from '../../web/pasted.ts';
import { createComments } from '../forum/comments.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { proposalHref } from './addresses.ts';
import { checkRoutes } from './check-routes.ts';
import { decisionRoutes } from './decision-routes.ts';
import { mayEnd } from './ending-view.ts';
import { createProposalDesk } from './proposal-desk.ts';
import { tryOutRoutes } from './try-out-routes.ts';

const STUDIO: readonly Role[] = ['forum-member', 'youth-worker', 'analyst', 'approver'];
const closed = { additionalProperties: false } as const;
const Comment = Type.Object({ words: PastedWords }, closed);
const Ending = Type.Object({ reason: PastedWords }, closed);
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const LONGEST_REASON = 500;

/** A proposal by itself: reading it, commenting, deciding, checking, trying it, retiring it and bringing it back. */
export function proposalRoutes(app: App, services: Services, access: ForumAccess): void {
  const { database, clock } = services;
  const proposals = createProposals(database);
  const audit = createAudit(database);
  const comments = createComments(services, access);
  const desk = createProposalDesk(services, access);

  app.get(proposalHref(':id'), { schema: { params: WithId }, config: { access: STUDIO } }, async (request, reply) =>
    desk.show(request, reply, await desk.seen.find(request, request.params.id)),
  );

  app.post(
    `${proposalHref(':id')}/comments`,
    { schema: { params: WithId, body: Comment }, config: { access: ['forum-member', 'youth-worker'] } },
    async (request, reply) => {
      const proposal = await desk.seen.find(request, request.params.id);
      const { words } = request.body;
      const outcome = await comments.add(request, proposal.id, words);
      if ('href' in outcome) return reply.redirect(outcome.href, 303);
      return desk.refuse(request, reply, proposal, { comment: words, faults: [outcome.fault] });
    },
  );

  app.post(
    `${proposalHref(':id')}/endings`,
    { schema: { params: WithId, body: Ending }, config: { access: ['forum-member', 'youth-worker'] } },
    async (request, reply) => {
      const me = person(request);
      const proposal = await desk.seen.find(request, request.params.id);
      if (!mayEnd(me, proposal)) throw new Fault(proposal.state === 'proposed' ? 'not-allowed' : 'already-done');
      const reason = tidy(request.body.reason).slice(0, LONGEST_REASON);
      if (reason === '') {
        const faults = [{ field: 'ending-reason', message: request.language.words.forum.reasonFault }];
        return desk.refuse(request, reply, proposal, { faults });
      }
      const ending = { how: 'retired', intoId: null, reason, by: me.accountId } as const;
      if ((await proposals.end(proposal.id, ending, clock())) === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId: me.accountId, action: 'question-retired', subject: proposal.id });
      return reply.redirect(proposalHref(proposal.id), 303);
    },
  );

  app.post(
    `${proposalHref(':id')}/restoration`,
    { schema: { params: WithId }, config: { access: ['youth-worker'] } },
    async (request, reply) => {
      const { accountId } = person(request);
      const proposal = await desk.seen.find(request, request.params.id);
      // What was merged lives on in another proposal, so that the same words would stand twice.
      if (proposal.ending?.how !== 'retired') throw new Fault('already-done');
      if ((await proposals.restore(proposal.id, accountId, clock())) === 'done-already')
        throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'question-restored', subject: proposal.id });
      return reply.redirect(proposalHref(proposal.id), 303);
    },
  );

  decisionRoutes(app, services, access, desk);
  checkRoutes(app, services, desk);
  tryOutRoutes(app, services, access, desk);
}
