import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { createAudit } from '../storage/audit.ts';
import { createClassSessions } from '../storage/class-sessions.ts';
import { createClassSheets } from '../storage/class-sheets.ts';
import { readClass, recordedSchool } from '../web/class-facts.ts';
import type { Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { CLASS_HREF } from './addresses.ts';
import { createPinDesk, type SignInFault } from './pin-desk.ts';
import { TEACHER_COOKIE } from './teaching.ts';

declare module '../web/views.ts' {
  interface Views {
    'class/sign-in': {
      title: string;
      faults: FieldFault[];
      /** The link of the sheet as it was followed or typed. */
      link: string;
      /** Whether it came with the address, so that only the PIN is asked. */
      followed: boolean;
    };
  }
}

const closed = { additionalProperties: false } as const;
const WithLink = Type.Object({ link: Type.String({ maxLength: 40 }) });
const SignInForm = Type.Object(
  {
    link: Type.String({ maxLength: 200 }),
    pin: Type.String({ maxLength: 40 }),
    followed: Type.Optional(Type.Literal('yes')),
  },
  closed,
);
/** A device stays signed in for a school day and an evening. */
const SESSION_HOURS = 12;
const FIELDS: Readonly<Record<SignInFault, string>> = { faultLink: 'link', faultPin: 'pin', faultTooMany: 'pin' };

/** The door of a class: whoever has its sheet may run it. */
export function signInRoutes(app: App, services: Services): void {
  const { database, secrets, settings, clock } = services;
  const desk = createPinDesk(createClassSheets(database), secrets);
  const sessions = createClassSessions(database);
  const audit = createAudit(database);
  const anyone = { config: { access: 'anyone' } } as const;
  const cookie = { path: CLASS_HREF, httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;

  /** Following a link signs nobody in: that takes the PIN. */
  app.get('/class/links/:link', { schema: { params: WithLink }, ...anyone }, (request, reply) =>
    reply.page('class/sign-in', signInPage(request.language, request.params.link, true)),
  );

  // Where a page came as the answer to a form, choosing another language asks for the form's own address.
  for (const url of [
    '/class/sessions',
    '/class/openings',
    '/class/attendance',
    '/class/places',
    '/class/spares',
    '/class/opt-outs',
  ]) {
    app.get(url, anyone, (_request, reply) => reply.redirect(CLASS_HREF, 303));
  }

  app.post('/class/sessions', { schema: { body: SignInForm }, ...anyone }, async (request, reply) => {
    const { link, pin, followed } = request.body;
    const outcome = await desk.take(link, pin, request.ip);
    const facts = 'key' in outcome ? await readClass(database, outcome.key) : undefined;
    if ('fault' in outcome || !facts) {
      const fault = 'fault' in outcome ? outcome.fault : 'faultLink';
      const page = signInPage(request.language, link, followed === 'yes' && fault !== 'faultLink', fault);
      return reply.code(fault === 'faultTooMany' ? 429 : 422).page('class/sign-in', page);
    }
    const expiresAt = new Date(Date.parse(clock()) + SESSION_HOURS * 3_600_000).toISOString();
    const token = await sessions.start(outcome.key, expiresAt, clock());
    await audit.write({ at: clock(), accountId: null, action: 'class-signed-in', subject: recordedSchool(facts) });
    return reply
      .setCookie(TEACHER_COOKIE, token, { ...cookie, maxAge: SESSION_HOURS * 3600 })
      .redirect(CLASS_HREF, 303);
  });

  app.post(
    '/class/sessions/ending',
    { config: { access: 'teacher' } },
    async (request: FastifyRequest, reply): Promise<FastifyReply> => {
      await sessions.end(request.cookies[TEACHER_COOKIE] ?? '');
      return reply.clearCookie(TEACHER_COOKIE, { path: CLASS_HREF }).redirect(CLASS_HREF, 303);
    },
  );
}

export function signInPage(
  language: Language,
  link: string,
  followed: boolean,
  fault?: SignInFault,
): Views['class/sign-in'] {
  const words = language.words.class;
  const faults: FieldFault[] = fault ? [{ field: FIELDS[fault], message: words[fault] }] : [];
  return { title: words.signInTitle, faults, link, followed };
}
