import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { sortingEndsAt } from '../core/texts/sorting-time.ts';
import { createTextReadings, READING_OUTCOMES, type OpenedText, type ReadersWave } from '../storage/text-readings.ts';
import { createTextSorting } from '../storage/text-sorting.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { MOST_SHOWN, textPage, textRoomPage, type RoomWave } from './text-room-pages.ts';
import type { WaveContents } from '../web/wave-content.ts';

const Outcome = Type.Optional(Type.Enum(READING_OUTCOMES));
const Noted = Type.Object({ noted: Outcome });
const WithText = Type.Object({ id: Type.String({ maxLength: 40 }) });
const ReadingForm = Type.Object({ outcome: Outcome }, { additionalProperties: false });

const reader = { config: { access: ['text-reader'] } } as const;

/** The reading room: for the readers that a wave names, and for that wave alone. */
export function textRoomRoutes(app: App, { database, secrets, clock }: Services, contents: WaveContents): void {
  const readings = createTextReadings(database, secrets);
  const sorting = createTextSorting(database);
  const audit = createAudit(database);
  const today = () => schoolDate(clock());

  async function ownText(request: FastifyRequest, id: string): Promise<OpenedText> {
    const { accountId, authorityId } = person(request);
    const text = await readings.open(id, accountId, authorityId);
    if (!text) throw new Fault('not-found');
    return text;
  }

  async function gather(wave: ReadersWave): Promise<RoomWave> {
    const closedAt = await sorting.closedAt(wave.id);
    return {
      keptUntil: closedAt ? sortingEndsAt(closedAt) : undefined,
      wave,
      content: await contents.read(wave.id),
      unread: await readings.unread(wave.id, MOST_SHOWN),
      read: await readings.read(wave.id, MOST_SHOWN),
      routes: await readings.routes(wave.id),
    };
  }

  app.get('/respond/texts', { schema: { querystring: Noted }, ...reader }, async (request, reply) => {
    const { accountId, authorityId } = person(request);
    const waves = await readings.waves(accountId, authorityId, today());
    const gathered = await Promise.all(waves.map(gather));
    return reply.page('respond/text-room', textRoomPage(request.language, gathered, today(), request.query.noted));
  });

  app.get('/respond/texts/:id', { schema: { params: WithText }, ...reader }, async (request, reply) => {
    const text = await ownText(request, request.params.id);
    await audit.write({ at: clock(), accountId: person(request).accountId, action: 'text-opened', subject: text.id });
    const content = await contents.read(text.waveId);
    return reply.page('respond/text', textPage(request.language, content, text, today(), false));
  });

  app.post(
    '/respond/texts/:id/reading',
    { schema: { params: WithText, body: ReadingForm }, ...reader },
    async (request, reply) => {
      const { accountId } = person(request);
      const text = await ownText(request, request.params.id);
      const { outcome } = request.body;
      if (!outcome) {
        if (text.reading) throw new Fault('already-done');
        const content = await contents.read(text.waveId);
        return reply.code(422).page('respond/text', textPage(request.language, content, text, today(), true));
      }
      const readAt = clock();
      const reading = { outcome, readBy: accountId, readAt, readOn: schoolDate(readAt) };
      if ((await readings.markRead(text, reading)) === 'done-already') throw new Fault('already-done');
      await audit.write({ at: readAt, accountId, action: 'text-read', subject: text.id });
      if (outcome === 'passed-on')
        // Of the wave and not of the text: the route names a school, and the record must not tie words to it.
        await audit.write({ at: readAt, accountId, action: 'text-passed-on', subject: text.waveId });
      return reply.redirect(`/respond/texts?noted=${outcome}`, 303);
    },
  );
}
