import { Type } from 'typebox';
import { LANGUAGES } from '../web/language.ts';
import { LANGUAGE_COOKIE, localPath } from '../web/requests.ts';
import type { App, Services } from '../web/services.ts';

const Choice = {
  params: Type.Object({ code: Type.Enum(LANGUAGES.map((language) => language.code)) }),
  querystring: Type.Object({ back: Type.Optional(Type.String({ maxLength: 2000 })) }),
};

/** Choosing a language: a link, so that it works everywhere and without JavaScript. */
export async function languageRoutes(app: App, { settings }: Services): Promise<void> {
  app.get('/languages/:code', { schema: Choice, config: { access: 'anyone' } }, async (request, reply) => {
    // No expiry: a shared device forgets the choice when its browser closes.
    reply.setCookie(LANGUAGE_COOKIE, request.params.code, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: settings.behindHttps,
    });
    return reply.redirect(localPath(request.query.back, '/'), 303);
  });
}
