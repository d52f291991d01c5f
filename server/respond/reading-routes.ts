import { basename, dirname } from 'node:path';
import files from '@fastify/static';
import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { READING_CHOICES, type ReadingHelp } from '../storage/draft-body.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { App } from '../web/services.ts';
import { answering, placeOf, type CarryOn } from './carry-on.ts';
import { READING_NAMES, readingPage, wayBack, wayBackFrom } from './reading-pages.ts';
import { shippedRecordings, type Recordings } from './recordings.ts';

const oneOf = (values: readonly string[]) => Type.Optional(Type.Enum([...values]));
const CHOICES = Object.fromEntries(READING_NAMES.map((name) => [name, oneOf(READING_CHOICES[name])]));
const ReadingForm = Type.Object(
  { back: Type.Optional(Type.String({ maxLength: 300 })), ...CHOICES },
  { additionalProperties: false },
);
/** What the schema lets through: what is left out stays as it was. */
type ReadingForm = { back?: string } & Partial<ReadingHelp>;

const RecordingName = Type.Object({
  survey: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
  language: Type.String({ pattern: '^[a-z]{2,3}$' }),
  file: Type.String({ pattern: '^[0-9a-f]{16}\\.(mp3|ogg)$' }),
});

/** Reading help: a page and its form. What is chosen belongs to the draft, so it goes where the code goes. */
export function readingRoutes(app: App, drafts: Drafts, carryOn: CarryOn): void {
  const respondent = { config: { access: 'respondent' }, preHandler: carryOn } as const;

  app.get('/respond/reading', respondent, (request, reply) => {
    const back = wayBackFrom(request.headers.referer);
    return reply.page('respond/reading', readingPage(request.language, placeOf(request), back));
  });

  app.post('/respond/reading', { schema: { body: ReadingForm }, ...respondent }, async (request, reply) => {
    const { back = '', ...chosen } = request.body as ReadingForm;
    const { codeHmac, waveId, body } = answering(request).draft;
    const reading = { ...body.reading, ...chosen };
    const saved = await drafts.save({ codeHmac, waveId, language: request.language.code, settings: { reading } });
    if (!saved) throw new Fault('session-over');
    return reply.redirect(wayBack(back), 303);
  });
}

/**
 * Serves recordings, whole or in parts as players ask for them. Their addresses come from their content: they say
 * nothing of the question, and browsers may keep what is behind them for ever.
 * @param recordings by `<survey>/<language>`
 */
export function recordingRoutes(app: App, recordings: ReadonlyMap<string, Recordings> = shippedRecordings()): void {
  void app.register(async (scope: App) => {
    await scope.register(files, { root: import.meta.dirname, serve: false, cacheControl: false });
    scope.get(
      '/respond/recordings/:survey/:language/:file',
      {
        schema: { params: RecordingName },
        config: { access: 'anyone' },
        onSend(_request, reply, payload, done) {
          const kept = reply.statusCode < 300;
          if (kept) reply.header('cache-control', 'public, max-age=31536000, immutable');
          done(null, payload);
        },
      },
      (request, reply) => {
        const { survey, language, file } = request.params;
        const path = recordings.get(`${survey}/${language}`)?.fileOf(file);
        if (path === undefined) throw new Fault('not-found');
        return reply.sendFile(basename(path), dirname(path));
      },
    );
  });
}
