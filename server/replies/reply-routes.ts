import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isDecided, keepingFaults, replyFaults, type ReplyField } from '../core/loop/reply.ts';
import type { LoopFault } from '../core/loop/fields.ts';
import { updateFaults } from '../core/loop/update.ts';
import { Fault } from '../errors.ts';
import { createActions } from '../storage/actions.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createReplies } from '../storage/replies.ts';
import { createReplyAddresses } from '../storage/reply-addresses.ts';
import { createReplyChecks } from '../storage/reply-checks.ts';
import { createReplyReviews } from '../storage/reply-reviews.ts';
import { createReplyUpdates } from '../storage/reply-updates.ts';
import { person } from '../web/access.ts';
import { LANGUAGES, type LanguageCode } from '../web/language.ts';
import { LARGE_FORM } from '../web/server-options.ts';
import type { App, Services } from '../web/services.ts';
import { chainPage } from './chain-pages.ts';
import { createChains } from './opened-chain.ts';
import { createDesks } from './reply-desk.ts';
import { deskPage, DESK_DONE, type DeskShown } from './reply-desk-pages.ts';
import { CODES, readReply, ReplyShape } from './reply-form.ts';
import { deskHref } from './reply-words.ts';
import { Id, tidy, Typed } from './shapes.ts';

const WithId = Type.Object({ id: Id });
const closed = { additionalProperties: false } as const;
const Done = Type.Object({ done: Type.Optional(Type.Enum(DESK_DONE)) });
/** With the time of the words that were on the page: others may have come since. */
const Review = Type.Object({ language: Type.Enum(CODES), wordsAt: Type.String({ maxLength: 30 }) }, closed);
const updateWords = Object.fromEntries(CODES.map((code) => [`words-${code}`, Typed])) as Record<
  `words-${LanguageCode}`,
  typeof Typed
>;
const Update = Type.Object(
  { ...updateWords, nextUpdateOn: Type.Optional(Typed), last: Type.Optional(Type.Literal('yes')) },
  closed,
);
const PLANNERS = { access: ['planner'] } as const;

/** A reply from its writing to its last news: kept, read by others, published, followed up. */
export async function replyRoutesOfPlanners(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const actions = createActions(database);
  const replies = createReplies(database);
  const reviews = createReplyReviews(database);
  const checks = createReplyChecks(database);
  const updates = createReplyUpdates(database);
  const addresses = createReplyAddresses(database);
  const audit = createAudit(database);
  const chains = createChains(services);
  const desks = createDesks(services);
  const today = () => clock().slice(0, 10);
  const note = (request: FastifyRequest, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject });

  async function show(request: FastifyRequest, reply: FastifyReply, replyId: string, shown: DeskShown) {
    const desk = await desks.open(person(request), replyId);
    return reply.page('replies/desk', deskPage(request.language, desk, shown));
  }

  /** @throws Fault 'already-done' for a reply that is published, which nobody changes */
  async function openWaiting(request: FastifyRequest, replyId: string) {
    const desk = await desks.open(person(request), replyId);
    if (desk.reply.publishedAt !== null) throw new Fault('already-done');
    return desk;
  }

  app.post(
    '/replies/actions/:id/replies',
    { schema: { params: WithId, body: ReplyShape }, config: PLANNERS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const me = person(request);
      const action = await actions.find(request.params.id);
      const chain = await chains.open(me, action?.findingId);
      const words = readReply(request.body);
      const faults = keepingFaults(words, CODES);
      if (faults.length > 0 || !isDecided(words)) {
        const shown = { next: request.params.id, done: '', faults, reply: words } as const;
        return reply.code(422).page('replies/finding', chainPage(request.language, chain, shown));
      }
      const id = await replies.write(request.params.id, words, me.accountId, clock());
      await note(request, 'reply-made', id);
      return reply.redirect(`/replies/findings/${chain.finding.id}?done=reply`, 303);
    },
  );

  app.get(
    deskHref(':id'),
    { schema: { params: WithId, querystring: Done }, config: PLANNERS },
    async (request, reply) =>
      show(request, reply, request.params.id, { done: request.query.done ?? '', faults: [], updateFaults: [] }),
  );

  app.post(
    `${deskHref(':id')}/publication`,
    { schema: { params: WithId }, config: PLANNERS },
    async (request, reply) => {
      const me = person(request);
      const desk = await openWaiting(request, request.params.id);
      const { chain, reply: written } = desk;
      if (chain.obstacle) {
        const shown = { next: written.actionId, done: '', faults: [], refused: true } as const;
        return reply.code(422).page('replies/finding', chainPage(request.language, chain, shown));
      }
      const faults: LoopFault<ReplyField>[] = replyFaults(written, CODES, today());
      if (faults.length > 0 || desk.unread.length > 0) {
        const shown = { done: '', faults, updateFaults: [], refused: true } as const;
        return reply.code(422).page('replies/desk', deskPage(request.language, desk, shown));
      }
      if ((await replies.publish(written.id, me.accountId, clock())) === 'done-already')
        throw new Fault('already-done');
      await addresses.give(written.id);
      await note(request, 'reply-published', written.id);
      return reply.redirect(`/replies/findings/${chain.finding.id}?done=publication`, 303);
    },
  );

  app.post(
    `${deskHref(':id')}/reviews`,
    { schema: { params: WithId, body: Review }, config: PLANNERS },
    async (request, reply) => {
      const me = person(request);
      const { reply: written } = await openWaiting(request, request.params.id);
      if (written.madeBy === me.accountId) throw new Fault('own-work');
      if (written.madeAt !== request.body.wordsAt) return reply.redirect(`${deskHref(written.id)}?done=changed`, 303);
      await reviews.review(written.id, request.body.language, written.madeAt, me.accountId, clock());
      await note(request, 'reply-read', written.id);
      return reply.redirect(`${deskHref(written.id)}?done=read`, 303);
    },
  );

  app.post(`${deskHref(':id')}/checks`, { schema: { params: WithId }, config: PLANNERS }, async (request, reply) => {
    const { reply: written } = await openWaiting(request, request.params.id);
    await checks.ask(written.id, written.madeAt, person(request).accountId, clock());
    await note(request, 'reply-check-asked', written.id);
    return reply.redirect(`${deskHref(written.id)}?done=asked`, 303);
  });

  app.post(
    `${deskHref(':id')}/updates`,
    { schema: { params: WithId, body: Update }, config: PLANNERS },
    async (request, reply) => {
      const me = person(request);
      const { reply: written } = await chains.openReply(me, request.params.id);
      if (written.publishedAt === null) throw new Fault('not-found');
      const { last, nextUpdateOn = '' } = request.body;
      const words = Object.fromEntries(LANGUAGES.map(({ code }) => [code, tidy(request.body[`words-${code}`])]));
      const typed = { words, nextUpdateOn: last ? null : tidy(nextUpdateOn) };
      const faults = updateFaults(typed, CODES, today());
      if (faults.length > 0)
        return show(request, reply.code(422), written.id, {
          done: '',
          faults: [],
          updateFaults: faults,
          update: typed,
        });
      await updates.add(written.id, typed, me.accountId, clock());
      await note(request, 'reply-updated', written.id);
      return reply.redirect(`${deskHref(written.id)}?done=updated`, 303);
    },
  );
}
