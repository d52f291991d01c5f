import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { firstUnseen, isReachable, itemAfter, walk } from '../core/survey/journey.ts';
import type { FormValues } from '../core/survey/kinds/kind.ts';
import { readAnswer } from '../core/survey/read-answer.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import { Fault } from '../errors.ts';
import { keepAnswers } from '../storage/draft-body.ts';
import { createDrafts, type HeldDraft, type OpenDraft } from '../storage/drafts.ts';
import { hashToken } from '../storage/secrets.ts';
import { createSendings } from '../storage/sendings.ts';
import type { Ending } from '../storage/settlement.ts';
import type { App, Services } from '../web/services.ts';
import { createCodeDesk } from './code-desk.ts';
import {
  assentPage,
  checkPage,
  finishedPage,
  frontPage,
  helpPage,
  itemHref,
  questionPage,
  referenceOf,
  shownAnswer,
  stopPage,
  type Place,
} from './pages.ts';
import { createWaveContents, versionForStage, type WaveContent } from './wave-content.ts';

export const ANSWERING_COOKIE = 'heard-answering';

const closed = { additionalProperties: false } as const;
const Attempt = Type.String({ maxLength: 64 });
const TypedCode = Type.Object({ code: Type.String({ maxLength: 200 }) }, closed);
const PageNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 200 }) });
const FromCheck = Type.Object({ from: Type.Optional(Type.Literal('check')) });
const AnswerForm = Type.Object(
  {
    version: Type.String({ maxLength: 64 }),
    from: Type.Optional(Type.Literal('check')),
    move: Type.Optional(Type.Enum(['next', 'skip'])),
    answer: Type.Optional(Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 100 })),
  },
  closed,
);
const AssentForm = Type.Object(
  {
    attempt: Attempt,
    decision: Type.Enum(['yes', 'no']),
    timeRunsOut: Type.Optional(Type.Enum(['keep', 'throw-away'])),
  },
  closed,
);
const SendingForm = Type.Object({ attempt: Attempt }, closed);
const StoppingForm = Type.Object({ attempt: Attempt, choice: Type.Enum(['keep', 'throw-away']) }, closed);
const Finished = Type.Object({
  reference: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{3}-[A-Z0-9]{3}$' })),
  unreal: Type.Optional(Type.Literal('yes')),
});

const respondent = { config: { access: 'respondent' } } as const;

