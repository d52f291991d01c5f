import { Type } from 'typebox';
import type { App } from '../web/services.ts';
import { isShared } from './next-turn.ts';
import { quietPage, REST, type QuietVisit } from './quiet-pages.ts';

/** Of the shape that attempts have, so that no other words can be put on the page by a link. */
const ending = {
  reference: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{3}-[A-Z0-9]{3}$' })),
  unreal: Type.Optional(Type.Union([Type.Literal('demonstration'), Type.Literal('rehearsal')])),
};
const Ending = Type.Object(ending);
const Visit = Type.Object({
  ...ending,
  choice: Type.Optional(Type.String({ maxLength: 20 })),
  move: Type.Optional(Type.Enum(['next', 'skip'])),
});
const PageNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: REST }) });

/**
 * What comes after a survey, whether it was sent, stopped or not begun: puzzles in the shape of questions. No
 * session is needed, and nothing that is chosen here is stored.
 */
export function quietRoutes(app: App): void {
  const respondent = { config: { access: 'respondent' } } as const;

  app.get('/respond/finished', { schema: { querystring: Ending }, ...respondent }, (request, reply) => {
    const { reference = '', unreal } = request.query;
    const visit: QuietVisit = { reference, unreal: unreal ?? 'none', shared: isShared(request), choice: null };
    return reply.page('respond/finished', quietPage(request.language, 1, visit));
  });

  app.get(
    '/respond/quiet/:number',
    { schema: { params: PageNumber, querystring: Visit }, ...respondent },
    (request, reply) => {
      const { reference = '', unreal, choice, move } = request.query;
      const wentOn = move === 'next' || (move === undefined && choice !== undefined);
      const visit: QuietVisit = {
        ...{ reference, unreal: unreal ?? 'none', shared: isShared(request) },
        choice: wentOn ? (choice ?? '') : null,
      };
      return reply.page('respond/finished', quietPage(request.language, request.params.number, visit));
    },
  );
}
