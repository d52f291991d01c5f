import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { flagsOf } from '../core/texts/flags.ts';
import { redacted, redactionFault, tidyQuote } from '../core/texts/redaction.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createTextCodings, type TextCoding } from '../storage/text-codings.ts';
import { createTextQuotes } from '../storage/text-quotes.ts';
import { createTextReadings, type OpenedText } from '../storage/text-readings.ts';
import { createTextThemes } from '../storage/text-themes.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { endLateSorting } from './late-sorting.ts';
import { codingHref, codingPage, type CodingView } from './text-coding-pages.ts';
import { sortingHref } from './text-room-pages.ts';
import type { WaveContents } from '../web/wave-content.ts';

const Id = Type.String({ maxLength: 40 });
const WithText = Type.Object({ id: Id });
const closed = { additionalProperties: false } as const;
/** What was on a page, so that a stale one is told from a new one. */
export const Version = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const CodingForm = Type.Object(
  {
    version: Version,
    themes: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    none: Type.Optional(Type.Literal('yes')),
  },
  closed,
);
const QuoteForm = Type.Object({ theme: Id, words: Type.String({ maxLength: 4000 }) }, closed);

const reader = { config: { access: ['text-reader'] } } as const;

/** Sorting one text, by two readers of its wave, and proposing words of it as a quote. */
export function textCodingRoutes(app: App, services: Services, contents: WaveContents): void {
  const { database, secrets, clock } = services;
  const readings = createTextReadings(database, secrets);
  const themes = createTextThemes(database);
  const codings = createTextCodings(database);
  const quotes = createTextQuotes(database, secrets);
  const waves = createWaves(database);
  const audit = createAudit(database);

  /** A text that can be sorted, of a wave that names this reader. Whoever shows its words writes that into the record. */
  async function ownText(request: FastifyRequest, id: string): Promise<{ text: OpenedText; coding: TextCoding }> {
    await endLateSorting(services);
    const { accountId, authorityId } = person(request);
    const coding = await codings.find(id);
    const text = coding && (await readings.open(id, accountId, authorityId));
    if (!text) throw new Fault('not-found');
    return { text, coding };
  }

  function record(request: FastifyRequest, action: AuditAction, subject: string): Promise<void> {
    return audit.write({ at: clock(), accountId: person(request).accountId, action, subject });
  }

  /** The page of one text. Its words are shown, which the record says each time. */
  async function showText(
    request: FastifyRequest,
    reply: FastifyReply,
    { text, coding }: { text: OpenedText; coding: TextCoding },
    more: Partial<CodingView> = {},
  ) {
    await record(request, 'text-opened', text.id);
    const flags = flagsOf(text.words, await schoolNames(coding.waveId));
    const all = await themes.ofWave(coding.waveId);
    const view: CodingView = {
      text,
      coding,
      flags,
      themes: all.filter(({ question }) => question === coding.questionId),
      content: await contents.read(coding.waveId),
      accountId: person(request).accountId,
      quote: await quotes.ofText(text.id),
      quoteWords: redacted(text.words, flags),
      ticked: coding.themes,
      noneTicked: coding.codedBy !== null && coding.themes.length === 0,
      ...more,
    };
    return reply.page('respond/text-coding', codingPage(request.language, view));
  }

  const schoolNames = async (waveId: string) => (await waves.schools(waveId)).map(({ name }) => name);

  app.get('/respond/texts/:id/coding', { schema: { params: WithText }, ...reader }, async (request, reply) =>
    showText(request, reply, await ownText(request, request.params.id)),
  );

  /** The first look and the second look differ in who may have had the other one. */
  for (const look of ['coding', 'confirmation'] as const) {
    app.post(
      `/respond/texts/:id/${look}`,
      { schema: { params: WithText, body: CodingForm }, ...reader },
      async (request, reply) => {
        const { accountId } = person(request);
        const own = await ownText(request, request.params.id);
        const { version, themes: ticked = [], none } = request.body;
        const sent = { ticked, noneTicked: none === 'yes' };
        const askAgain = async (status: number, message: string) =>
          showText(request, reply.code(status), await ownText(request, own.text.id), {
            ...sent,
            fault: { field: 'themes', message },
          });
        const words = request.language.words.themes;
        if (ticked.length > 0 === sent.noneTicked) return askAgain(422, words.codingFault);
        const coding = { themes: ticked, version };
        const outcome = await (look === 'coding'
          ? codings.code(own.text.id, coding, accountId, clock())
          : codings.confirm(own.text.id, coding, accountId, clock()));
        if (outcome === 'own-work') throw new Fault('own-work');
        if (outcome === 'done-already') throw new Fault('already-done');
        if (outcome === 'stale') return askAgain(409, words.staleFault);
        await record(request, look === 'coding' ? 'text-coded' : 'text-confirmed', own.text.id);
        const next = look === 'coding' ? sortingHref(own.coding.waveId) : codingHref(own.text.id);
        return reply.redirect(next, 303);
      },
    );
  }

  app.post(
    '/respond/texts/:id/quotes',
    { schema: { params: WithText, body: QuoteForm }, ...reader },
    async (request, reply) => {
      const own = await ownText(request, request.params.id);
      const { text, coding } = own;
      if (!coding.confirmedBy) throw new Fault('not-ready');
      const words = tidyQuote(request.body.words);
      const fault = redactionFault(text.words, words, flagsOf(text.words, await schoolNames(coding.waveId)));
      if (fault) {
        const quoteFault = request.language.words.themes[`quoteFault-${fault}`];
        return showText(request, reply.code(422), own, { quoteFault, quoteWords: request.body.words });
      }
      const quote = { theme: request.body.theme, language: text.language, words };
      const outcome = await quotes.propose(text.id, quote, person(request).accountId, clock());
      if (outcome === 'stale') throw new Fault('not-found');
      if (outcome === 'done-already') throw new Fault('already-done');
      await record(request, 'quote-proposed', text.id);
      return reply.redirect(codingHref(text.id), 303);
    },
  );
}
