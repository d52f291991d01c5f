import { Type } from 'typebox';
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
import { demandWorker } from './forum-of-proposal.ts';
import { createProposalDesk } from './proposal-desk.ts';
import { tryOutRoutes } from './try-out-routes.ts';
import { IN_FORUMS, STUDIO } from '../access.ts';

const closed = { additionalProperties: false } as const;
const Comment = Type.Object({ words: PastedWords }, closed);
const Ending = Type.Object({ reason: Type.Optional(PastedWords) }, closed);
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
    { schema: { params: WithId, body: Comment }, config: IN_FORUMS },
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
    { schema: { params: WithId, body: Ending }, config: IN_FORUMS },
    async (request, reply) => {
      const me = person(request);
      const proposal = await desk.seen.find(request, request.params.id);
      if (!mayEnd(me, proposal)) throw new Fault(proposal.state === 'proposed' ? 'not-allowed' : 'already-done');
      const isWorker = me.roles.includes('youth-worker');
      if (proposal.proposedBy !== me.accountId) await demandWorker(request, access, proposal);
      await access.toWriteIn(request);
      // What members write is a contribution, which can be held and hidden; this could not be.
      const reason = isWorker ? tidy(request.body.reason ?? '').slice(0, LONGEST_REASON) : '';
      if (isWorker && reason === '') {
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
      await demandWorker(request, access, proposal);
      const outcome = await proposals.restore(proposal.id, accountId, clock());
      if (outcome === 'done-already') throw new Fault('already-done');
      if (outcome === 'there-already') {
        const faults = [{ field: 'draft', message: request.language.words.proposals.restoreTwice }];
        return desk.refuse(request, reply, proposal, { faults });
      }
      await audit.write({ at: clock(), accountId, action: 'question-restored', subject: proposal.id });
      return reply.redirect(proposalHref(proposal.id), 303);
    },
  );

  decisionRoutes(app, services, access, desk);
  checkRoutes(app, services, desk);
  tryOutRoutes(app, services, access, desk);
}
