import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { keepAnswers } from '../storage/draft-body.ts';
import type { Drafts } from '../storage/drafts.ts';
import { hashToken } from '../storage/secrets.ts';
import { createSendings } from '../storage/sendings.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import type { Ending, Settlement } from '../storage/settlement.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE, heldDraft, placeOf, type CarryOn } from './carry-on.ts';
import { assentPage, breakPage, checkPage, referenceOf, stopPage } from './pages.ts';
import { nextHref, placeIn } from './place.ts';
import type { PageMark, WaveContent, WaveContents } from '../web/wave-content.ts';

const closed = { additionalProperties: false } as const;
const Attempt = Type.String({ maxLength: 64 });
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

/** The choice at the start, and every way in which a draft comes to its end, once. */
export function endingRoutes(
  app: App,
  { database, secrets }: Services,
  drafts: Drafts,
  contents: WaveContents,
  carryOn: CarryOn,
): void {
  const sendings = createSendings(database, secrets);
  const respondent = { config: { access: 'respondent' } } as const;
  const carriedOn = { ...respondent, preHandler: carryOn } as const;

  app.get('/respond/assent', carriedOn, (request, reply) =>
    reply.page('respond/assent', assentPage(request.language, placeOf(request), false)),
  );

  app.post('/respond/assent', { schema: { body: AssentForm }, ...respondent }, async (request, reply) => {
    const { attempt, decision, timeRunsOut } = request.body;
    if (decision === 'no') return finish(request, reply, attempt, 'declined');
    const draft = heldDraft(drafts, request);
    if (draft.body.hidden) return reply.redirect('/respond/picture', 303);
    if (!timeRunsOut) {
      const content = await contents.read(draft.waveId);
      request.askedLanguages = content.languages;
      const place = placeIn(content, draft);
      return reply.code(422).page('respond/assent', assentPage(request.language, place, true));
    }
    const { codeHmac, waveId } = draft;
    await drafts.save({ codeHmac, waveId, language: request.language.code, settings: { timeRunsOut } });
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

  app.get('/respond/break', carriedOn, (request, reply) =>
    reply.page('respond/break', breakPage(request.language, placeOf(request))),
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
    if (before) return thank(reply, attempt, (await contents.read(before)).mark);
    const draft = heldDraft(drafts, request);
    // What is hidden is not ended by whoever has the device in hand.
    if (draft.body.hidden) return reply.redirect('/respond/picture', 303);
    const content = await contents.read(draft.waveId);
    if (draft.body.attempt !== attempt) throw new Fault('bad-request');
    if (wanted === 'sent') {
      const next = nextHref(placeIn(content, draft));
      if (next !== '/respond/check') return reply.redirect(next, 303);
    }
    const done = await sendings.finish(() => {
      // An answer may have come in meanwhile, or the draft have come to its end: then nothing becomes of this one.
      const now = drafts.hold(request.cookies[ANSWERING_COOKIE] ?? '');
      return settlementOf(content, typeof now === 'object' ? now.draft : draft, wanted);
    });
    // Somebody else ended this draft: a second press of the same button, or the close of the wave.
    if (done === 'done-already' && !(await sendings.waveFinishedBy(attempt))) throw new Fault('wave-closed');
    secrets.forgetDraft(draft.codeHmac);
    return thank(reply, attempt, content.mark);
  }

  function thank(reply: FastifyReply, attempt: string, unreal: PageMark): FastifyReply {
    const address = `/respond/finished?reference=${referenceOf(hashToken(attempt))}${unreal === 'none' ? '' : `&unreal=${unreal}`}`;
    return reply.clearCookie(ANSWERING_COOKIE, { path: '/' }).redirect(address, 303);
  }
}

/** What a draft comes to as its author wishes. */
function settlementOf(
  content: WaveContent,
  { body, stage, versionId, codeHmac }: HeldDraft,
  wanted: Ending,
): Settlement {
  const sent = wanted === 'sent';
  const keeps = sent || wanted === 'broken-off-kept';
  const version = content.versions.get(versionId)?.version;
  const kept = keeps && version ? keepAnswers(version, content.bands, content.way, { stage, body, sent }) : null;
  // Keeping nothing is the same as throwing nothing away.
  const ending = wanted === 'broken-off-kept' && !kept ? 'broken-off' : wanted;
  return { codeHmac, attempt: body.attempt, ending, supporter: body.supporter, kept };
}
