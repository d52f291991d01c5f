import { Type } from 'typebox';
import type { Drafts } from '../storage/drafts.ts';
import type { Language } from '../web/language.ts';
import type { App } from '../web/services.ts';
import type { Views } from '../web/views.ts';
import { answering, placeOf, type CarryOn } from './carry-on.ts';
import { nextHref, type Place } from './place.ts';
import { respondPage, type RespondPage } from './respond-page.ts';
import { easyReadForStage, versionForStage, type WaveContent } from '../web/wave-content.ts';

const Ticked = Type.Optional(Type.Literal('yes'));
const WaysForm = Type.Object({ easyRead: Ticked, supporter: Ticked }, { additionalProperties: false });

declare module '../web/views.ts' {
  interface Views {
    'respond/ways': RespondPage & { hasEasyRead: boolean; easyRead: boolean; supporter: boolean; backHref: string };
  }
}

/** Other ways to answer, in every survey: the easy-read one where the wave has it, and somebody who helps. */
export function waysRoutes(app: App, drafts: Drafts, carryOn: CarryOn): void {
  const respondent = { config: { access: 'respondent' }, preHandler: carryOn } as const;

  app.get('/respond/ways', respondent, (request, reply) =>
    reply.page('respond/ways', waysPage(request.language, placeOf(request), answering(request).content)),
  );

  app.post('/respond/ways', { schema: { body: WaysForm }, ...respondent }, async (request, reply) => {
    const { draft, content } = answering(request);
    const { codeHmac, waveId, stage, versionId } = draft;
    const settings = { supporter: request.body.supporter === 'yes' };
    await drafts.save({ codeHmac, waveId, language: request.language.code, settings });
    const usual = versionForStage(content, stage);
    const wanted = request.body.easyRead === 'yes' ? (easyReadForStage(content, stage) ?? usual) : usual;
    // Question ids are shared, so answers given so far stay where they are.
    if (wanted && wanted.version.id !== versionId) await drafts.changeVersion(codeHmac, wanted.version.id);
    return reply.redirect('/respond/next', 303);
  });
}

function waysPage(language: Language, place: Place, content: WaveContent): Views['respond/ways'] {
  return {
    ...respondPage(place, language.words.respond.title),
    hasEasyRead: easyReadForStage(content, place.stage) !== undefined,
    easyRead: place.content.version.definition.easyRead === true,
    supporter: place.supporter,
    backHref: nextHref(place),
  };
}