/** Answering by code: the way is worked out anew on every request, and every answer is durable before the next page. */
export async function respondRoutes(app: App, services: Services): Promise<void> {
  const { database, secrets, settings } = services;
  const drafts = createDrafts(database, secrets);
  const sendings = createSendings(database);
  const contentOf = createWaveContents(database);
  const desk = createCodeDesk(drafts, secrets);
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;

  /** The draft that this device carries on. @throws Fault if there is none, or it went elsewhere, or the wave closed */
  function held(request: FastifyRequest): HeldDraft {
    const session = drafts.hold(request.cookies[ANSWERING_COOKIE] ?? '');
    if (session === 'elsewhere') throw new Fault('carried-on-elsewhere');
    if (session === 'none') throw new Fault('session-over');
    if (session.closing) throw new Fault('wave-closed');
    return session.draft;
  }

  async function placeOf(draft: HeldDraft): Promise<Place> {
    return placeIn(await contentOf(draft.waveId), opened(draft), draft.session);
  }

  function opened(draft: HeldDraft): OpenDraft {
    const open = draft.open();
    if (!open) throw new Fault('session-over');
    return open;
  }

  app.get('/', { config: { access: 'anyone' } }, (request, reply) =>
    reply.page('respond/front', frontPage(request.language, '', '')),
  );

  app.post(
    '/respond/sessions',
    { schema: { body: TypedCode }, config: { access: 'anyone' } },
    async (request, reply) => {
      const outcome = await desk.take(request.body.code, request.ip);
      if ('fault' in outcome) {
        const fault = request.language.words.respond[outcome.fault];
        return reply.code(422).page('respond/front', frontPage(request.language, request.body.code, fault));
      }
      const content = await contentOf(outcome.code.waveId);
      const version = outcome.code.stage ? versionForStage(content, outcome.code.stage) : undefined;
      if (!version)
        throw new Error(`No survey of wave ${outcome.code.waveId} is for stage ${String(outcome.code.stage)}.`);
      const token = await drafts.carryOn(outcome.code, version.version.id);
      return reply.setCookie(ANSWERING_COOKIE, token, cookie).redirect('/respond/next', 303);
    },
  );

  /** Wherever this person should be now: how a resumed code, a deep link and a stale tab find their way. */
  app.get('/respond/next', respondent, async (request, reply) => {
    const place = await placeOf(held(request));
    return reply.redirect(nextHref(place), 303);
  });

  app.get('/respond/assent', respondent, async (request, reply) =>
    reply.page('respond/assent', assentPage(request.language, await placeOf(held(request)), false)),
  );

  app.post('/respond/assent', { schema: { body: AssentForm }, ...respondent }, async (request, reply) => {
    const { attempt, decision, timeRunsOut } = request.body;
    if (decision === 'no') return finish(request, reply, attempt, 'declined');
    const draft = held(request);
    if (!timeRunsOut) {
      return reply.code(422).page('respond/assent', assentPage(request.language, await placeOf(draft), true));
    }
    await drafts.save({ codeHmac: draft.codeHmac, waveId: draft.waveId, language: request.language.code, timeRunsOut });
    return reply.redirect('/respond/next', 303);
  });

  app.get(
    '/respond/pages/:number',
    { schema: { params: PageNumber, querystring: FromCheck }, ...respondent },
    async (request, reply) => {
      const place = await placeOf(held(request));
      const item = place.content.version.definition.items[request.params.number - 1];
      if (!item || !place.timeRunsOut || !isReachable(place.path, place.answers, item.id)) {
        return reply.redirect(nextHref(place), 303);
      }
      const fromCheck = request.query.from === 'check';
      return reply.page('respond/question', questionPage(request.language, place, item, { fromCheck }));
    },
  );

  app.post(
    '/respond/pages/:number',
    { schema: { params: PageNumber, body: AnswerForm }, ...respondent },
    async (request, reply) => {
      const draft = held(request);
      const content = await contentOf(draft.waveId);
      const before = placeIn(content, opened(draft), draft.session);
      const { version } = before.content;
      const item = version.definition.items[request.params.number - 1];
      // A form of another version, or for a question this version lacks: nothing is stored.
      if (!item || request.body.version !== version.id) throw new Fault('bad-request');
      // Before the choice, or off the way: nothing is stored, and the person goes on where they should be.
      if (!before.timeRunsOut || !isReachable(before.path, before.answers, item.id)) {
        return reply.redirect(nextHref(before), 303);
      }
      const reading =
        request.body.move === 'skip'
          ? { answer: { state: 'skipped' as const } }
          : readAnswer(item, formOf(request.body));
      if ('fault' in reading) return askAgain(request, reply, before, item, reading.fault);
      const { codeHmac, waveId, session } = draft;
      const answer = { itemId: item.id, answer: reading.answer, session };
      const saved = await drafts.save({ codeHmac, waveId, language: request.language.code, answer });
      if (!saved) throw new Fault('session-over');
      const place = placeIn(content, saved, session);
      return reply.redirect(request.body.from === 'check' ? nextHref(place) : hrefAfter(place, item), 303);
    },
  );

  async function askAgain(
    request: FastifyRequest<{ Body: { from?: 'check' | undefined } }>,
    reply: FastifyReply,
    place: Place,
    item: SurveyItem,
    fault: Parameters<typeof questionPage>[3]['fault'],
  ): Promise<FastifyReply> {
    const fromCheck = request.body.from === 'check';
    // An answer of an earlier session is not shown again; leaving its page blank leaves it as it was.
    const keptUnseen = place.answers[item.id] !== undefined && shownAnswer(place, item) === undefined;
    if (fault === 'blank' && keptUnseen)
      return reply.redirect(fromCheck ? nextHref(place) : hrefAfter(place, item), 303);
    return reply.code(422).page('respond/question', questionPage(request.language, place, item, { fault, fromCheck }));
  }

  app.get('/respond/check', respondent, async (request, reply) => {
    const place = await placeOf(held(request));
    const next = nextHref(place);
    if (next !== '/respond/check') return reply.redirect(next, 303);
    return reply.page('respond/check', checkPage(request.language, place));
  });

  app.post('/respond/sending', { schema: { body: SendingForm }, ...respondent }, (request, reply) =>
    finish(request, reply, request.body.attempt, 'sent'),
  );

  app.get('/respond/stop', respondent, async (request, reply) =>
    reply.page('respond/stop', stopPage(request.language, await placeOf(held(request)))),
  );

  app.post('/respond/stopping', { schema: { body: StoppingForm }, ...respondent }, (request, reply) =>
    finish(request, reply, request.body.attempt, request.body.choice === 'keep' ? 'broken-off-kept' : 'broken-off'),
  );

  /** Brings a draft to its end, once; a form that is sent again ends on the same thank-you. */
  async function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    attempt: string,
    wanted: Ending,
  ): Promise<FastifyReply> {
    const before = await sendings.waveFinishedBy(attempt);
    if (before) return thank(reply, attempt, (await contentOf(before)).demonstration);
    const draft = held(request);
    const content = await contentOf(draft.waveId);
    const open = opened(draft);
    const { body, stage } = open;
    if (body.attempt !== attempt) throw new Fault('bad-request');
    if (wanted === 'sent') {
      const next = nextHref(placeIn(content, open, draft.session));
      if (next !== '/respond/check') return reply.redirect(next, 303);
    }
    const version = content.versions.get(open.versionId);
    const band = content.bands.find((candidate) => candidate.stages.includes(stage));
    const keeps = wanted === 'sent' || wanted === 'broken-off-kept';
    const kept =
      keeps && version && band ? keepAnswers(version.version, band.id, stage, body, wanted === 'sent') : null;
    // Keeping nothing is the same as throwing nothing away.
    const ending = wanted === 'broken-off-kept' && !kept ? 'broken-off' : wanted;
    const done = await sendings.finish({ codeHmac: draft.codeHmac, attempt, ending, kept });
    // Somebody else ended this draft: a second press of the same button, or the close of the wave.
    if (done === 'done-already' && !(await sendings.waveFinishedBy(attempt))) throw new Fault('wave-closed');
    secrets.forgetDraft(draft.codeHmac);
    return thank(reply, attempt, content.demonstration);
  }

  function thank(reply: FastifyReply, attempt: string, unreal: boolean): FastifyReply {
    const address = `/respond/finished?reference=${referenceOf(hashToken(attempt))}${unreal ? '&unreal=yes' : ''}`;
    return reply.clearCookie(ANSWERING_COOKIE, { path: '/' }).redirect(address, 303);
  }

  app.get('/respond/finished', { schema: { querystring: Finished }, ...respondent }, (request, reply) => {
    const { reference, unreal } = request.query;
    return reply.page('respond/finished', finishedPage(request.language, reference ?? '', unreal === 'yes'));
  });

  /** Leave quickly: the session ends here, the draft stays, and a neutral page opens. A link, so that any browser follows. */
  app.get('/respond/leave', respondent, async (request, reply) => {
    await drafts.letGo(request.cookies[ANSWERING_COOKIE] ?? '');
    return reply.clearCookie(ANSWERING_COOKIE, { path: '/' }).redirect(settings.leaveAddress, 303);
  });

  app.get('/help', { config: { access: 'anyone' } }, (request, reply) =>
    reply.page('respond/help', helpPage(request.language)),
  );
}

function formOf(body: { answer?: string[] | undefined }): FormValues {
  return { answer: body.answer ?? [] };
}

function placeIn(content: WaveContent, { versionId, stage, body }: OpenDraft, session: string): Place {
  const version = content.versions.get(versionId);
  if (!version)
    throw new Error(`Draft of version ${versionId}, which its wave does not ask: the wave's versions changed.`);
  return {
    content: version,
    unreal: content.demonstration,
    stage,
    path: walk(version.version.definition, { stage, textAllowed: false }, body.answers),
    answers: body.answers,
    givenBy: body.givenBy,
    session,
    attempt: body.attempt,
    timeRunsOut: body.timeRunsOut,
  };
}

/** The page that this person should see next: the choice, the first unseen page, or the check. */
function nextHref(place: Place): string {
  if (!place.timeRunsOut) return '/respond/assent';
  const unseen = firstUnseen(place.path, place.answers);
  return unseen ? itemHref(place.content, unseen) : '/respond/check';
}

function hrefAfter(place: Place, item: SurveyItem): string {
  const after = itemAfter(place.path, item.id);
  return after && isReachable(place.path, place.answers, after.id) ? itemHref(place.content, after) : nextHref(place);
}
