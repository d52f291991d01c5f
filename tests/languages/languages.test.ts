import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseLanguage, LANGUAGES, loadLanguages } from '../../server/web/language.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const open = (headers: Record<string, string>) => house.app.inject({ url: '/help', headers });
const english = '<html lang="en" dir="ltr">';
const arabic = '<html lang="ar" dir="rtl">';

describe('the language of a page', () => {
  it.each<[string, Record<string, string>, string]>([
    ['nothing said', {}, english],
    ['a browser that asks for Arabic', { 'accept-language': 'ar' }, arabic],
    ['a browser that asks for Egyptian Arabic', { 'accept-language': 'ar-EG,ar;q=0.9,en;q=0.8' }, arabic],
    ['a browser that asks for what there is not, then Arabic', { 'accept-language': 'fr-FR, ar;q=0.5' }, arabic],
    ['a browser that asks for what there is not', { 'accept-language': 'fr' }, english],
    ['a choice', { cookie: 'heard-language=ar', 'accept-language': 'en' }, arabic],
    ['a choice of what there is not', { cookie: 'heard-language=xx', 'accept-language': 'ar' }, arabic],
    ['nonsense', { cookie: 'heard-language=__proto__', 'accept-language': ';;,,=*' }, english],
  ])('with %s', async (_what, headers, expected) => {
    const page = await open(headers);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(expected);
  });

  it('belongs to the request: many at once each get their own', async () => {
    const asked = Array.from({ length: 20 }, (_, index) => (index % 2 ? 'ar' : 'en'));
    const pages = await Promise.all(asked.map((code) => open({ cookie: `heard-language=${code}` })));
    pages.forEach((page, index) => expect(page.body).toContain(asked[index] === 'ar' ? arabic : english));
  });

  it('is chosen by a link that leads back, and is forgotten when the browser closes', async () => {
    const reply = await house.app.inject('/languages/ar?back=%2Fhelp%3Fa%3Db');
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/help?a=b']);
    const [cookie] = reply.cookies;
    expect(cookie).toMatchObject({ name: 'heard-language', value: 'ar', path: '/', httpOnly: true, sameSite: 'Lax' });
    expect(cookie).not.toHaveProperty('maxAge');
    expect(cookie).not.toHaveProperty('expires');
  });

  it('leads back to the first page from an address that no browser writes so', async () => {
    const reply = await house.app.inject(`/languages/ar?back=${encodeURIComponent('/replies/قناة')}`);
    expect(reply.statusCode).toBe(303);
    expect(['/', encodeURI('/replies/قناة')]).toContain(reply.headers.location);
  });

  it('cannot be one that Heard does not have', async () => {
    expect((await house.app.inject('/languages/xx')).statusCode).toBe(400);
    expect((await house.app.inject('/languages/en-GB')).statusCode).toBe(400);
  });

  it('is offered on every page in its own words and marked where it is the current one', async () => {
    const { body } = await open({ cookie: 'heard-language=ar' });
    for (const { code, name } of LANGUAGES) {
      expect(body).toMatch(new RegExp(`href="/languages/${code}\\?back=%2Fhelp" lang="${code}"[^>]*>${name}<`));
    }
    expect(body.match(/aria-current="true"/g)).toHaveLength(1);
    expect(body).toMatch(/lang="ar" aria-current="true"/);
  });
});

describe('choosing', () => {
  it('takes the choice before the browser, and English last', () => {
    expect(chooseLanguage('ar', 'en')).toBe('ar');
    expect(chooseLanguage(undefined, 'de, ar')).toBe('ar');
    expect(chooseLanguage(undefined, undefined)).toBe('en');
    expect(chooseLanguage('', '')).toBe('en');
  });
});

describe('a language', () => {
  const languages = loadLanguages();
  const [en, ar] = [languages.get('en')!, languages.get('ar')!];

  it('counts as its speakers do', () => {
    expect([1, 2].map((count) => en.say('fieldwork', 'slipsCount', { count }))).toEqual(['1 code', '2 codes']);
    const said = [0, 1, 2, 3, 11, 100].map((count) => ar.say('fieldwork', 'slipsCount', { count }));
    expect(new Set(said.map((words) => words.replace(/\d+/g, ''))).size).toBeGreaterThan(3);
    for (const words of said) expect(words).not.toContain('{{');
  });

  it('writes numbers, shares and dates in its own way, with the digits that stand in the charts', () => {
    expect([en.number(9601), en.percent(0.584), en.date('2026-05-01')]).toEqual(['9,601', '58%', '1 May 2026']);
    expect(ar.number(9601)).toMatch(/9.601/);
    expect(ar.date('2026-05-01')).toMatch(/2026/);
    expect(ar.date('2026-05-01')).toMatch(/مايو/);
    expect(ar.percent(0.584)).toContain('58');
  });

  it('writes the civil date that was meant, whatever the time', () => {
    expect(en.date('2026-05-01T23:59:59.999Z')).toBe('1 May 2026');
    expect(en.date('2026-12-31')).toBe('31 December 2026');
  });
});
