import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches } from '../../server/web/passwords.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { form, openHouse, type House, type TestClock } from '../support/house.ts';
import { quickHash } from '../support/quick-password.ts';

const PASSWORD = 'nine quiet otters';
const HOURS = 3_600_000;
const MORNING = '2026-05-01T09:00:00.000Z';

const clock: TestClock = { now: MORNING };
let house: House;
let hash: string;
/** A planner whom nobody else has seen, for each test. */
let me: { name: string; id: string };
let number = 0;
/** Entries of the record when a test begins. */
let before = 0;

beforeAll(async () => {
  hash = await quickHash(PASSWORD);
  house = await openHouse({ clock });
  const elsewhere = { id: 'otherglen', name: 'Otherglen', kind: 'real' } as const;
  await createAuthorities(house.services.database).add(elsewhere, clock.now);
});
afterAll(() => house.close());
beforeEach(async () => {
  clock.now = MORNING;
  number += 1;
  const name = `adair.${number}`;
  const account = { authorityId: house.authorityId, signInName: name, passwordHash: hash, roles: ['planner' as const] };
  const added = await createAccounts(house.services.database).add(account, clock.now);
  me = { name, id: added === 'name-taken' ? '' : added.id };
  before = (await entries()).length;
});

/** From now on this planner works for another authority, a real one, and has taken the second step there. */
async function moveElsewhere(): Promise<void> {
  const { query } = house.services.database;
  await query.updateTable('accounts').set({ authority_id: 'otherglen' }).where('id', '=', me.id).execute();
  await query
    .updateTable('staff_sessions')
    .set({ factor_passed_at: clock.now })
    .where('account_id', '=', me.id)
    .execute();
}

async function signIn(password = PASSWORD, more: Record<string, string> = {}, from = '127.0.0.1') {
  const { payload, headers } = form({ name: me.name, password, ...more });
  return house.app.inject({ method: 'POST', url: '/people/sign-in', payload, headers, remoteAddress: from });
}
const cookieOf = (reply: Awaited<ReturnType<typeof signIn>>) => {
  const cookie = reply.cookies.find(({ name }) => name === 'heard-staff');
  return { cookie: `heard-staff=${cookie?.value ?? ''}` };
};
const home = (headers: Record<string, string>) => house.app.inject({ url: '/people', headers });
const entries = () =>
  house.services.database.query
    .selectFrom('audit_entries')
    .select(['action', 'account_id'])
    .orderBy('sequence')
    .execute();
/** What was entered since the test began: entries are never deleted. */
const record = async () => {
  const rows = (await entries()).slice(before);
  return rows.map((row) => `${row.action} ${row.account_id === me.id ? 'by me' : String(row.account_id)}`);
};

describe('signing in', () => {
  it('with the right name and password leads to what the account can do', async () => {
    const reply = await signIn();
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/people']);
    const [cookie] = reply.cookies;
    expect(cookie).toMatchObject({ name: 'heard-staff', path: '/', httpOnly: true, sameSite: 'Lax' });
    const page = await home(cookieOf(reply));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Read results, write findings, actions and replies');
    expect(page.body).not.toContain('Set up waves, codes and people');
    expect(await record()).toEqual(['signed-in by me']);
  });

  it('takes the name in capitals and with spaces around it, the password exactly', async () => {
    expect((await signIn(PASSWORD, { name: `  ${me.name.toUpperCase()} ` })).statusCode).toBe(303);
    expect((await signIn(PASSWORD.toUpperCase())).statusCode).toBe(422);
    expect((await signIn(`${PASSWORD} `)).statusCode).toBe(422);
  });

  it('goes on to the page that somebody wanted, and to no other place', async () => {
    expect((await signIn(PASSWORD, { next: '/results?band=p5-p7' })).headers.location).toBe('/results?band=p5-p7');
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      expect((await signIn(PASSWORD, { next })).headers.location).toBe('/people');
    }
  });

  it('with a wrong password or an unknown name gives the same words, keeping the name typed', async () => {
    const wrong = await signIn('not the password', { next: '/results' });
    const unknown = await signIn('not the password', { name: 'nobody', next: '/results' });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([422, 422]);
    expect(wrong.body).toContain('That name and password do not belong together.');
    expect(wrong.body).toContain(`value="${me.name}"`);
    expect(wrong.body).toContain('name="next" value="/results"');
    expect(wrong.body).not.toContain('not the password');
    expect(unknown.body).toBe(wrong.body.replaceAll(me.name, 'nobody'));
    expect(wrong.cookies).toEqual([]);
    expect((await record()).toSorted()).toEqual(['sign-in-refused by me', 'sign-in-refused null']);
  });

  it('is locked after ten wrong tries, for this name from this place', async () => {
    const tries = await Promise.all(Array.from({ length: 10 }, () => signIn('wrong')));
    expect(tries.map((reply) => reply.statusCode)).toEqual(Array(10).fill(422));
    const locked = await signIn();
    expect(locked.statusCode).toBe(429);
    expect(locked.body).toContain('There were too many tries from here in a short time.');
    expect((await signIn(PASSWORD, {}, '192.0.2.7')).statusCode).toBe(303);
    expect((await signIn('wrong', { name: 'another.name' })).statusCode).toBe(422);
  }, 30_000);

  it('is locked for a whole line with many addresses', async () => {
    const from = (host: number) => `2001:db8:7:1::${host.toString(16)}`;
    await Promise.all(Array.from({ length: 10 }, (_, index) => signIn('wrong', {}, from(index + 1))));
    expect((await signIn(PASSWORD, {}, from(99))).statusCode).toBe(429);
    expect((await signIn(PASSWORD, {}, '2001:db8:7:2::1')).statusCode).toBe(303);
  }, 30_000);

  it('ends by itself after eight hours', async () => {
    const cookie = cookieOf(await signIn());
    clock.now = new Date(Date.parse(clock.now) + 8 * HOURS - 1).toISOString();
    expect((await home(cookie)).statusCode).toBe(200);
    clock.now = new Date(Date.parse(clock.now) + 1).toISOString();
    expect((await home(cookie)).headers.location).toBe('/people/sign-in?next=%2Fpeople');
  });

  it('refuses fields that the form does not have', async () => {
    expect((await signIn(PASSWORD, { roles: 'administrator' })).statusCode).toBe(400);
  });
});

