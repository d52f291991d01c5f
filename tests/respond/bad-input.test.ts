import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../support/stored-wave.ts';
import { form } from '../support/house.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

/*
 * Bad input gets a kind page in the person's own language, with a reference where something went wrong, a status
 * between 400 and 499, loses nothing and stores nothing that the version does not allow.
 */
let house: FieldworkHouse;
let codes: string[];
let wave: string;

beforeAll(async () => {
  house = await openFieldwork();
  wave = await house.openWave();
  codes = await house.codes(wave, 'burnside');
});
afterAll(() => house.close());

const languages = [
  { language: 'en', said: /[a-z]{3}/, dir: 'ltr' },
  { language: 'ar', said: /[\u0600-\u06ff]{3}/, dir: 'rtl' },
];

function beKind(pupil: Pupil, language: string, dir: string): void {
  expect(pupil.status).toBeGreaterThanOrEqual(400);
  expect(pupil.status).toBeLessThan(500);
  expect(pupil.page).toContain(`<html lang="${language}" dir="${dir}"`);
  expect(pupil.page).not.toMatch(/Error|at \/|undefined|validation|body\//);
}

const stored = async () => JSON.stringify(await rowsOf(house.services.database, 'responses'));

describe.each(languages)('in $language', ({ language, dir, said }) => {
  const begin = async () => {
    const pupil = await new Pupil(house, language).start(codes.pop()!);
    await pupil.answer();
    return pupil;
  };

  it.each<[string, (version: string) => Record<string, string | string[]>]>([
    ['a forged option', () => ({ answer: 'forged' })],
    ['an option of another kind of thing', () => ({ answer: '__proto__' })],
    ['two answers to one choice', () => ({ answer: ['always', 'never'] })],
    ['an over-long text', () => ({ answer: 'x'.repeat(3999) })],
    ['a field of a question in rows', () => ({ answer: 'always', 'answer-nobody': 'always', extra: 'x' })],
    ['another version', () => ({ answer: 'always', version: 'other' })],
    ['no version', () => ({ answer: 'always', version: [] })],
    ['a text beyond every limit', () => ({ answer: 'x'.repeat(5000) })],
    ['a move that no button makes', () => ({ answer: 'always', move: 'destroy' })],
    ['a thousand answers', () => ({ answer: Array.from({ length: 1000 }, () => 'always') })],
  ])('%s is refused, and the answers so far stay', async (_what, fields) => {
    const pupil = await begin();
    const { url } = pupil;
    const before = await stored();
    await pupil.post(url, { version: pupil.hidden('version'), move: 'next', ...fields('') });
    beKind(pupil, language, dir);
    expect(pupil.page).toMatch(said);
    expect((await pupil.go('/respond/next')).url).toBe(url);
    expect(await stored()).toBe(before);
  });

  it('a foreign question, of a page that this survey does not have, is refused', async () => {
    const pupil = await begin();
    await pupil.post('/respond/pages/399', { version: pupil.hidden('version'), answer: 'always', move: 'next' });
    expect(pupil.status).toBe(400);
    beKind(pupil, language, dir);
  });

  it('a page number that is none is refused', async () => {
    const pupil = await begin();
    for (const url of ['/respond/pages/0', '/respond/pages/x', '/respond/pages/-1', '/respond/pages/1e9']) {
      await pupil.go(url);
      beKind(pupil, language, dir);
    }
  });

  it('a wrong method, an address that is none, and a body that is no form are refused', async () => {
    const pupil = await begin();
    for (const [method, url, status] of [
      ['PUT', '/respond/pages/2', 405],
      ['DELETE', '/respond/pages/2', 405],
      ['GET', '/respond/sending', 405],
      ['GET', '/respond/nowhere', 404],
    ] as const) {
      const reply = await house.app.inject({
        method,
        url,
        headers: { cookie: `heard-language=${language}; ${pupil.cookie}` },
      });
      expect(reply.statusCode, `${method} ${url}`).toBe(status);
      expect(reply.body).toContain(`dir="${dir}"`);
      expect(reply.body).toMatch(/[A-Z0-9]{4,}/);
    }
    const json = await house.app.inject({
      method: 'POST',
      url: '/respond/pages/2',
      payload: '{"half":',
      headers: { cookie: `heard-language=${language}; ${pupil.cookie}`, 'content-type': 'application/json' },
    });
    expect(json.statusCode).toBeGreaterThanOrEqual(400);
    expect(json.statusCode).toBeLessThan(500);
    expect(json.body).toContain(`dir="${dir}"`);
  });

  it('half a body stores nothing', async () => {
    const pupil = await begin();
    const { payload, headers } = form({ version: pupil.hidden('version'), move: 'next', answer: 'always' });
    const reply = await house.app.inject({
      method: 'POST',
      url: pupil.url,
      payload: payload.slice(0, 20),
      headers: { ...headers, cookie: `heard-language=${language}; ${pupil.cookie}` },
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain(`dir="${dir}"`);
  });

  it('an expired session is told how to come back', async () => {
    const pupil = new Pupil(house, language);
    for (const url of ['/respond/next', '/respond/pages/1', '/respond/check', '/respond/picture', '/respond/ways']) {
      await pupil.go(url);
      expect(pupil.status, url).toBe(403);
      beKind(pupil, language, dir);
    }
  });

  it('a replayed form of an earlier page changes that answer only, and nothing twice', async () => {
    const pupil = await begin();
    const { url } = pupil;
    await pupil.post('/respond/pages/1', { version: pupil.hidden('version'), move: 'skip' });
    expect(pupil.url).toBe(url);
  });
});

it('a form of the wave before, sent when it has closed, is told kindly and stores nothing', async () => {
  const pupil = await new Pupil(house).start(codes.pop()!);
  const fields = { version: pupil.hidden('version'), move: 'next', answer: 'happy' };
  await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
  await pupil.post('/respond/pages/1', fields);
  expect(pupil.status).toBeGreaterThanOrEqual(403);
  expect(pupil.page).toContain('lang="en"');
  expect(await rowsOf(house.services.database, 'drafts')).toEqual([]);
});
