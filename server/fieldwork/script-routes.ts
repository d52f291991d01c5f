import { Type } from 'typebox';
import type { App } from '../web/services.ts';
import { scriptPage, SCRIPT_LEVELS, supporterPage } from './script-page.ts';

const AtLevel = Type.Object({ level: Type.Optional(Type.Enum(SCRIPT_LEVELS)) }, { additionalProperties: false });

/** What adults in the room say and do. Open to anyone: parents and pupils may read it as well. */
export async function scriptRoutes(app: App): Promise<void> {
  app.get(
    '/fieldwork/script',
    { schema: { querystring: AtLevel }, config: { access: 'anyone' } },
    async (request, reply) =>
      reply.page('fieldwork/script', scriptPage(request.language, request.query.level ?? SCRIPT_LEVELS[0])),
  );

  app.get('/fieldwork/script/supporter', { config: { access: 'anyone' } }, async (request, reply) =>
    reply.page('fieldwork/supporter', supporterPage(request.language)),
  );
}
