import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Step } from '../core/survey/journey.ts';
import { readAnswers, skipped, type ReadAnswers } from '../core/survey/read-answer.ts';
import { Fault } from '../errors.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { App } from '../web/services.ts';
import { answering, placeOf, type CarryOn } from './carry-on.ts';
import { questionKey, questionPage } from './question-page.ts';
import { hrefAfter, nextHref, placeIn, reachableStep, shownAnswer, stepAt, type Place } from './place.ts';

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
export function questionRoutes(app: App, drafts: Drafts, carryOn: CarryOn): void {
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
      const { draft, content } = answering(request);
      const { version, move, from, ...form } = request.body;
      const before = placeIn(content, draft);
      // A form of another version, or for a page this version lacks: nothing is stored.
      if (version !== before.content.version.id || !stepAt(before, request.params.number)) {
        throw new Fault('bad-request');
      }
      // Before the choices, or off the way: nothing is stored, and the person goes on where they should be.
      const step = reachableStep(before, request.params.number);
      if (!step) return goTo(reply, nextHref(before));
      const reading = move === 'skip' ? { answers: skipped(step) } : readAnswers(step, form);
      if ('fault' in reading) return askAgain(request, reply, before, step, reading);
      const { codeHmac, waveId, session } = draft;
      const given = { answers: reading.answers, session };
      drafts
        .save({ codeHmac, waveId, language: request.language.code, given })
        .then((saved) => {
          if (!saved) throw new Fault('session-over');
          const place = placeIn(content, { ...draft, body: saved });
          goTo(reply, from === 'check' ? nextHref(place) : hrefAfter(place, step));
        })
        .catch((error: unknown) => reply.send(error));
    },
  );
}

function goTo(reply: FastifyReply, href: string): void {
  reply.redirect(href, 303);
}

function askAgain(
  request: FastifyRequest<{ Body: { from?: 'check' | undefined } }>,
  reply: FastifyReply,
  place: Place,
  step: Step,
  fault: Extract<ReadAnswers, { fault: unknown }>,
): void {
  const fromCheck = request.body.from === 'check';
  // An answer of an earlier session is not shown again; leaving its page blank leaves it as it was.
  const keptUnseen = step.keys.some(
    (key) => place.answers[key] !== undefined && shownAnswer(place, key) === undefined,
  );
  if (fault.fault === 'blank' && keptUnseen) return goTo(reply, fromCheck ? nextHref(place) : hrefAfter(place, step));
  reply.code(422).page('respond/question', questionPage(request.language, place, step, { fault, fromCheck }));
}
