import { Type } from 'typebox';
import { actionFaults, type ActionWords } from '../core/loop/action.ts';
import { createActions } from '../storage/actions.ts';
import { createAudit } from '../storage/audit.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { chainPage, DONE } from './chain-pages.ts';
import { createChains } from './opened-chain.ts';
import { Id, tidy, Typed } from './shapes.ts';

const ActionForm = Type.Object({ task: Typed, lead: Typed, dueOn: Typed }, { additionalProperties: false });
const WithId = Type.Object({ id: Id });
const Shown = Type.Object({ next: Type.Optional(Id), done: Type.Optional(Type.Enum(DONE)) });

/** One finding with what has followed from it, and its actions. */
export async function chainRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const actions = createActions(database);
  const audit = createAudit(database);
  const chains = createChains(services);
  const today = () => clock().slice(0, 10);

  app.get(
    '/replies/findings/:id',
    { schema: { params: WithId, querystring: Shown }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const chain = await chains.open(me, request.params.id);
      await audit.write({ at: clock(), accountId: me.accountId, action: 'results-viewed', subject: chain.finding.id });
      const { next = '', done = '' } = request.query;
      return reply.page('replies/finding', chainPage(request.language, chain, { next, done, faults: [] }));
    },
  );

  app.post(
    '/replies/findings/:id/actions',
    { schema: { params: WithId, body: ActionForm }, config: { access: ['planner'] } },
    async (request, reply) => {
      const me = person(request);
      const chain = await chains.open(me, request.params.id);
      const { task, lead, dueOn } = request.body;
      const action: ActionWords = { task: tidy(task), lead: tidy(lead), dueOn: tidy(dueOn) };
      const faults = actionFaults(action, today());
      if (faults.length > 0) {
        const page = chainPage(request.language, chain, { next: 'action', done: '', faults, action });
        return reply.code(422).page('replies/finding', page);
      }
      const id = await actions.make(chain.finding.id, action, me.accountId, clock());
      await audit.write({ at: clock(), accountId: me.accountId, action: 'action-made', subject: id });
      return reply.redirect(`/replies/findings/${chain.finding.id}?done=action`, 303);
    },
  );
}