describe('a session', () => {
  const post = (url: string, headers: Record<string, string>) =>
    house.app.inject({ method: 'POST', url, payload: '', headers: { ...form({}).headers, ...headers } });

  it('ends by signing out, on this device only', async () => {
    const [here, there] = [cookieOf(await signIn()), cookieOf(await signIn())];
    const reply = await post('/people/sign-out', here);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/people/sign-in']);
    expect((await home(here)).statusCode).toBe(303);
    expect((await home(there)).statusCode).toBe(200);
    expect(await record()).toContain('signed-out by me');
  });

  it('elsewhere is listed at home and can be ended from there', async () => {
    const there = cookieOf(await signIn());
    clock.now = '2026-05-01T10:30:00.000Z';
    const here = cookieOf(await signIn());
    const page = await home(here);
    expect(page.body).toContain('Signed in since 1 May 2026, 09:00');
    expect(page.body).toContain('aria-label="End the session that began on 1 May 2026 at 09:00"');
    const [, ending] = /action="(\/people\/sessions\/[^"]+\/ending)"/.exec(page.body) ?? [];
    expect((await post(ending!, here)).headers.location).toBe('/people');
    expect((await home(there)).statusCode).toBe(303);
    expect((await home(here)).statusCode).toBe(200);
  });

  it('of somebody else cannot be ended by its id', async () => {
    const mine = cookieOf(await signIn());
    const [, ending] =
      /action="(\/people\/sessions\/[^"]+\/ending)"/.exec((await home(cookieOf(await signIn()))).body) ?? [];
    await post(ending!, await house.as('administrator'));
    expect((await home(mine)).statusCode).toBe(200);
  });

  it('is ended by an administrator, with all others of the account', async () => {
    const cookies = [cookieOf(await signIn()), cookieOf(await signIn())];
    const administrator = await house.as('administrator');
    const page = await house.app.inject({ url: `/people/accounts/${me.id}`, headers: administrator });
    expect(page.body).toContain(`action="/people/accounts/${me.id}/sessions-ending"`);
    expect((await post(`/people/accounts/${me.id}/sessions-ending`, administrator)).statusCode).toBe(303);
    for (const cookie of cookies) expect((await home(cookie)).statusCode).toBe(303);
    expect((await house.app.inject({ url: '/people/accounts', headers: administrator })).statusCode).toBe(200);
    expect((await signIn()).statusCode).toBe(303);
  });

  it('is not ended by an administrator of another authority', async () => {
    const cookie = cookieOf(await signIn());
    await moveElsewhere();
    const reply = await post(`/people/accounts/${me.id}/sessions-ending`, await house.as('administrator'));
    expect(reply.statusCode).toBe(404);
    expect((await home(cookie)).statusCode).toBe(200);
    const list = await house.app.inject({ url: '/people/accounts', headers: await house.as('administrator') });
    expect(list.body).not.toContain(me.name);
  });

  it('says on every page if the authority is a demonstration, and does not if it is real', async () => {
    const notice = 'Demonstration: nobody on these pages is real.';
    const cookie = cookieOf(await signIn());
    expect((await home(cookie)).body).toContain(notice);
    await moveElsewhere();
    const page = await home(cookie);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain(notice);
  });
});

describe('passwords', () => {
  it('are stored so that nobody can read them, each differently', async () => {
    const [once, again] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
    expect(again).toMatch(/^\$argon2id\$v=19\$m=65536,p=4,t=3\$/);
    expect(again).not.toBe(once);
    expect(again).not.toContain(PASSWORD);
    expect(await passwordMatches(again, PASSWORD)).toBe(true);
    expect(await passwordMatches(again, 'another one')).toBe(false);
  });

  it('never belong to an account that does not exist, the decoy’s own one included', async () => {
    expect(await passwordMatches(undefined, PASSWORD)).toBe(false);
    expect(await passwordMatches(undefined, 'no account has this password')).toBe(false);
  });
});
