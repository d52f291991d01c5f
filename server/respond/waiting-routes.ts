import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault, FAULTS, type FaultCode } from '../errors.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE, draftOf, heldDraft } from './carry-on.ts';
import { AnswerForm } from './question-routes.ts';
import { saveAnswer, type AnswerKeeping, type HandInOutcome } from './save-answer.ts';
import { offlinePage } from './waiting-pages.ts';
import type { WaveContents } from '../web/wave-content.ts';

const closed = { additionalProperties: false } as const;
const Ticket = Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' });
const LanguageCodes = Type.Enum(LANGUAGES.map(({ code }) => code));
const KnownTickets = Type.Object({ known: Type.Optional(Type.Array(Ticket, { maxItems: 20 })) }, closed);
/** The form of a question page, and besides it what its page knows by its address and its cookies. */
const WaitingAnswer = Type.Object(
  {
    ...AnswerForm.properties,
    ticket: Ticket,
    number: Type.Integer({ minimum: 1, maximum: 400 }),
    language: LanguageCodes,
  },
  { patternProperties: { '^answer-[a-z0-9-]{1,40}$': AnswerForm.properties.answer }, additionalProperties: false },
);
const OfflineQuery = Type.Object({ language: Type.Optional(LanguageCodes) });

/**
 * The one answer of a draft that a device holds while the line is down. It comes with a ticket of its own and without
 * a cookie: by then somebody else may be answering on that device.
 */
export function waitingRoutes(app: App, { languages }: Services, keeping: AnswerKeeping, contents: WaveContents): void {
  const { drafts } = keeping;
  const errorHandler = (error: FastifyError | Fault, request: FastifyRequest, reply: FastifyReply) => {
    const code = error instanceof Fault ? error.code : error.validation ? 'bad-request' : undefined;
    // Anything else is for the page of errors, which notes it with a reference; the device tries again later.
    if (!code) throw error;
    return sayFault(reply, code, languageOf(request));
  };
  const respondent = { config: { access: 'respondent' }, errorHandler } as const;

  /** The language that the person reads: a device that sends no cookie names it. */
  function languageOf(request: FastifyRequest): Language {
    const { language } = (request.body ?? {}) as { language?: unknown };
    return [...languages.values()].find(({ code }) => code === language) ?? request.language;
  }

  /** A ticket for the session that asks: one that the device holds already, if it is still good, else a new one. */
  app.post('/respond/tickets', { schema: { body: KnownTickets }, ...respondent }, async (request) => {
    const draft = heldDraft(drafts, request);
    // A ticket given before still counts; whoever has a hidden device in hand gets none.
    if (draft.body.hidden) throw new Fault('session-over');
    for (const ticket of request.body.known ?? []) {
      const held = await drafts.holdByTicket(ticket);
      // A new ticket would put an end to the one that an answer may be waiting with.
      if (typeof held === 'object' && held.draft.codeHmac === draft.codeHmac && held.draft.session === draft.session) {
        return { ticket };
      }
    }
    return { ticket: await drafts.giveTicket(request.cookies[ANSWERING_COOKIE] ?? '') };
  });

  app.post('/respond/waiting-answers', { schema: { body: WaitingAnswer }, ...respondent }, async (request, reply) => {
    const { ticket, number, language, version, move, from, ...form } = request.body;
    const draft = draftOf(await drafts.holdByTicket(ticket));
    const content = await contents.read(draft.waveId);
    const handedIn = { number, version, move, from, form, language };
    const outcome = await new Promise<HandInOutcome>((resolve, reject) =>
      saveAnswer(keeping, { draft, content }, handedIn, resolve, reject),
    );
    if ('next' in outcome) return { next: outcome.next };
    const { waiting } = languageOf(request).words;
    return reply.code(422).send({ fault: outcome.fault.fault, words: waiting.pageAsksAgain });
  });

  /** What a device shows that cannot reach Heard. It is kept there, so it is the same for everybody. */
  app.get(
    '/respond/offline',
    { schema: { querystring: OfflineQuery }, config: { access: 'anyone', headers: 'public' } },
    (request, reply) => {
      request.language = languages.get(request.query.language ?? request.language.code) ?? request.language;
      return reply.page('respond/offline', offlinePage(request.language));
    },
  );
}

function sayFault(reply: FastifyReply, code: FaultCode, { words }: Language): FastifyReply {
  return reply.code(FAULTS[code].status).send({ fault: code, words: words.errors[FAULTS[code].words] });
}
