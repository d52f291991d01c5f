import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localPath } from '../../server/web/requests.ts';
import { form, openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const host = 'heard.example';

async function post(headers: Record<string, string>) {
  const { payload, headers: type } = form({ name: 'adair.k', password: 'not the password' });
  return house.app.inject({ method: 'POST', url: '/people/sign-in', payload, headers: { host, ...type, ...headers } });
}

describe('a form that changes something', () => {
  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['another site, whatever the origin says', { 'sec-fetch-site': 'cross-site', origin: `http://${host}` }],
    ['another site in an older browser', { origin: 'https://elsewhere.example' }],
    ['the same name on another port', { origin: `http://${host}:8080` }],
    ['a name that only begins alike', { origin: `http://${host}.elsewhere.example` }],
    ['a page that hides where it is', { origin: 'null' }],
  ])('from %s is refused and nothing is tried', async (_from, headers) => {
    const entries = () => house.services.database.query.selectFrom('audit_entries').select('sequence').execute();
    const before = await entries();
    const reply = await post(headers);
    expect(reply.statusCode).toBe(403);
    expect(reply.body).toContain('This form did not come from a page of Heard, so nothing was changed.');
    expect(await entries()).toEqual(before);
  });

  it.each<[string, Record<string, string>]>([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: `http://${host}` }],
    ['our own page in an older browser', { origin: `http://${host}` }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a program, which has nobody’s cookies', {}],
  ])('from %s is taken', async (_from, headers) => {
    expect((await post(headers)).statusCode).toBe(422);
  });

  it('is not a link: links from elsewhere open pages', async () => {
    const reply = await house.app.inject({ url: '/', headers: { host, 'sec-fetch-site': 'cross-site' } });
    expect(reply.statusCode).toBe(200);
  });
});

describe('going back to where somebody came from', () => {
  it.each([
    ['/results?band=p5-p7', '/results?band=p5-p7'],
    ['/', '/'],
    ['//evil.example', '/people'],
    ['/\\evil.example', '/people'],
    ['\\\\evil.example', '/people'],
    ['https://evil.example', '/people'],
    ['https:evil.example', '/people'],
    ['javascript:alert(1)', '/people'],
    ['evil.example', '/people'],
    ['/\tevil.example', '/people'],
    ['/a\r\nset-cookie: x=y', '/people'],
    ['/a b', '/people'],
    ['', '/people'],
  ])('"%s" leads to %s', (path, to) => {
    expect(localPath(path, '/people')).toBe(to);
  });

  it('stays on this server whatever the address says', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '?',
      '#',
      '%2f',
      '%5c',
      '\t',
      '\n',
      'evil.example',
      'x',
    );
    const nasty = fc.oneof(
      fc.string(),
      fc.array(parts, { maxLength: 8 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(nasty, (path) => {
        for (const one of [path, `/${path}`]) {
          expect(new URL(localPath(one, '/people'), 'http://heard.example').origin).toBe('http://heard.example');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
    'a link to choose a language never leads to %s',
    async (back) => {
      const reply = await house.app.inject(`/languages/ar?back=${encodeURIComponent(back)}`);
      expect(reply.headers.location).toBe('/');
    },
  );
});
