import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';

let house: FieldworkHouse;
let codes: string[];

beforeAll(async () => {
  house = await openFieldwork();
  codes = await house.codes(await house.openWave(), 'burnside');
});
afterAll(() => house.close());

const responses = async () => {
  const { query } = house.services.database;
  return (await query.selectFrom('responses').selectAll().execute()).length;
};
const nextCode = () => codes.pop()!;

test.each(['en', 'ar'])('a pupil goes from the code to the thank-you page in %s', async (language) => {
  const before = await responses();
  const pupil = new Pupil(house, language);
  await pupil.start(nextCode());
  expect(pupil.url).toBe('/respond/pages/1');
  await pupil.answerAll();
  expect(pupil.url).toBe('/respond/check');
  await pupil.send();
  expect(pupil.url).toMatch(/^\/respond\/finished\?reference=/);
  expect(pupil.page).toContain(`lang="${language}"`);
  expect(await responses()).toBe(before + 1);
});

test('sending twice gives one response and the same thank-you page', async () => {
  const before = await responses();
  const pupil = new Pupil(house);
  await (await pupil.start(nextCode())).answerAll();
  const attempt = pupil.hidden('attempt');
  const again = pupil.copy();
  // The same form from a browser without any cookie: it is nobody's device, so no next turn is offered there.
  const bare = new Pupil(house);
  for (const browser of [pupil, again, bare]) await browser.post('/respond/sending', { attempt });
  expect(again.page).toBe(pupil.page);
  expect(bare.url).toBe(pupil.url);
  expect(await responses()).toBe(before + 1);
});

test('both of two presses at once end on the same thank-you page', async () => {
  const before = await responses();
  const pupil = new Pupil(house);
  await (await pupil.start(nextCode())).answerAll();
  const attempt = pupil.hidden('attempt');
  const request = {
    method: 'POST' as const,
    url: '/respond/sending',
    payload: `attempt=${attempt}`,
    headers: { cookie: pupil.cookie, 'content-type': 'application/x-www-form-urlencoded' },
  };
  const [one, other] = await Promise.all([house.app.inject(request), house.app.inject(request)]);
  expect(one.headers.location).toMatch(/reference=/);
  expect(other.headers.location).toBe(one.headers.location);
  expect(await responses()).toBe(before + 1);
});

test('declining spends the code and ends like everybody else', async () => {
  const before = await responses();
  const code = nextCode();
  const pupil = new Pupil(house);
  await pupil.post('/respond/sessions', { code });
  await pupil.post('/respond/assent', { attempt: pupil.hidden('attempt'), decision: 'no' });
  expect(pupil.url).toMatch(/^\/respond\/finished/);
  expect(await responses()).toBe(before);
  const later = await new Pupil(house).post('/respond/sessions', { code });
  expect(later.status).toBe(422);
  expect(later.page).toContain('your survey is finished');
});

test('starting needs the choice of what happens when time runs out', async () => {
  const pupil = new Pupil(house);
  await pupil.post('/respond/sessions', { code: nextCode() });
  await pupil.post('/respond/assent', { attempt: pupil.hidden('attempt'), decision: 'yes' });
  expect(pupil.status).toBe(422);
  expect(pupil.page).toContain('Choose what happens if time runs out');
  expect((await pupil.go('/respond/pages/1')).url).toBe('/respond/assent');
});

test('a deep link beyond the way leads to the next unanswered page', async () => {
  const pupil = await new Pupil(house).start(nextCode());
  expect((await pupil.go('/respond/pages/9')).url).toBe('/respond/pages/1');
  expect((await pupil.go('/respond/check')).url).toBe('/respond/pages/1');
  expect((await pupil.go('/respond/pages/199')).url).toBe('/respond/pages/1');
});

test('pages drawn once for all show each pupil their own answers, in their own language', async () => {
  const chosen = (pupil: Pupil) => /value="([^"]*)"[^>]* checked/.exec(pupil.page)?.[1] ?? 'nothing';
  const pupils = [new Pupil(house), new Pupil(house), new Pupil(house, 'ar'), new Pupil(house)];
  for (const pupil of pupils) {
    await pupil.start(nextCode());
    expect(chosen(pupil)).toBe('nothing');
  }
  const options = [...pupils[0]!.page.matchAll(/name="answer"[^>]* value="([^"]*)"/g)].map((match) => match[1]!);
  for (const [index, pupil] of pupils.entries()) await pupil.answer(options[index]);
  // Twice, so that the second time each page comes from memory.
  for (let time = 0; time < 2; time += 1) {
    for (const [index, pupil] of pupils.entries()) {
      await pupil.go('/respond/pages/1');
      expect(chosen(pupil)).toBe(options[index]);
      expect(pupil.page).toContain(index === 2 ? '<html lang="ar" dir="rtl">' : '<html lang="en" dir="ltr">');
    }
  }
  // What somebody puts behind the question mark stands on nobody else's page.
  await pupils[0]!.go('/respond/pages/1?from=check&also=mischief');
  await pupils[3]!.go('/respond/pages/1?from=check');
  expect(pupils[3]!.page).not.toContain('mischief');
});

