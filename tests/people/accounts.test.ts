import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../server/core/roles.ts';
import { form, openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => void (house = await openHouse()));
afterAll(() => house.close());

const GOOD = { name: 'bell.m', password: 'twelve letters', roles: ['planner', 'analyst'] };

async function add(fields: Record<string, string | string[]>, language: 'en' | 'ar' = 'en') {
  const { payload, headers } = form(fields);
  const administrator = await house.as('administrator', language);
  return house.app.inject({
    method: 'POST',
    url: '/people/accounts',
    payload,
    headers: { ...headers, ...administrator },
  });
}
const accounts = () => house.services.database.query.selectFrom('accounts').selectAll().execute();

describe('adding an account', () => {
  it('makes somebody who can sign in with exactly these roles', async () => {
    const reply = await add({ ...GOOD, name: ' Bell.M ' });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/people/accounts?added=yes']);
    const page = await house.app.inject({
      url: String(reply.headers.location),
      headers: await house.as('administrator'),
    });
    expect(page.body).toContain('The account is there. Hand over the password in person.');
    expect(page.body).toContain('<bdi>bell.m</bdi>');
    const signIn = form({ name: 'bell.m', password: GOOD.password });
    const inside = await house.app.inject({ method: 'POST', url: '/people/sign-in', ...signIn });
    const home = await house.app.inject({
      url: '/people',
      headers: { cookie: `heard-staff=${inside.cookies[0]!.value}` },
    });
    expect(home.body.match(/class="tag">(Planner|Analyst|Administrator)</g)?.toSorted()).toEqual([
      'class="tag">Analyst<',
      'class="tag">Planner<',
    ]);
    const { action, subject } = await house.services.database.query
      .selectFrom('audit_entries')
      .selectAll()
      .where('action', '=', 'account-added')
      .executeTakeFirstOrThrow();
    expect([action, (await accounts()).find((one) => one.sign_in_name === 'bell.m')?.id]).toEqual([
      'account-added',
      subject,
    ]);
  });

  it.each([
    ['no name', { name: '' }, ['name']],
    ['a name of two letters', { name: 'ab' }, ['name']],
    ['a name with a space', { name: 'bell m' }, ['name']],
    ['a name that begins with a dot', { name: '.bell' }, ['name']],
    ['a short password', { password: 'eleven char' }, ['password']],
    ['no role', { roles: [] }, ['roles']],
    ['nothing right', { name: '!', password: '', roles: [] }, ['name', 'password', 'roles']],
  ])('with %s is refused beside each field, and nothing is stored', async (_what, change, fields) => {
    const before = await accounts();
    const reply = await add({ ...GOOD, ...change });
    expect(reply.statusCode).toBe(422);
    const linked = [...reply.body.matchAll(/<li><a href="#([a-z]+)">/g)].map((match) => match[1]);
    expect(linked).toEqual(fields);
    for (const field of fields) expect(reply.body).toContain(`id="${field}"`);
    expect(await accounts()).toEqual(before);
  });

  it('keeps what was typed, but never the password', async () => {
    const reply = await add({ ...GOOD, name: 'b', password: 'twelve letters' });
    expect(reply.body).toContain('value="b"');
    expect(reply.body).toMatch(/value="planner" checked/);
    expect(reply.body).not.toMatch(/value="auditor" checked/);
    expect(reply.body).not.toContain('twelve letters');
  });

  it('with a name that is taken says so, in the language of whoever asks', async () => {
    await add({ ...GOOD, name: 'campbell' });
    const again = await add({ ...GOOD, name: 'Campbell' });
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('That sign-in name is taken. Choose another one.');
    const arabic = await add({ ...GOOD, name: 'campbell' }, 'ar');
    expect(arabic.body).toContain(house.services.languages.get('ar')!.words.people.faultNameTaken);
  });

  it('refuses roles and fields that do not exist', async () => {
    expect((await add({ ...GOOD, roles: ['emperor'] })).statusCode).toBe(400);
    expect((await add({ ...GOOD, authority: 'otherglen' })).statusCode).toBe(400);
    expect((await add({ ...GOOD, name: 'x'.repeat(41) })).statusCode).toBe(400);
  });
});

describe('pages of one role', () => {
  it('are refused to the others in words, and named to nobody who may not open them', async () => {
    for (const role of ROLES.filter((one) => one !== 'administrator')) {
      const reply = await house.app.inject({ url: '/people/accounts', headers: await house.as(role) });
      expect(reply.statusCode, role).toBe(403);
      expect(reply.body).toContain('You may not open this page with the account you are signed in with.');
      expect(reply.body).not.toContain('href="/people/accounts"');
    }
  });

  it('are named to those who may: every link of the sections opens', async () => {
    for (const role of ROLES) {
      const headers = await house.as(role);
      const home = await house.app.inject({ url: '/people', headers });
      const sections = /<nav class="sections"[\s\S]*?<\/nav>/.exec(home.body)?.[0] ?? '';
      const links = [...sections.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!);
      expect(links.length, role).toBeGreaterThan(0);
      for (const url of links) {
        expect((await house.app.inject({ url, headers })).statusCode, `${role} ${url}`).toBe(200);
      }
      const task = /<li class="card">[\s\S]*?href="([^"]+)"/.exec(home.body)?.[1];
      expect((await house.app.inject({ url: task!, headers })).statusCode, `${role} ${task}`).toBe(200);
    }
  });
});
