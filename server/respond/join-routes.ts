import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { readJoinCode, writeJoinCode } from '../core/fieldwork/class-codes.ts';
import type { Stage } from '../core/survey/stage.ts';
import type { Drafts } from '../storage/drafts.ts';
import { newToken } from '../storage/secrets.ts';
import type { ClassFacts } from '../web/class-facts.ts';
import type { Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import type { Views } from '../web/views.ts';
import type { WaveContents } from '../web/wave-content.ts';
import { ANSWERING_COOKIE } from './carry-on.ts';
import { createJoinDesk, type JoinFault } from './join-desk.ts';
import { createJoinPlaces } from './join-places.ts';
import { NEW_CODE_COOKIE, noteJoined } from './next-turn.ts';

declare module '../web/views.ts' {
  interface Views {
    'respond/join': { title: string; faults: FieldFault[]; typed: string; example: string };
    'respond/join-class': {
      title: string;
      faults: FieldFault[];
      joinCode: string;
      form: string;
      /** Empty where the class has one stage. */
      stages: { id: string; value: string; words: string }[];
      /** Whether this device is in the middle of a survey of somebody. */
      begun: boolean;
    };
    'respond/join-full': { title: string; joinHref: string };
  }
}

const closed = { additionalProperties: false } as const;
const WithCode = Type.Object({ code: Type.String({ maxLength: 40 }) });
const JoinForm = Type.Object(
  {
    code: Type.String({ maxLength: 200 }),
    stage: Type.Optional(Type.String({ maxLength: 10 })),
    form: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' })),
    /** Sent by a page that asked the stage. */
    asked: Type.Optional(Type.Literal('stage')),
    /** Somebody who says that the survey begun on this device is not theirs. */
    begin: Type.Optional(Type.Literal('mine')),
  },
  closed,
);

/**
 * Joining a class that its teacher holds open: each device is dealt an ordinary new code of the class, shown once so that
 * its pupil can resume. It lies here and not with the class, since only those who answer touch drafts.
 */
export function joinRoutes(app: App, services: Services, drafts: Drafts, contents: WaveContents): void {
  const desk = createJoinDesk(services);
  const places = createJoinPlaces(services, contents);
  const cookie = { httpOnly: true, sameSite: 'lax', secure: services.settings.behindHttps } as const;
  const anyone = { config: { access: 'anyone' } } as const;

  /** Whether this device carries on a draft of the same wave. */
  function hasBegun(request: FastifyRequest, { wave }: ClassFacts): boolean {
    const held = drafts.hold(request.cookies[ANSWERING_COOKIE] ?? '');
    return typeof held === 'object' && held.draft.waveId === wave.id;
  }

  function refuse(reply: FastifyReply, language: Language, typed: string, fault: JoinFault): FastifyReply {
    return reply.code(fault === 'faultTooMany' ? 429 : 422).page('respond/join', joinPage(language, typed, fault));
  }

  app.get('/join', anyone, (_request, reply) => reply.redirect('/class/join', 303));

  app.get('/class/join', anyone, (request, reply) => reply.page('respond/join', joinPage(request.language, '')));

  /**
   * A join code as a link or a QR code. It is not looked up before somebody presses the button: a picture on some other
   * page can ask for an address, and is to find out nothing and use up nobody's tries.
   */
  app.get('/class/join/:code', { schema: { params: WithCode }, ...anyone }, (request, reply) => {
    const { code } = request.params;
    const joinCode = readJoinCode(code);
    if (!joinCode) return refuse(reply, request.language, code, 'faultShape');
    return reply.page('respond/join-class', joinClassPage(request.language, [], joinCode));
  });

  app.post('/class/join', { schema: { body: JoinForm }, ...anyone }, async (request, reply) => {
    const { language } = request;
    const { code: typed, form, begin, asked } = request.body;
    const outcome = await desk.take(typed, request.ip);
    if ('fault' in outcome) return refuse(reply, language, typed, outcome.fault);
    const { facts, joinCode } = outcome;
    request.askedLanguages = (await contents.read(facts.wave.id)).languages;
    const begun = begin !== 'mine' && hasBegun(request, facts);
    const ask = (fault = '') =>
      reply
        .code(fault ? 422 : 200)
        .page('respond/join-class', joinClassPage(language, facts.stages, joinCode, { begun, fault }));
    // A code that was typed leads to the page of its class, where the stage is chosen and one press joins once.
    if (!form || (begun && !places.isGiven(form))) return ask();
    const stage = stageOf(facts, request.body.stage);
    if (!stage) return ask(asked ? language.words.class.stageFault : '');
    const place = await places.take(facts, stage, form);
    if (place === 'full') {
      return reply.code(409).page('respond/join-full', {
        title: language.words.respond.title,
        joinHref: `/class/join/${joinCode}`,
      });
    }
    return noteJoined(reply, services, joinCode)
      .setCookie(ANSWERING_COOKIE, place.token, { ...cookie, path: '/' })
      .setCookie(NEW_CODE_COOKIE, place.code, { ...cookie, path: '/respond/new-code' })
      .redirect('/respond/new-code', 303);
  });
}

/** The stage that was chosen, or the only one; undefined if none of the class's was. */
function stageOf({ stages }: ClassFacts, chosen: string | undefined): Stage | undefined {
  return stages.length === 1 ? stages[0] : stages.find((stage) => stage === chosen);
}

function joinPage(language: Language, typed: string, fault?: JoinFault) {
  const words = language.words.class;
  return {
    title: language.words.respond.title,
    faults: fault ? [{ field: 'code', message: words[`join-${fault}`] }] : [],
    typed,
    example: writeJoinCode('KXR749'),
  };
}

/** @param stages those of the class; none where it is not known which class it is */
function joinClassPage(
  { words }: Language,
  stages: readonly Stage[],
  joinCode: string,
  { begun = false, fault = '' } = {},
): Views['respond/join-class'] {
  return {
    title: words.respond.title,
    faults: fault ? [{ field: 'stage-0', message: fault }] : [],
    joinCode,
    form: newToken(),
    stages:
      stages.length <= 1 ? [] : stages.map((stage, index) => ({ id: `stage-${index}`, value: stage, words: stage })),
    begun,
  };
}