test('an answer given before shows again on Back, in the same session only', async () => {
  const code = nextCode();
  const pupil = await new Pupil(house).start(code);
  await pupil.answer();
  expect((await pupil.go('/respond/pages/1')).page).toContain(' checked');
  const other = await new Pupil(house).post('/respond/sessions', { code });
  expect(other.url).toBe('/respond/pages/2');
  expect((await other.go('/respond/pages/1')).page).not.toContain(' checked');
  // Leaving it blank leaves it as it was.
  expect((await other.answer([])).url).toBe('/respond/pages/2');
});

test('the newest session wins and the older one is told', async () => {
  const code = nextCode();
  const pupil = await new Pupil(house).start(code);
  await new Pupil(house).post('/respond/sessions', { code });
  expect((await pupil.go('/respond/pages/1')).status).toBe(409);
  expect(pupil.page).toContain('another device');
});

test('a blank page asks for an answer or Skip, and Skip goes on', async () => {
  const pupil = await new Pupil(house).start(nextCode());
  await pupil.answer([]);
  expect(pupil.status).toBe(422);
  expect(pupil.page).toContain('Choose an answer, or press Skip');
  expect((await pupil.skip()).url).toBe('/respond/pages/2');
});

test.each([
  ['an option that is not on the page', { answer: 'nonsense', move: 'next' }, 422],
  ['two answers to one choice', { answer: ['always', 'never'], move: 'next' }, 422],
  ['a field that the form does not have', { answer: 'always', extra: 'x' }, 400],
  ['a form of another version', { answer: 'always', version: 'other' }, 400],
])('%s is refused and nothing is stored', async (_what, fields, status) => {
  const pupil = await new Pupil(house).start(nextCode());
  await pupil.post('/respond/pages/1', { version: pupil.hidden('version'), ...fields });
  expect(pupil.status).toBe(status);
  expect((await pupil.go('/respond/next')).url).toBe('/respond/pages/1');
});

test('stopping and throwing away leaves nothing; stopping and keeping leaves what was answered', async () => {
  const before = await responses();
  const thrower = await new Pupil(house).start(nextCode());
  await thrower.answer();
  await thrower.go('/respond/stop');
  await thrower.post('/respond/stopping', { attempt: thrower.hidden('attempt'), choice: 'throw-away' });
  expect(thrower.url).toMatch(/finished/);
  expect(await responses()).toBe(before);
  const keeper = await new Pupil(house).start(nextCode());
  await keeper.answer();
  await keeper.go('/respond/stop');
  await keeper.post('/respond/stopping', { attempt: keeper.hidden('attempt'), choice: 'keep' });
  expect(keeper.page.replace(/[A-Z0-9]{3}-[A-Z0-9]{3}/g, '')).toBe(
    thrower.page.replace(/[A-Z0-9]{3}-[A-Z0-9]{3}/g, ''),
  );
  expect(await responses()).toBe(before + 1);
});

test.each([
  ['', 'Type the code'],
  ['ACDE', 'eight letters and digits'],
  ['ACDE-46!9', 'that codes never have'],
  ['ACDE-4670', 'that codes never have'],
])('the code "%s" gets an exact and kind message', async (code, message) => {
  const pupil = await new Pupil(house).post('/respond/sessions', { code });
  expect(pupil.status).toBe(422);
  expect(pupil.page).toContain(message);
});

test('a code may be typed in small letters with spaces', async () => {
  const pupil = await new Pupil(house).post('/respond/sessions', {
    code: ` ${nextCode().toLowerCase().replace('-', ' ')} `,
  });
  expect(pupil.url).toBe('/respond/assent');
});

test('a form from another site changes nothing', async () => {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/respond/sessions',
    payload: 'code=ACDE-4679',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://elsewhere.example',
      host: 'heard.example',
    },
  });
  expect(reply.statusCode).toBe(403);
});

test('a form for a page further on, or before the choice, stores nothing and leads back', async () => {
  const pupil = await new Pupil(house).start(nextCode());
  await pupil.post('/respond/pages/2', { version: pupil.hidden('version'), answer: 'always', move: 'next' });
  expect(pupil.url).toBe('/respond/pages/1');
  const early = new Pupil(house);
  await early.post('/respond/sessions', { code: nextCode() });
  await early.post('/respond/pages/1', { version: pupil.hidden('version'), answer: 'happy', move: 'next' });
  expect(early.url).toBe('/respond/assent');
});

test('leaving quickly ends the session and opens a neutral page', async () => {
  const pupil = await new Pupil(house).start(nextCode());
  const cookie = pupil.cookie;
  expect((await pupil.go('/respond/leave')).url).toBe(house.services.settings.leaveAddress);
  const reply = await house.app.inject({ url: '/respond/next', headers: { cookie } });
  expect(reply.statusCode).toBe(403);
});
