import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { App } from '../web/services.ts';
import { answering, placeOf, type CarryOn } from './carry-on.ts';
import { nextHref, reachableStep } from './place.ts';
import { questionKey, questionPage } from './question-page.ts';
import { saveAnswer, type AnswerKeeping } from './save-answer.ts';

const PageNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 400 }) });
const FromCheck = Type.Object({ from: Type.Optional(Type.Literal('check')) });
const Values = Type.Optional(Type.Array(Type.String({ maxLength: 4000 }), { maxItems: 100 }));
/** A question's field, and where a page has rows the field of each row. */
export const AnswerForm = Type.Object(
  {
    version: Type.String({ maxLength: 64 }),
    from: Type.Optional(Type.Literal('check')),
    move: Type.Optional(Type.Enum(['next', 'skip'])),
    answer: Values,
  },
  { patternProperties: { '^answer-[a-z0-9-]{1,40}$': Values }, additionalProperties: false },
);

/**
 * The answer path: a question's page, and its answer on the way back. Thousands a second pass here, so its
 * handlers return nothing: a promise or a reply that is returned gets listeners of its own for its end.
 */
export function questionRoutes(app: App, keeping: AnswerKeeping, carryOn: CarryOn): void {
  const respondent = { config: { access: 'respondent' }, preHandler: carryOn } as const;

  app.get(
    '/respond/pages/:number',
    { schema: { params: PageNumber, querystring: FromCheck }, ...respondent },
    (request, reply): void => {
      const place = placeOf(request);
      const step = reachableStep(place, request.params.number);
      if (!step) return goTo(reply, nextHref(place));
      const fromCheck = request.query.from === 'check';
      const draw = () => questionPage(request.language, place, step, { fromCheck });
      const key = questionKey(place, step, fromCheck);
      if (key === undefined) reply.page('respond/question', draw());
      else reply.keptPage('respond/question', key, draw);
    },
  );

  app.post(
    '/respond/pages/:number',
    { schema: { params: PageNumber, body: AnswerForm }, ...respondent },
    (request, reply): void => {
      const { version, move, from, ...form } = request.body;
      const { number } = request.params;
      const handedIn = { number, version, move, from, form, language: request.language.code };
      saveAnswer(
        keeping,
        answering(request),
        handedIn,
        (outcome) => {
          if ('next' in outcome) return goOn(request, reply, outcome.next);
          const { place, step, fault } = outcome;
          const page = questionPage(request.language, place, step, { fault, fromCheck: from === 'check' });
          reply.code(422).page('respond/question', page);
        },
        (error) => void reply.send(error),
      );
    },
  );
}

/** A script that sent the form fetches the next page itself, so it is told where that is. */
function goOn(request: FastifyRequest, reply: FastifyReply, href: string): void {
  if (request.headers.accept === 'application/json') reply.send({ next: href });
  else goTo(reply, href);
}

function goTo(reply: FastifyReply, href: string): void {
  reply.redirect(href, 303);
}
