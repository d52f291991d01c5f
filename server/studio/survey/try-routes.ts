import { Type } from 'typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../../core/roles.ts';
import { walk, type Traveller } from '../../core/survey/journey.ts';
import { tryMove, tryPlace, type HeldPages, type TryOutcome } from '../../core/survey/try-out.ts';
import { Fault } from '../../errors.ts';
import { assetAddresses } from '../../web/assets.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import { TRIES_HREF } from './addresses.ts';
import { readTryForm, readTryWish, TryChoice, TryForm, type TryWish } from './try-form.ts';
import { tryEndPage, tryQuestionPage } from './try-page.ts';
import { onlyAdded, type FindWouldBe, type SurveyWouldBe } from './would-be.ts';

/** A try begins with a choice; whoever comes without one is led to where it is made. */
const Beginning = Type.Union([Type.Object({}, { additionalProperties: false }), TryChoice]);

/**
 * Trying a survey. Nothing of a try is kept on the server, not even for its length: the pages bring it along. So these
 * routes read surveys and proposals, write nothing, and the record has no entry of who tried what.
 */
export function tryRoutes(app: App, { languages }: Services, find: FindWouldBe, access: readonly Role[]): void {
  const { pageStyle, pageScript } = assetAddresses().ofFolder('respond');

  async function whatIsTried(request: FastifyRequest, wish: TryWish) {
    const whole = await find(request, wish.surveyId, wish);
    const wouldBe = wish.only ? onlyAdded(whole) : whole;
    const { stages } = wouldBe.definition;
    const isAsked = wish.stage === null ? stages.length === 0 : stages.includes(wish.stage);
    const language = languages.get(wish.language);
    if (!isAsked || !language || !wouldBe.newest.texts.has(wish.language)) throw new Fault('bad-request');
    // The page is in the language that is tried, all of it; another one is chosen where the try begins.
    request.language = language;
    request.askedLanguages = [wish.language];
    const traveller: Traveller = { stage: wish.stage, textAllowed: true, topics: wouldBe.topics };
    return { wouldBe, traveller };
  }

  function show(
    { language }: FastifyRequest,
    reply: FastifyReply,
    tried: { wish: TryWish; wouldBe: SurveyWouldBe },
    outcome: TryOutcome,
  ): FastifyReply {
    const assets = { style: pageStyle, script: pageScript };
    const { step } = outcome;
    if (!step) return reply.page('studio/try-end', tryEndPage(language, tried, outcome));
    if (outcome.fault) reply.code(422);
    return reply.page('studio/try', tryQuestionPage(language, tried, { ...outcome, step }, assets));
  }

  app.get(TRIES_HREF, { schema: { querystring: Beginning }, config: { access } }, async (request, reply) => {
    if (!('survey' in request.query)) return reply.redirect('/studio', 303);
    const wish = readTryWish(request.query, request.language.code);
    const { wouldBe, traveller } = await whatIsTried(request, wish);
    const held: HeldPages = new Map();
    const step = walk(wouldBe.definition, traveller, {})[0];
    const place = tryPlace(wouldBe.definition, traveller, held);
    return show(request, reply, { wish, wouldBe }, { held, place, step, fault: undefined });
  });

  app.post(
    TRIES_HREF,
    { schema: { body: TryForm }, bodyLimit: LARGE_FORM, config: { access } },
    async (request, reply) => {
      const wish = readTryWish(request.body, request.language.code);
      const { wouldBe, traveller } = await whatIsTried(request, wish);
      const { held, move } = readTryForm(request.body);
      return show(request, reply, { wish, wouldBe }, tryMove(wouldBe.definition, traveller, held, move));
    },
  );
}
