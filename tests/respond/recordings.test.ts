import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingRoutes } from '../../server/respond/reading-routes.ts';
import { hashOfWords, readRecordings, recordingsOnPage } from '../../server/respond/recordings.ts';
import { serveErrorPages, showBadAddress } from '../../server/web/error-pages.ts';
import { openLog } from '../../server/web/log.ts';
import { servePages } from '../../server/web/pages.ts';
import { serveRequests } from '../../server/web/requests.ts';
import { serverOptions } from '../../server/web/server-options.ts';
import type { App } from '../../server/web/services.ts';
import { openHouse, type House } from '../support/house.ts';

const WORDS = { text: 'Do you feel safe?', hint: 'Think of the streets near you.', options: { yes: 'Yes', no: 'No' } };

/** A folder of surveys with two recordings: the question's words as they are, its hint as it once was. */
function recorded(): string {
  const surveys = mkdtempSync(join(tmpdir(), 'heard-recordings-'));
  const folder = join(surveys, 'primary', 'audio', 'en');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    'safe.text.mp3': hashOfWords(WORDS.text),
    'safe.hint.mp3': hashOfWords('Think of the streets.'),
    'safe.option.yes.ogg': hashOfWords(WORDS.options.yes),
    'safe.option.no.ogg': hashOfWords(WORDS.options.no),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  for (const name of ['safe.text.mp3', 'safe.hint.mp3', 'safe.option.yes.ogg']) {
    writeFileSync(join(folder, name), `sound of ${name}`);
  }
  return surveys;
}

/** A server with nothing but the recordings of a folder, and what surrounds every request. */
async function serverOf({ services }: House, folder: string): Promise<App> {
  const app = Fastify(
    serverOptions(services.settings, showBadAddress(services)),
  ).withTypeProvider<TypeBoxTypeProvider>();
  const log = openLog(services.settings);
  await servePages(app);
  await serveRequests(app, services, log);
  serveErrorPages(app, log);
  recordingRoutes(app, readRecordings(folder));
  return app;
}

describe('recordings', () => {
  let folder: string;
  let house: House;
  let server: App;
  let hrefs: Record<string, string>;
  const wordsOf = () => readRecordings(folder).get('primary/en')!;

  beforeAll(async () => {
    folder = recorded();
    house = await openHouse();
    server = await serverOf(house, folder);
    hrefs = Object.fromEntries(recordingsOnPage(wordsOf(), WORDS).audios.map(({ words, href }) => [words, href]));
  });
  afterAll(async () => {
    await server.close();
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are played only of the very words on the page, where there is a file', () => {
    expect(Object.keys(hrefs)).toEqual([WORDS.text, WORDS.options.yes]);
  });

  it('are found for the same words of another question', () => {
    const { audios } = recordingsOnPage(wordsOf(), { text: 'Are you well?', options: { yes: 'Yes' } });
    expect(audios.map(({ words }) => words)).toEqual(['Yes']);
  });

  it('have addresses that say nothing of the question', () => {
    for (const href of Object.values(hrefs)) {
      expect(href).toMatch(/^\/respond\/recordings\/primary\/en\/[0-9a-f]{16}\.(mp3|ogg)$/);
    }
  });

  it('say nothing where there are none', () => {
    expect(recordingsOnPage(wordsOf(), { text: 'Something else' })).toEqual({ list: '', audios: [] });
  });

  it('are served whole and in parts, and may be kept for ever', async () => {
    const url = hrefs[WORDS.text]!;
    const whole = await server.inject(url);
    expect(whole.statusCode).toBe(200);
    expect(whole.body).toBe('sound of safe.text.mp3');
    expect(whole.headers['content-type']).toContain('audio/mpeg');
    expect(whole.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const part = await server.inject({ url, headers: { range: 'bytes=0-4' } });
    expect(part.statusCode).toBe(206);
    expect(part.body).toBe('sound');
  });

  it.each(['primary/en/0000000000000000.mp3', 'other/en/0000000000000000.mp3'])('%s is not there', async (path) => {
    const reply = await server.inject(`/respond/recordings/${path}`);
    expect(reply.statusCode).toBe(404);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it.each(['primary/en/manifest.json', 'primary/en/safe.text.mp3', '..%2Fprimary/en/0000000000000000.mp3'])(
    '%s is no address of one',
    async (path) => expect((await server.inject(`/respond/recordings/${path}`)).statusCode).toBe(400),
  );
});

describe('a manifest that cannot be used', () => {
  it.each(['not even JSON', '[]', '{"a.text.mp3":"short"}', '{"../a.mp3":"00"}'])('is named: %s', (content) => {
    const folder = recorded();
    writeFileSync(join(folder, 'primary', 'audio', 'en', 'manifest.json'), content);
    expect(() => readRecordings(folder)).toThrow(/manifest\.json cannot be used: expected/);
    rmSync(folder, { recursive: true, force: true });
  });
});
