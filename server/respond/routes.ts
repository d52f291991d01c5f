import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { keepAnswers } from '../storage/draft-body.ts';
import { createDrafts } from '../storage/drafts.ts';
import { hashToken } from '../storage/secrets.ts';
import { createSendings } from '../storage/sendings.ts';
import type { Ending } from '../storage/settlement.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE, createCarryOn, heldDraft, placeOf } from './carry-on.ts';
import { createCodeDesk } from './code-desk.ts';
import { assentPage, checkPage, finishedPage, frontPage, helpPage, referenceOf, stopPage } from './pages.ts';
import { nextHref, placeIn } from './place.ts';
import { questionRoutes } from './question-routes.ts';
import { createWaveContents, versionForStage } from './wave-content.ts';

const closed = { additionalProperties: false } as const;
const Attempt = Type.String({ maxLength: 64 });
const TypedCode = Type.Object({ code: Type.String({ maxLength: 200 }) }, closed);
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
  const sendings = createSendings(database, secrets);
  const contents = createWaveContents(database);
  const desk = createCodeDesk(drafts, secrets);
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;

  const carryOn = createCarryOn(drafts, contents);
  const carriedOn = { ...respondent, preHandler: carryOn } as const;
  app.decorateRequest('answering', null);
  questionRoutes(app, drafts, carryOn);

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
      const content = await contents.read(outcome.code.waveId);
      const version = outcome.code.stage ? versionForStage(content, outcome.code.stage) : undefined;
      if (!version)
        throw new Error(`No survey of wave ${outcome.code.waveId} is for stage ${String(outcome.code.stage)}.`);
      const token = await drafts.carryOn(outcome.code, version.version.id);
      return reply.setCookie(ANSWERING_COOKIE, token, cookie).redirect('/respond/next', 303);
    },
  );

  /** Wherever this person should be now: how a resumed code, a deep link and a stale tab find their way. */
  app.get('/respond/next', carriedOn, (request, reply) => reply.redirect(nextHref(placeOf(request)), 303));

  app.get('/respond/assent', carriedOn, (request, reply) =>
    reply.page('respond/assent', assentPage(request.language, placeOf(request), false)),
  );

  app.post('/respond/assent', { schema: { body: AssentForm }, ...respondent }, async (request, reply) => {
    const { attempt, decision, timeRunsOut } = request.body;
    if (decision === 'no') return finish(request, reply, attempt, 'declined');
    const draft = heldDraft(drafts, request);
    if (!timeRunsOut) {
      const place = placeIn(await contents.read(draft.waveId), draft);
      return reply.code(422).page('respond/assent', assentPage(request.language, place, true));
    }
    await drafts.save({ codeHmac: draft.codeHmac, waveId: draft.waveId, language: request.language.code, timeRunsOut });
    return reply.redirect('/respond/next', 303);
  });

  app.get('/respond/check', carriedOn, (request, reply) => {
    const place = placeOf(request);
    const next = nextHref(place);
    if (next !== '/respond/check') return reply.redirect(next, 303);
    return reply.page('respond/check', checkPage(request.language, place));
  });

  app.post('/respond/sending', { schema: { body: SendingForm }, ...respondent }, (request, reply) =>
    finish(request, reply, request.body.attempt, 'sent'),
  );

  app.get('/respond/stop', carriedOn, (request, reply) =>
    reply.page('respond/stop', stopPage(request.language, placeOf(request))),
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
    if (before) return thank(reply, attempt, (await contents.read(before)).demonstration);
    const draft = heldDraft(drafts, request);
    const content = await contents.read(draft.waveId);
    const { body, stage, versionId } = draft;
    if (body.attempt !== attempt) throw new Fault('bad-request');
    if (wanted === 'sent') {
      const next = nextHref(placeIn(content, draft));
      if (next !== '/respond/check') return reply.redirect(next, 303);
    }
    const version = content.versions.get(versionId);
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
