import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { tidy } from '../../core/survey/proposal.ts';
import { Fault } from '../../errors.ts';
import { createAudit, type AuditAction } from '../../storage/audit.ts';
import { createContributions, type Contribution } from '../../storage/contributions.ts';
import { createHelpContacts } from '../../storage/help-contacts.ts';
import { person } from '../../web/access.ts';
import type { App, Services } from '../../web/services.ts';
import { PastedWords } from '../../web/pasted.ts';
import { contributionPage, type ContributionForms } from './contribution-page.ts';
import { contributionHref, mayRead } from './contribution-words.ts';
import { deskHref } from './desk-page.ts';
import type { ForumAccess, InForum } from './forum-access.ts';
import { IN_FORUMS } from '../access.ts';

const WORKERS = { access: ['youth-worker'] } as const;
const closed = { additionalProperties: false } as const;
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const Shown = Type.Object({ reported: Type.Optional(Type.Literal('yes')) });
const Report = Type.Object({ words: PastedWords }, closed);
const Hiding = Type.Object({ reason: PastedWords }, closed);
const Decision = Type.Object(
  { shown: Type.Union([Type.Literal('yes'), Type.Literal('no')]), note: PastedWords },
  closed,
);
const Consent = Type.Object({ agrees: Type.Union([Type.Literal('yes'), Type.Literal('no')]) }, closed);
const LONGEST_REASON = 500;

/** A contribution by itself: what became of it, asking a youth worker to look, and what a youth worker decides. */
export function contributionRoutes(app: App, services: Services, access: ForumAccess): void {
  const { database, clock } = services;
  const contributions = createContributions(database);
  const contacts = createHelpContacts(database);
  const audit = createAudit(database);

  /** @throws Fault 'not-found' for whatever this person may not read */
  async function find(request: FastifyRequest, id: string): Promise<{ viewer: InForum; contribution: Contribution }> {
    const contribution = await contributions.find(id);
    if (!contribution) throw new Fault('not-found');
    const viewer = await access.inForum(request, contribution.forumId);
    if (!mayRead(viewer, contribution, clock())) throw new Fault('not-found');
    return { viewer, contribution };
  }

  /** @throws Fault 'not-found' unless this person is a youth worker of the contribution's forum */
  async function findAsWorker(request: FastifyRequest, id: string) {
    const found = await find(request, id);
    if (!found.viewer.isWorker) throw new Fault('not-found');
    return found;
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { viewer, contribution }: { viewer: InForum; contribution: Contribution },
    forms: ContributionForms,
  ): Promise<FastifyReply> {
    const help = await contacts.ofLevel(viewer.forum.authorityId, 's1-s3');
    const backHref = viewer.isWorker ? deskHref(viewer.forum.id) : '/studio/forum';
    const facts = { help, now: clock(), backHref, forms };
    return reply.page('studio/forum/contribution', contributionPage(request.language, viewer, contribution, facts));
  }

  const note = (request: FastifyRequest, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject });

  app.get(
    contributionHref(':id'),
    { schema: { params: WithId, querystring: Shown }, config: IN_FORUMS },
    async (request, reply) => {
      const found = await find(request, request.params.id);
      const hasReported = request.query.reported === 'yes';
      return show(request, reply, found, { faults: [], typed: {}, hasReported });
    },
  );

  app.post(
    `${contributionHref(':id')}/reports`,
    { schema: { params: WithId, body: Report }, config: IN_FORUMS },
    async (request, reply) => {
      const { viewer, contribution } = await find(request, request.params.id);
      const words = tidy(request.body.words).slice(0, LONGEST_REASON);
      await contributions.report(contribution.id, { by: viewer.accountId, words }, clock());
      return reply.redirect(`${contributionHref(contribution.id)}?reported=yes`, 303);
    },
  );

  app.post(
    `${contributionHref(':id')}/consent`,
    { schema: { params: WithId, body: Consent }, config: IN_FORUMS },
    async (request, reply) => {
      const { viewer, contribution } = await find(request, request.params.id);
      if (contribution.authorId !== viewer.accountId) throw new Fault('not-found');
      await contributions.consent(contribution.id, request.body.agrees === 'yes', clock());
      return reply.redirect(contributionHref(contribution.id), 303);
    },
  );

  app.post(
    `${contributionHref(':id')}/decision`,
    { schema: { params: WithId, body: Decision }, config: WORKERS },
    async (request, reply) => {
      const found = await findAsWorker(request, request.params.id);
      const shown = request.body.shown === 'yes';
      const typed = { note: request.body.note };
      const words = tidy(typed.note);
      // Whoever is told no is told why.
      if (!shown && words === '') {
        const faults = [{ field: 'note', message: request.language.words.forum.reasonFault }];
        return show(request, reply.code(422), found, { faults, typed, hasReported: false });
      }
      const decision = { shown, note: words.slice(0, LONGEST_REASON), by: person(request).accountId };
      if (await contributions.settle(found.contribution.id, decision, clock()))
        await note(request, shown ? 'contribution-shown' : 'contribution-kept-back', found.contribution.id);
      return reply.redirect(deskHref(found.viewer.forum.id), 303);
    },
  );

  app.post(
    `${contributionHref(':id')}/hiding`,
    { schema: { params: WithId, body: Hiding }, config: WORKERS },
    async (request, reply) => {
      const found = await findAsWorker(request, request.params.id);
      const { id } = found.contribution;
      const reason = tidy(request.body.reason).slice(0, LONGEST_REASON);
      if (reason === '') {
        const faults = [{ field: 'reason', message: request.language.words.forum.reasonFault }];
        const typed = { reason: request.body.reason };
        return show(request, reply.code(422), found, { faults, typed, hasReported: false });
      }
      const by = person(request).accountId;
      if (await contributions.hide(id, reason, by, clock())) await note(request, 'contribution-hidden', id);
      await contributions.settleReports(id, by, clock());
      return reply.redirect(contributionHref(id), 303);
    },
  );

  app.post(
    `${contributionHref(':id')}/restoring`,
    { schema: { params: WithId }, config: WORKERS },
    async (request, reply) => {
      const { id } = (await findAsWorker(request, request.params.id)).contribution;
      if (await contributions.restore(id, person(request).accountId, clock()))
        await note(request, 'contribution-restored', id);
      return reply.redirect(contributionHref(id), 303);
    },
  );

  app.post(
    `${contributionHref(':id')}/reports/settling`,
    { schema: { params: WithId }, config: WORKERS },
    async (request, reply) => {
      const { viewer, contribution } = await findAsWorker(request, request.params.id);
      await contributions.settleReports(contribution.id, person(request).accountId, clock());
      return reply.redirect(deskHref(viewer.forum.id), 303);
    },
  );
}
