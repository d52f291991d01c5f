import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { DraftSettings } from '../storage/draft-body.ts';
import type { Drafts } from '../storage/drafts.ts';
import { PICTURES } from '../web/pictures.ts';
import type { App } from '../web/services.ts';
import { ANSWERING_COOKIE, answering, placeOf, type CarryOn } from './carry-on.ts';
import { MOST_TRIES, NO_PICTURE, pictureChoicePage, picturePage } from './picture-pages.ts';
import { nextHref } from './place.ts';

const ChoiceForm = Type.Object(
  { picture: Type.Optional(Type.Enum([...PICTURES, NO_PICTURE])) },
  { additionalProperties: false },
);
const PictureForm = Type.Object({ picture: Type.Optional(Type.Enum([...PICTURES])) }, { additionalProperties: false });

/**
 * The picture secret. It is chosen once, before the first question; whoever finds the slip does not know it. It shows
 * the answers of an earlier session again, and opens what "Hide this" has hidden.
 */
export function pictureRoutes(app: App, drafts: Drafts, carryOn: CarryOn): void {
  const respondent = { config: { access: 'respondent' }, preHandler: carryOn } as const;
  const whileHidden = { config: { access: 'respondent', whileHidden: true }, preHandler: carryOn } as const;

  function settle(request: FastifyRequest, settings: Partial<DraftSettings>, shownTo?: string) {
    const { codeHmac, waveId } = answering(request).draft;
    const language = request.language.code;
    return drafts.save({ codeHmac, waveId, language, settings, ...(shownTo === undefined ? {} : { shownTo }) });
  }

  app.get('/respond/picture-choice', respondent, (request, reply) => {
    const place = placeOf(request);
    if (place.picture !== null || !place.timeRunsOut) return reply.redirect(nextHref(place), 303);
    return reply.page('respond/picture-choice', pictureChoicePage(request.language, place, false));
  });

  app.post(
    '/respond/picture-choice',
    { schema: { body: ChoiceForm }, ...respondent },
    async (request, reply): Promise<FastifyReply> => {
      const place = placeOf(request);
      const { picture } = request.body;
      // A form that comes twice, or from an older page, does not change the picture: it would be a way around it.
      if (place.picture !== null) return reply.redirect(nextHref(place), 303);
      if (picture === undefined)
        return reply.code(422).page('respond/picture-choice', pictureChoicePage(request.language, place, true));
      await settle(request, { picture });
      return reply.redirect('/respond/next', 303);
    },
  );

  app.get('/respond/picture', whileHidden, (request, reply) => {
    const { body } = answering(request).draft;
    if (!opens(body)) return endHere(request, reply);
    return reply.page(
      'respond/picture',
      picturePage(request.language, placeOf(request), { hidden: body.hidden, wrong: false }),
    );
  });

  app.post('/respond/picture', { schema: { body: PictureForm }, ...whileHidden }, async (request, reply) => {
    const { body, session } = answering(request).draft;
    const { picture } = request.body;
    if (!opens(body)) return endHere(request, reply);
    if (picture !== undefined) {
      const { codeHmac, waveId } = answering(request).draft;
      const tried = await drafts.save({ codeHmac, waveId, language: request.language.code, pictureTried: true });
      if (!tried || tried.pictureTries > MOST_TRIES) return endHere(request, reply);
    }
    if (picture === body.picture) {
      await settle(request, { hidden: false, pictureTries: 0 }, session);
      return reply.redirect('/respond/next', 303);
    }
    const asked = { hidden: body.hidden, wrong: true };
    return reply.code(422).page('respond/picture', picturePage(request.language, placeOf(request), asked));
  });

  /** Hides everything at once. A form and no link, so that nothing hides because a browser looked ahead. */
  app.post('/respond/hiding', respondent, async (request, reply) => {
    const { body } = answering(request).draft;
    if (!opens(body)) return endHere(request, reply);
    await settle(request, { hidden: true });
    return reply.redirect('/respond/picture', 303);
  });

  /** Where no picture opens anything, the code does: this device lets the draft go. */
  async function endHere(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { hidden } = answering(request).draft.body;
    if (hidden) await settle(request, { hidden: false });
    await drafts.letGo(request.cookies[ANSWERING_COOKIE] ?? '');
    return reply.clearCookie(ANSWERING_COOKIE, { path: '/' }).redirect('/', 303);
  }
}

/** Whether there is a picture that still opens something. */
function opens({ picture, pictureTries }: DraftSettings): boolean {
  return picture !== null && picture !== NO_PICTURE && pictureTries < MOST_TRIES;
}
