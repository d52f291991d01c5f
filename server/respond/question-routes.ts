import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { SurveyItem } from '../core/survey/definition.ts';
import { isReachable } from '../core/survey/journey.ts';
import { readAnswer } from '../core/survey/read-answer.ts';
import { Fault } from '../errors.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { App } from '../web/services.ts';
import { answering, placeOf, type createCarryOn } from './carry-on.ts';
import { questionKey, questionPage } from './pages.ts';
import { hrefAfter, nextHref, placeIn, shownAnswer, type Place } from './place.ts';

const PageNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 200 }) });
const FromCheck = Type.Object({ from: Type.Optional(Type.Literal('check')) });
const AnswerForm = Type.Object(
  {
    version: Type.String({ maxLength: 64 }),
    from: Type.Optional(Type.Literal('check')),
    move: Type.Optional(Type.Enum(['next', 'skip'])),
    answer: Type.Optional(Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 100 })),
  },
  { additionalProperties: false },
);

/**
 * The answer path: a question's page, and its answer on the way back. Thousands a second pass here, so its
 * handlers return nothing: a promise or a reply that is returned gets listeners of its own for its end.
 */
export function questionRoutes(app: App, drafts: Drafts, carryOn: ReturnType<typeof createCarryOn>): void {
  const respondent = { config: { access: 'respondent' }, preHandler: carryOn } as const;

  app.get(
    '/respond/pages/:number',
    { schema: { params: PageNumber, querystring: FromCheck }, ...respondent },
    (request, reply): void => {
      const place = placeOf(request);
      const item = reachableItem(place, request.params.number);
      if (!item) return goTo(reply, nextHref(place));
      const fromCheck = request.query.from === 'check';
      const draw = () => questionPage(request.language, place, item, { fromCheck });
      const key = questionKey(place, item, fromCheck);
      if (key === undefined) reply.page('respond/question', draw());
      else reply.keptPage('respond/question', key, draw);
    },
  );

  app.post(
    '/respond/pages/:number',
    { schema: { params: PageNumber, body: AnswerForm }, ...respondent },
    (request, reply): void => {
      const { draft, content } = answering(request);
      const { version, move, answer: given, from } = request.body;
      const before = placeIn(content, draft);
      // A form of another version, or for a question this version lacks: nothing is stored.
      if (version !== before.content.version.id || !itemAt(before, request.params.number)) {
        throw new Fault('bad-request');
      }
      // Before the choice, or off the way: nothing is stored, and the person goes on where they should be.
      const item = reachableItem(before, request.params.number);
      if (!item) return goTo(reply, nextHref(before));
      const reading =
        move === 'skip' ? { answer: { state: 'skipped' as const } } : readAnswer(item, { answer: given ?? [] });
      if ('fault' in reading) return askAgain(request, reply, before, item, reading.fault);
      const { codeHmac, waveId, session } = draft;
      const answer = { itemId: item.id, answer: reading.answer, session };
      drafts
        .save({ codeHmac, waveId, language: request.language.code, answer })
        .then((saved) => {
          if (!saved) throw new Fault('session-over');
          const place = placeIn(content, { ...draft, body: saved });
          goTo(reply, from === 'check' ? nextHref(place) : hrefAfter(place, item));
        })
        .catch((error: unknown) => reply.send(error));
    },
  );
}

function itemAt(place: Place, number: number): SurveyItem | undefined {
  return place.content.version.definition.items[number - 1];
}

/** The item with this number, if this person may be there now. */
function reachableItem(place: Place, number: number): SurveyItem | undefined {
  const item = itemAt(place, number);
  return item && place.timeRunsOut && isReachable(place.path, place.answers, item.id) ? item : undefined;
}

function goTo(reply: FastifyReply, href: string): void {
  reply.redirect(href, 303);
}

function askAgain(
  request: FastifyRequest<{ Body: { from?: 'check' | undefined } }>,
  reply: FastifyReply,
  place: Place,
  item: SurveyItem,
  fault: Parameters<typeof questionPage>[3]['fault'],
): void {
  const fromCheck = request.body.from === 'check';
  // An answer of an earlier session is not shown again; leaving its page blank leaves it as it was.
  const keptUnseen = place.answers[item.id] !== undefined && shownAnswer(place, item) === undefined;
  if (fault === 'blank' && keptUnseen) return goTo(reply, fromCheck ? nextHref(place) : hrefAfter(place, item));
  reply.code(422).page('respond/question', questionPage(request.language, place, item, { fault, fromCheck }));
}
