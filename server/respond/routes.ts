import { createDrafts, type Drafts } from '../storage/drafts.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE, createCarryOn, heldDraft, placeOf } from './carry-on.ts';
import { endingRoutes } from './ending-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { helpRoutes } from './help-routes.ts';
import { joinRoutes } from './join-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { createTextNoting } from './note-texts.ts';
import { pictureRoutes } from './picture-routes.ts';
import { nextTurnRoutes } from './next-turn.ts';
import { nextHref } from './place.ts';
import { questionRoutes } from './question-routes.ts';
import { quietRoutes } from './quiet-routes.ts';
import { readingRoutes, recordingRoutes } from './reading-routes.ts';
import { textCodingRoutes } from './text-coding-routes.ts';
import { textRoomRoutes } from './text-room-routes.ts';
import { textSortingRoutes } from './text-sorting-routes.ts';
import { waitingRoutes } from './waiting-routes.ts';
import { signsOfLifeOf } from '../web/signs-of-life.ts';
import { createWaveContents } from '../web/wave-content.ts';
import { waysRoutes } from './ways-routes.ts';

/** Answering by code: the way is worked out anew on every request, and every answer is durable before the next page. */
export async function respondRoutes(app: App, services: Services): Promise<void> {
  const { database, secrets, settings, clock } = services;
  const drafts = heardOf(createDrafts(database, secrets), services);
  const contents = createWaveContents(database);
  const carryOn = createCarryOn(drafts, contents);
  app.decorateRequest('answering', null);

  entryRoutes(app, services, drafts, contents);
  linkRoutes(app, services, drafts, contents, carryOn);
  joinRoutes(app, services, drafts, contents);
  pictureRoutes(app, drafts, carryOn);
  waysRoutes(app, drafts, carryOn);
  const keeping = { drafts, noteTexts: createTextNoting(database, secrets, clock) };
  questionRoutes(app, keeping, carryOn);
  waitingRoutes(app, services, keeping, contents);
  readingRoutes(app, drafts, carryOn);
  recordingRoutes(app);
  textRoomRoutes(app, services, contents);
  textSortingRoutes(app, services, contents);
  textCodingRoutes(app, services, contents);
  endingRoutes(app, services, drafts, contents, carryOn);
  helpRoutes(app, services, drafts, contents);
  quietRoutes(app);
  nextTurnRoutes(app, drafts);

  /** Wherever this person should be now: how a resumed code, a deep link and a stale tab find their way. */
  app.get('/respond/next', { config: { access: 'respondent' }, preHandler: carryOn }, (request, reply) =>
    reply.redirect(nextHref(placeOf(request)), 303),
  );

  /** A page that is being read says so now and then, so that the adult in the room sees which devices have gone quiet. */
  app.post('/respond/signs-of-life', { config: { access: 'respondent' } }, (request, reply) => {
    heldDraft(drafts, request);
    return reply.code(204).send();
  });

  /** Leave quickly: the session ends here, the draft stays, and a neutral page opens. A link, so that any browser follows. */
  app.get('/respond/leave', { config: { access: 'respondent' } }, async (request, reply) => {
    await drafts.letGo(request.cookies[ANSWERING_COOKIE] ?? '');
    return reply.clearCookie(ANSWERING_COOKIE, { path: '/' }).redirect(settings.leaveAddress, 303);
  });
}

/** The same drafts, and each device that asks for its own gives a sign of life. */
function heardOf(drafts: Drafts, { database, clock }: Services): Drafts {
  const signs = signsOfLifeOf(database);
  return {
    ...drafts,
    hold(token) {
      const held = drafts.hold(token);
      if (typeof held === 'object') signs.heardOf(held.draft.codeHmac, Date.parse(clock()));
      return held;
    },
  };
}
