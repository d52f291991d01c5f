import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { makeCode, writeCode } from '../core/fieldwork/code.ts';
import { EXTRA_MINUTES, minutesAfter, MOST_EXTRA_MINUTES, OPEN_MINUTES } from '../core/fieldwork/class-state.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createClassCounts } from '../storage/class-counts.ts';
import { createClassOpenings } from '../storage/class-openings.ts';
import { createOptOuts } from '../storage/class-opt-outs.ts';
import { hashJoinCode, joinCodeOf, longJoinCodeOf } from '../storage/class-secrets.ts';
import { createClassSessions } from '../storage/class-sessions.ts';
import { createClassSpares } from '../storage/class-spares.ts';
import { newId } from '../storage/identifiers.ts';
import { readClass, recordedSchool, type ClassFacts } from '../web/class-facts.ts';
import { originOf } from '../web/origin.ts';
import type { App, Services } from '../web/services.ts';
import { CLASS_HREF } from './addresses.ts';
import { boardPage, sparePage } from './board-page.ts';
import { classPage, type ShownOpening } from './class-page.ts';
import { OptOutForm, readOptOuts, saveOptOuts, type TypedOptOuts } from './opt-out-form.ts';
import type { ReadProgress } from './progress.ts';
import { signInPage } from './sign-in-routes.ts';
import { classOf, TEACHER_COOKIE, type Teaching } from './teaching.ts';

const closed = { additionalProperties: false } as const;
const Look = Type.Object({
  refresh: Type.Optional(Type.Literal('on')),
  saved: Type.Optional(Type.Literal('yes')),
});
const SpareForm = Type.Object({ stage: Type.Optional(Type.String({ maxLength: 10 })) }, closed);

/** Running a class: its page, its board, joining, extra time, the end, spares and opt-outs. */
export function classRoutes(app: App, services: Services, teaching: Teaching, readProgress: ReadProgress): void {
  const { database, secrets, clock } = services;
  const sessions = createClassSessions(database);
  const openings = createClassOpenings(database);
  const spares = createClassSpares(database);
  const optOuts = createOptOuts(database);
  const counts = createClassCounts(database);
  const audit = createAudit(database);
  const teacher = { config: { access: 'teacher' }, preHandler: teaching } as const;

  const note = (action: AuditAction, facts: ClassFacts) =>
    audit.write({ at: clock(), accountId: null, action, subject: recordedSchool(facts) });

  async function shownOpening({ key }: ClassFacts): Promise<ShownOpening | undefined> {
    const opening = await openings.find(key, clock());
    return opening && { ...opening, code: joinCodeOf(secrets, opening.id), long: longJoinCodeOf(secrets, opening.id) };
  }

  async function showClass(
    request: FastifyRequest,
    reply: FastifyReply,
    facts: ClassFacts,
    state: { renewed?: boolean; saved?: boolean; typed?: TypedOptOuts },
  ): Promise<FastifyReply> {
    const opening = await shownOpening(facts);
    const page = { ...state, progress: await readProgress(facts), opening, host: request.host };
    return reply.page('class/class', classPage(request.language, facts, page));
  }

  /** The page of the class, or the door for whoever is not signed in to one. */
  app.get(CLASS_HREF, { schema: { querystring: Look }, config: { access: 'anyone' } }, async (request, reply) => {
    const key = await sessions.find(request.cookies[TEACHER_COOKIE] ?? '', clock());
    const facts = key && (await readClass(database, key));
    if (!facts) return reply.page('class/sign-in', signInPage(request.language, '', false));
    const { refresh, saved } = request.query;
    return showClass(request, reply, facts, { renewed: refresh === 'on', saved: saved === 'yes' });
  });

  app.get('/class/board', teacher, async (request, reply) => {
    const facts = classOf(request);
    const place = { origin: originOf(request, services), host: request.host };
    return reply.page('class/board', boardPage(request.language, facts, await shownOpening(facts), place));
  });

  /** Holds the class open under a new join code. A second press changes nothing: the code on the board stays good. */
  app.post('/class/openings', teacher, async (request, reply) => {
    const facts = classOf(request);
    if (!(await openings.find(facts.key, clock()))) {
      const id = newId();
      const joinHmac = hashJoinCode(secrets, joinCodeOf(secrets, id));
      await openings.open(facts.key, { id, joinHmac, openUntil: minutesAfter(clock(), OPEN_MINUTES) });
      await note('class-opened', facts);
    }
    return reply.redirect(CLASS_HREF, 303);
  });

  app.post('/class/openings/extra-time', teacher, async (request, reply) => {
    const facts = classOf(request);
    const opening = await openings.find(facts.key, clock());
    if (opening && (await openings.extend(facts.key, opening, EXTRA_MINUTES, MOST_EXTRA_MINUTES)))
      await note('class-extended', facts);
    return reply.redirect(CLASS_HREF, 303);
  });

  /** Nobody can join any more. Whoever is answering goes on, and an answer that waits on a device still comes in. */
  app.post('/class/openings/ending', teacher, async (request, reply) => {
    const facts = classOf(request);
    if (await openings.find(facts.key, clock())) await note('class-ended', facts);
    await openings.end(facts.key);
    return reply.redirect(CLASS_HREF, 303);
  });

  /** One more place, for somebody who is not on the roll. */
  app.post('/class/places', teacher, async (request, reply) => {
    const facts = classOf(request);
    await spares.add(facts.key);
    await note('class-spare-added', facts);
    return reply.redirect(CLASS_HREF, 303);
  });

  /** A spare slip: one code that knows the class and nothing else, shown once. */
  app.post('/class/spares', { schema: { body: SpareForm }, ...teacher }, async (request, reply) => {
    const facts = classOf(request);
    const { stage = facts.stages[0] } = request.body;
    const part = facts.schoolClass.parts.find((candidate) => candidate.stage === stage);
    if (!part) throw new Fault('bad-request');
    const code = makeCode(() => randomBytes(1)[0]!);
    const { waveId, schoolId } = facts.key;
    const place = { waveId, schoolId, stage: part.stage, class: part.class || null };
    await spares.addSlip(facts.key, place, secrets.hashCode(code));
    await note('class-spare-added', facts);
    return reply.page('class/spare', sparePage(request.language, facts, writeCode(code), request.host));
  });

  app.post('/class/opt-outs', { schema: { body: OptOutForm }, ...teacher }, async (request, reply) => {
    const facts = classOf(request);
    const started = await counts.startedOf(facts.key.waveId, facts.key.schoolId, facts.schoolClass.parts);
    const { optOuts: entered, faults } = readOptOuts(request.language, { ...facts, started }, request.body);
    if (faults.length > 0) return showClass(request, reply.code(422), facts, { typed: { form: request.body, faults } });
    const { waveId, schoolId } = facts.key;
    if (await saveOptOuts(optOuts, waveId, schoolId, entered)) await note('opt-outs-changed', facts);
    return reply.redirect(`${CLASS_HREF}?saved=yes`, 303);
  });
}
