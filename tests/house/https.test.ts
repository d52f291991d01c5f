import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { HEADER_SETS } from '../../server/web/headers.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { form } from '../support/house.ts';
import { quickHash } from '../support/quick-password.ts';
import { sheetsOn, teacherOf } from '../support/teacher.ts';

/* A server that people reach over HTTPS, beside one that they do not, on the same database. */

const PASSWORD = 'nine quiet otters';
let plain: FieldworkHouse;
let house: FieldworkHouse;
let wave: string;
beforeAll(async () => {
  plain = await openFieldwork();
  wave = await plain.openWave();
  const { services, accounts } = plain;
  const app = await buildApp({ ...services, settings: { ...services.settings, behindHttps: true } });
  house = { ...plain, app };
  await services.database.query
    .updateTable('accounts')
    .set({ password_hash: await quickHash(PASSWORD) })
    .where('id', '=', accounts.planner)
    .execute();
});
afterAll(async () => {
  await house.app.close();
  await plain.close();
});

const signIn = () =>
  house.app.inject({ method: 'POST', url: '/people/sign-in', ...form({ name: 'planner', password: PASSWORD }) });

/** The addresses of a style, a script, a font and a picture, of which the first two carry their content. */
async function assets(): Promise<string[]> {
  const { body } = await house.app.inject('/');
  const found = [...body.matchAll(/(?:href|src)="(\/public\/[^"]+)"/g)].map((match) => match[1]!);
  expect(found.some((address) => address.includes('.css')) && found.some((address) => address.includes('.js'))).toBe(
    true,
  );
  return [...found, '/public/fonts/lexend-latin-wght-normal.woff2', '/public/symbols/happy.svg'];
}

describe('every reply over HTTPS', () => {
  it('tells browsers to stay there: pages, files, redirects, faults and what cannot be read', async () => {
    const urls = ['/', '/people', '/no/such/page', '/%zz', '/service-worker.js', '/public/none.css'];
    for (const url of [...urls, ...(await assets())]) {
      const [reply, unencrypted] = await Promise.all([house.app.inject(url), plain.app.inject(url)]);
      expect(reply.headers['strict-transport-security'], url).toBe('max-age=31536000; includeSubDomains');
      expect(unencrypted.headers['strict-transport-security'], url).toBeUndefined();
    }
  });

  it('holds the whole policy where it has a body, also that of a style, a script, a font and a picture', async () => {
    for (const url of ['/no/such/page', '/%zz', '/service-worker.js', ...(await assets())]) {
      const { headers } = await house.app.inject(url);
      for (const [name, value] of Object.entries(HEADER_SETS.assets)) {
        expect(headers[name], `${url} ${name}`).toBe(value);
      }
    }
  });

  it('says in which letters its text is written', async () => {
    for (const url of ['/', '/%zz', '/service-worker.js', '/public/vendor/chart.umd.min.js', ...(await assets())]) {
      const type = String((await house.app.inject(url)).headers['content-type']);
      expect(type, url).toMatch(url.endsWith('.woff2') ? /^font\/woff2$/ : /; charset=utf-8$/);
    }
  });

  it('lets devices keep styles, scripts, fonts and pictures, and no page that says that there is none', async () => {
    for (const url of await assets()) {
      const { statusCode, headers } = await house.app.inject(url);
      expect([statusCode, String(headers['cache-control'])], url).toEqual([200, expect.stringMatching(/^public, max/)]);
    }
    const [style] = await assets();
    const first = await house.app.inject(style!);
    const again = await house.app.inject({ url: style!, headers: { 'if-none-match': String(first.headers.etag) } });
    expect([again.statusCode, again.headers['cache-control']]).toEqual([304, first.headers['cache-control']]);
    for (const url of ['/public/none.css', '/public/js/none.js']) {
      const reply = await house.app.inject(url);
      expect([reply.statusCode, reply.headers['cache-control']], url).toEqual([404, 'no-store']);
    }
  });
});

describe('cookies over HTTPS', () => {
  it('of somebody signed in are taken from this host alone, and are taken back', async () => {
    const reply = await signIn();
    expect(String(reply.headers['set-cookie'])).toMatch(
      /^__Host-heard-staff=[\w-]{32}; HttpOnly; SameSite=Lax; Path=\/; Secure$/,
    );
    const [{ name, value }] = reply.cookies as [{ name: string; value: string }];
    const open = async (cookie: string) => (await house.app.inject({ url: '/people', headers: { cookie } })).statusCode;
    expect(await open(`${name}=${value}`)).toBe(200);
    // What another host of the same domain can set has no such name.
    expect(await open(`heard-staff=${value}`)).toBe(303);
    expect(await open(`heard-staff=planted; ${name}=${value}`)).toBe(200);
    const headers = { ...form({}).headers, cookie: `${name}=${value}` };
    const out = await house.app.inject({ method: 'POST', url: '/people/sign-out', payload: '', headers });
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-heard-staff=; .*Path=\/; Secure$/);
    expect(await open(`${name}=${value}`)).toBe(303);
  });

  it('are the same that they were where there is no HTTPS', async () => {
    const reply = await plain.app.inject('/languages/ar');
    expect(String(reply.headers['set-cookie'])).toMatch(/^heard-language=ar; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('take a pupil to the end and keep a teacher signed in', async () => {
    const [code] = await house.codes(wave, 'burnside');
    const pupil = await new Pupil(house).start(code!);
    expect(pupil.cookie).toContain('__Host-heard-answering=');
    const before = pupil.url;
    await pupil.answer();
    expect([pupil.status, pupil.url === before]).toEqual([200, false]);
    const school = `${wave.replace('/fieldwork', '/class')}/schools/burnside`;
    const [sheet] = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
    const teacher = await teacherOf(house, sheet!);
    expect(teacher.cookie).toContain('__Host-heard-class=');
    expect((await teacher.go('/class/board')).status).toBe(200);
    await teacher.post('/class/sessions/ending');
    expect(teacher.cookie).not.toContain('heard-class');
  });
});

describe('what a server should not answer', () => {
  it('is not answered: TRACE, folders, files beside public/', async () => {
    const { app } = house;
    expect((await app.inject({ method: 'TRACE', url: '/' })).statusCode).toBe(405);
    for (const url of [
      '/public/',
      '/public/css/',
      '/public/../package.json',
      '/public/%2e%2e/package.json',
      '/public/..%2fpackage.json',
      '/public/.DS_Store',
      '/.git/config',
      '/server/main.ts',
    ]) {
      const reply = await app.inject(url);
      expect(reply.statusCode, url).toBe(404);
      expect(reply.body, url).not.toMatch(/"dependencies"|repositoryformatversion|import /);
    }
  });

  it('names no program that serves, and no origin that may read along', async () => {
    for (const url of ['/', '/public/symbols/happy.svg', '/no/such/page']) {
      const { headers } = await house.app.inject({ url, headers: { origin: 'https://elsewhere.example' } });
      expect(Object.keys(headers).filter((name) => /^(server|x-powered-by|access-control-)/.test(name))).toEqual([]);
    }
  });
});
