import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createFindingMarks } from '../storage/finding-marks.ts';
import { createFindings } from '../storage/findings.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { createQuotations } from './released.ts';
import { Id, tidy } from './shapes.ts';

const WithId = Type.Object({ id: Id });
const GroupForm = Type.Object({ group: Type.String({ maxLength: 120 }) }, { additionalProperties: false });

/** Marking findings as priorities, and putting them into groups. */
export async function findingMarkRoutes(app: App, { database, clock }: Services): Promise<void> {
  const findings = createFindings(database);
  const marks = createFindingMarks(database);
  const quotations = createQuotations(database);
  const audit = createAudit(database);
  const planner = { config: { access: ['planner'] } } as const;

  /** @throws Fault unless it is a finding of one's own authority and area */
  async function demandOwn(me: SignedIn, id: string): Promise<void> {
    const finding = await findings.find(id);
    if (finding?.authorityId !== me.authorityId) throw new Fault('not-found');
    const quoted = await quotations.open(me, me.authorityId, finding.releaseId, finding.place);
    if (typeof quoted === 'string') throw new Fault('not-found');
  }

  const record = (me: SignedIn, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: me.accountId, action, subject });

  async function mark(me: SignedIn, id: string, isPriority: boolean): Promise<void> {
    await demandOwn(me, id);
    const outcome = await marks.setPriority(id, isPriority, me.accountId, clock());
    if (outcome === 'set') await record(me, isPriority ? 'finding-prioritised' : 'finding-unprioritised', id);
  }

  const schema = { params: WithId };
  app.post('/replies/findings/:id/priority', { schema, ...planner }, async (request, reply) => {
    await mark(person(request), request.params.id, true);
    return reply.redirect(`/replies/findings/${request.params.id}?done=priority`, 303);
  });

  app.post('/replies/findings/:id/priority/removal', { schema, ...planner }, async (request, reply) => {
    await mark(person(request), request.params.id, false);
    return reply.redirect(`/replies/findings/${request.params.id}?done=priority-removed`, 303);
  });

  app.post(
    '/replies/findings/:id/group',
    { schema: { params: WithId, body: GroupForm }, ...planner },
    async (request, reply) => {
      const me = person(request);
      const { id } = request.params;
      await demandOwn(me, id);
      await marks.setGroup(id, tidy(request.body.group), me.accountId, clock());
      await record(me, 'finding-grouped', id);
      return reply.redirect(`/replies/findings/${id}?done=group`, 303);
    },
  );
}
