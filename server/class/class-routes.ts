import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { answeringDay } from '../core/fieldwork/answering-days.ts';
import { makeCode, writeCode } from '../core/fieldwork/code.ts';
import { isHereCount, mostHere } from '../core/fieldwork/class-attendance.ts';
import { mostSpares, rollOf } from '../core/fieldwork/class-numbers.ts';
import { EXTRA_MINUTES, minutesAfter, MOST_EXTRA_MINUTES, OPEN_MINUTES } from '../core/fieldwork/class-state.ts';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createClassAttendances } from '../storage/class-attendance.ts';
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
import { classPage, type ClassPageState, type ShownOpening } from './class-page.ts';
import { countTyped, OptOutForm, saveOptOuts } from './opt-out-form.ts';
import type { ReadProgress } from './progress.ts';
import { signInPage } from './sign-in-routes.ts';
import { classOf, TEACHER_COOKIE, type Teaching } from './teaching.ts';

const closed = { additionalProperties: false } as const;
const Look = Type.Object({
  refresh: Type.Optional(Type.Literal('on')),
  saved: Type.Optional(Type.Literal('yes')),
});
const HereForm = Type.Object({ here: Type.Optional(Type.String({ maxLength: 12 })) }, closed);
const SpareForm = Type.Object({ stage: Type.Optional(Type.String({ maxLength: 10 })) }, closed);

/** Running a class: its page, its board, joining, extra time, the end, spares and opt-outs. */
export function classRoutes(app: App, services: Services, teaching: Teaching, readProgress: ReadProgress): void {
  const { database, secrets, clock } = services;
  const sessions = createClassSessions(database);
  const openings = createClassOpenings(database);
  const spares = createClassSpares(database);
  const optOuts = createOptOuts(database);
  const attendances = createClassAttendances(database);
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
    state: Pick<ClassPageState, 'renewed' | 'saved' | 'typed' | 'typedHere' | 'placesRefused'>,
  ): Promise<FastifyReply> {
    const opening = await shownOpening(facts);
    const day = await attendances.find(facts.key, schoolDate(clock()));
    const answering = answeringDay(facts.wave, clock());
    const page = { ...state, progress: await readProgress(facts), opening, day, answering, host: request.host };
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

  /** How many were said to be here: null if the field is empty, NaN if that is no number there can be. */
  function readHere({ schoolClass, spares: added }: ClassFacts, typed: string): number | null {
    if (typed.trim() === '') return null;
    const here = countTyped(typed);
    return isHereCount(here, mostHere(rollOf(schoolClass.parts), added)) ? here : NaN;
  }

  /** The page with what is wrong with the number of those here. */
  function refuseHere(request: FastifyRequest, reply: FastifyReply, facts: ClassFacts, value: string) {
    const most = request.language.number(mostHere(rollOf(facts.schoolClass.parts), facts.spares));
    const fault = { field: 'here', message: request.language.say('class', 'hereFault', { most }) };
    return showClass(request, reply.code(422), facts, { typedHere: { value, fault } });
  }

  /**
   * Holds the class open under a new join code, and notes how many are here if the teacher says so. A second press
   * changes nothing: the code on the board stays good.
   */
  app.post('/class/openings', { schema: { body: HereForm }, ...teacher }, async (request, reply) => {
    const facts = classOf(request);
    if (answeringDay(facts.wave, clock()) !== 'open') return showClass(request, reply.code(409), facts, {});
    const { here: typed = '' } = request.body ?? {};
    const here = readHere(facts, typed);
    if (Number.isNaN(here)) return refuseHere(request, reply, facts, typed);
    if (!(await openings.find(facts.key, clock()))) {
      const id = newId();
      const joinHmac = hashJoinCode(secrets, joinCodeOf(secrets, id));
      await attendances.begin(facts.key, facts.schoolClass.parts, schoolDate(clock()));
      await openings.open(facts.key, { id, joinHmac, openUntil: minutesAfter(clock(), OPEN_MINUTES) });
      await note('class-opened', facts);
    }
    if (here !== null) await attendances.setHere(facts.key, schoolDate(clock()), here, facts.expected);
    return reply.redirect(CLASS_HREF, 303);
  });

  /** Corrects how many are here while the class is open; an empty field takes the number back. */
  app.post('/class/attendance', { schema: { body: HereForm }, ...teacher }, async (request, reply) => {
    const facts = classOf(request);
    const { here: typed = '' } = request.body ?? {};
    const here = readHere(facts, typed);
    if (Number.isNaN(here)) return refuseHere(request, reply, facts, typed);
    if (await openings.find(facts.key, clock()))
      await attendances.setHere(facts.key, schoolDate(clock()), here, facts.expected);
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

  /** One more place, for somebody who is not on the roll, as long as the class has not had its share of them. */
  app.post('/class/places', teacher, async (request, reply) => {
    const facts = classOf(request);
    if (!(await spares.add(facts.key, mostSpares(rollOf(facts.schoolClass.parts)))))
      return showClass(request, reply.code(409), facts, { placesRefused: true });
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
    const most = mostSpares(rollOf(facts.schoolClass.parts));
    if (!(await spares.addSlip(facts.key, most, place, secrets.hashCode(code))))
      return showClass(request, reply.code(409), facts, { placesRefused: true });
    await note('class-spare-added', facts);
    return reply.page('class/spare', sparePage(request.language, facts, writeCode(code), request.host));
  });

  app.post('/class/opt-outs', { schema: { body: OptOutForm }, ...teacher }, async (request, reply) => {
    const facts = classOf(request);
    const { waveId, schoolId } = facts.key;
    const { schoolClass } = facts;
    // Whoever runs the class sees who has started.
    const of = { waveId, schoolId, schoolClass, tooMany: 'refuse' } as const;
    const { changed, faults } = await saveOptOuts(request.language, optOuts, of, request.body);
    if (faults.length > 0) return showClass(request, reply.code(422), facts, { typed: { form: request.body, faults } });
    if (changed) await note('opt-outs-changed', facts);
    return reply.redirect(`${CLASS_HREF}?saved=yes`, 303);
  });
}
