import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wayBack, wayBackFrom } from '../../server/respond/reading-pages.ts';
import { READING_CHOICES } from '../../server/storage/draft-body.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { form } from '../support/house.ts';

const EVERY_CHOICE = Object.entries(READING_CHOICES).flatMap(([name, values]) =>
  values.map((value) => [name, value] as const),
);
const USUAL = Object.fromEntries(Object.entries(READING_CHOICES).map(([name, [usual]]) => [name, usual]));
const LARGE = { size: 'largest', spacing: 'wide', typeface: 'lexend', colours: 'contrast', symbols: 'on' };

let house: FieldworkHouse;
let codes: string[];
beforeAll(async () => {
  house = await openFieldwork();
  codes = await house.codes(await house.openWave(), 'burnside');
});
afterAll(() => house.close());

const start = async (language = 'en') => new Pupil(house, language).start(codes.pop()!);

/** What the form of the page in hand has chosen, by name. */
function chosenOn(pupil: Pupil): Record<string, string> {
  const chosen = pupil.page.matchAll(/<input type="radio" name="(\w+)" value="(\w+)" checked>/g);
  return Object.fromEntries([...chosen].map(([, name, value]) => [name!, value!]));
}

describe('the page of reading help', () => {
  it.each(['en', 'ar'])('offers every choice once, in words, with the usual ones chosen (%s)', async (language) => {
    const pupil = await (await start(language)).go('/respond/reading');
    expect(pupil.status).toBe(200);
    for (const [name, value] of EVERY_CHOICE) {
      const choice = new RegExp(`name="${name}" value="${value}"[^>]*><span>([^<]+)</span>`, 'g');
      const words = [...pupil.page.matchAll(choice)].map((match) => match[1]!);
      expect(words, `${name} ${value}`).toHaveLength(1);
      // Words of its own, and not the name that the code gives it.
      expect(words[0]).not.toBe(value);
    }
    expect(chosenOn(pupil)).toEqual(USUAL);
    expect([...pupil.page.matchAll(/<legend class="small">([^<]+)</g)]).toHaveLength(Object.keys(USUAL).length);
  });

  it('shows what a choice does where the choice is made', async () => {
    const { page } = await (await start()).go('/respond/reading');
    for (const sample of ['size="largest"', 'spacing="wide"', 'typeface="system"', 'colours="contrast"']) {
      expect(page).toMatch(new RegExp(`<bdi class="sample" aria-hidden="true" data-${sample}>[^<]+<`));
    }
    // Lexend and symbols are drawn, so that nothing is fetched before it is chosen.
    expect(page).not.toContain('data-typeface="lexend"');
    expect(page.match(/<svg width="86"/g)).toHaveLength(2);
  });

  it('needs somebody who answers', async () => {
    expect((await new Pupil(house).go('/respond/reading')).status).toBe(403);
  });

  it('knows the page that somebody comes from', async () => {
    const pupil = await start();
    const headers = { cookie: pupil.cookie, referer: 'http://heard.example/respond/pages/1?from=check' };
    const reply = await house.app.inject({ url: '/respond/reading', headers });
    expect(reply.body).toContain('name="back" value="/respond/pages/1?from=check"');
  });
});

describe('what is chosen', () => {
  it('is kept, leads back, and shows on the next page', async () => {
    const pupil = await start();
    await pupil.post('/respond/reading', { ...LARGE, back: '/respond/pages/1' });
    expect(pupil.url).toBe('/respond/pages/1');
    expect(/<html[^>]*>/.exec(pupil.page)![0]).toBe(
      '<html lang="en" dir="ltr" data-size="largest" data-spacing="wide" data-typeface="lexend" data-colours="contrast" data-symbols="on">',
    );
    expect(chosenOn(await pupil.go('/respond/reading'))).toEqual({ ...USUAL, ...LARGE });
  });

  it('leaves alone what the form does not say', async () => {
    const pupil = await start();
    await pupil.post('/respond/reading', { ...LARGE });
    await pupil.post('/respond/reading', { size: 'large' });
    expect(chosenOn(await pupil.go('/respond/reading'))).toEqual({ ...USUAL, ...LARGE, size: 'large' });
  });

  it('comes with the code to another device, and stays away from the next person on this one', async () => {
    const [code, other] = [codes.pop()!, codes.pop()!];
    const pupil = await new Pupil(house).start(code);
    await pupil.post('/respond/reading', { ...LARGE });
    const elsewhere = await new Pupil(house).post('/respond/sessions', { code });
    expect(chosenOn(await elsewhere.go('/respond/reading'))).toEqual({ ...USUAL, ...LARGE });
    // The same browser, with all that it still holds.
    await pupil.post('/respond/sessions', { code: other });
    expect(pupil.page).not.toMatch(/<html[^>]* data-/);
    expect(chosenOn(await pupil.go('/respond/reading'))).toEqual(USUAL);
  });

  it('leaves answers and place as they are', async () => {
    const pupil = await (await start()).answer();
    const here = pupil.url;
    await pupil.post('/respond/reading', { ...LARGE });
    expect(pupil.url).toBe(here);
  });

  it.each([
    ['a size that there is not', { size: 'gigantic' }],
    ['two sizes', { size: ['large', 'usual'] }],
    ['something else', { shoe: 'large' }],
  ])('is refused in words and not kept if it is %s', async (_what, fields) => {
    const pupil = await start();
    await pupil.post('/respond/reading', fields);
    expect(pupil.status).toBe(400);
    expect(pupil.page).toContain('<h1');
    expect(chosenOn(await pupil.go('/respond/reading'))).toEqual(USUAL);
  });

  it('is refused if the form comes from another site', async () => {
    const pupil = await start();
    const { payload, headers } = form(LARGE);
    const foreign = { ...headers, cookie: pupil.cookie, origin: 'https://elsewhere.example', host: 'heard.example' };
    const reply = await house.app.inject({ method: 'POST', url: '/respond/reading', payload, headers: foreign });
    expect(reply.statusCode).toBe(403);
    expect(chosenOn(await pupil.go('/respond/reading'))).toEqual(USUAL);
  });
});

describe('the way back', () => {
  it.each(['/respond/pages/12', '/respond/pages/3?from=check', '/respond/check', '/respond/assent', '/respond/stop'])(
    'leads to %s',
    (path) => expect(wayBack(path)).toBe(path),
  );

  it.each([
    '',
    '/help',
    '//elsewhere.example/respond/check',
    'https://elsewhere.example/respond/check',
    '/respond//elsewhere.example',
    '/respond/../people',
    '/respond/pages/1\r\nset-cookie: a=b',
    '/respond/leave',
    '/respond/reading',
    '/respond/hiding',
    '/respond/sending',
  ])('never leads to "%s"', (path) => expect(wayBack(path)).toBe('/respond/next'));

  it('is where somebody should be now if nothing says where they come from', () => {
    for (const referer of [undefined, '', 'nonsense', 'http://heard.example/', 'http://heard.example/respond/leave']) {
      expect(wayBackFrom(referer)).toBe('/respond/next');
    }
  });
});
