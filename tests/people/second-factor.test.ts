import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import type { Role } from '../../server/core/roles.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { openSecrets } from '../../server/storage/secrets.ts';
import { form, openHouse, type House, type TestClock } from '../support/house.ts';
import { quickHash } from '../support/quick-password.ts';

const PASSWORD = 'nine quiet otters';
const MORNING = Date.parse('2026-05-01T09:00:00.000Z');

const clock: TestClock = { now: '' };
let real: House;
let demonstration: House;
let hash: string;
let number = 0;

beforeAll(async () => {
  clock.now = new Date(MORNING).toISOString();
  hash = await quickHash(PASSWORD);
  real = await openHouse({ clock, authority: { id: 'otherglen', name: 'Otherglen', kind: 'real' } });
  demonstration = await openHouse({ clock });
});
afterAll(() => Promise.all([real.close(), demonstration.close()]));
beforeEach(() => void (clock.now = new Date(MORNING).toISOString()));

const later = (seconds: number) => void (clock.now = new Date(Date.parse(clock.now) + seconds * 1000).toISOString());
const codeNow = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(clock.now) });

/** Somebody with a browser of their own. */
class Somebody {
  readonly house: House;
  readonly name: string;
  id = '';
  cookie = '';
  constructor(house: House) {
    this.house = house;
    this.name = `adair.${(number += 1)}`;
  }
  async join(roles: Role[] = ['planner']): Promise<this> {
    const account = { authorityId: this.house.authorityId, signInName: this.name, passwordHash: hash, roles };
    const added = await createAccounts(this.house.services.database).add(account, clock.now);
    this.id = added === 'name-taken' ? '' : added.id;
    return this;
  }
  async get(url: string) {
    return this.house.app.inject({ url, headers: { cookie: this.cookie } });
  }
  async post(url: string, fields: Record<string, string> = {}) {
    const { payload, headers } = form(fields);
    const reply = await this.house.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...headers, cookie: this.cookie },
    });
    const given = reply.cookies.find(({ name }) => name === 'heard-staff');
    if (given) this.cookie = `heard-staff=${given.value}`;
    return reply;
  }
  signIn(more: Record<string, string> = {}) {
    this.cookie = '';
    return this.post('/people/sign-in', { name: this.name, password: PASSWORD, ...more });
  }
  /** Sets a device up. @returns its secret and the recovery codes */
  async setUp(): Promise<{ secret: string; codes: string[] }> {
    await this.post('/people/second-factor');
    const page = await this.get('/people/second-factor');
    const secret = keyOn(page.body);
    const reply = await this.post('/people/second-factor/confirmation', { code: codeNow(secret) });
    expect(reply.statusCode).toBe(200);
    return { secret, codes: codesOn(reply.body) };
  }
  async record(): Promise<string[]> {
    const rows = await this.house.services.database.query
      .selectFrom('audit_entries')
      .select('action')
      .where('account_id', '=', this.id)
      .orderBy('sequence')
      .execute();
    return rows.map(({ action }) => action);
  }
}
const keyOn = (page: string) => /<b class="key" dir="ltr">([A-Z2-7 ]+)</.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
const codesOn = (page: string) =>
  [...page.matchAll(/<b class="key" dir="ltr">([a-z2-9-]+)</g)].map((match) => match[1]!);
const pages = ['/people', '/results', '/people/accounts', '/admin/record'];

describe('an adult of a real authority', () => {
  it('sets a second step up before anything else opens', async () => {
    const me = await new Somebody(real).join(['administrator']);
    const reply = await me.signIn({ next: '/fieldwork' });
    expect(reply.headers.location).toBe('/people/second-factor?next=%2Ffieldwork');
    for (const url of pages) {
      const turned = await me.get(url);
      expect([turned.statusCode, turned.headers.location]).toEqual([
        303,
        `/people/second-factor?next=${encodeURIComponent(url)}`,
      ]);
    }
    expect((await me.post('/people/sessions-ending')).statusCode).toBe(403);
    expect((await me.get('/people/second-factor')).body).toContain('Before anything else opens');
    const { codes } = await me.setUp();
    expect(codes).toHaveLength(10);
    expect((await me.get('/people')).statusCode).toBe(200);
    expect(await me.record()).toEqual(['second-factor-set-up', 'signed-in']);
  });

  it('is led on from the recovery codes to where they wanted to go, and to no other place', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    await me.post('/people/second-factor');
    const secret = keyOn((await me.get('/people/second-factor?next=//evil.example')).body);
    const wrong = await me.post('/people/second-factor/confirmation', { code: '000000', next: '/results' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('name="next" value="/results"');
    expect(keyOn(wrong.body)).toBe(secret);
    const right = await me.post('/people/second-factor/confirmation', {
      code: codeNow(secret),
      next: '//evil.example',
    });
    expect(right.body).toContain('<a class="button" href="/people">');
    expect(right.body).not.toContain('evil');
  });

  it('signs in with password and code from then on', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const { secret } = await me.setUp();
    later(60);
    const reply = await me.signIn({ next: '/results' });
    expect(reply.headers.location).toBe('/people/second-step?next=%2Fresults');
    expect((await me.get('/people')).headers.location).toBe('/people/second-step?next=%2Fpeople');
    expect((await me.get('/people/second-factor')).statusCode).toBe(403);
    expect((await me.post('/people/second-factor')).statusCode).toBe(403);
    expect((await me.post('/people/second-factor/confirmation', { code: '123456' })).statusCode).toBe(403);
    const half = me.cookie;
    const through = await me.post('/people/second-step', { code: codeNow(secret), next: '/results' });
    expect([through.statusCode, through.headers.location]).toEqual([303, '/results']);
    expect((await me.get('/people')).statusCode).toBe(200);
    me.cookie = half;
    expect((await me.get('/people')).headers.location).toBe('/people/sign-in?next=%2Fpeople');
  });

  it('can use no code twice, neither that of setting up nor that of signing in', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const { secret } = await me.setUp();
    await me.signIn();
    expect((await me.post('/people/second-step', { code: codeNow(secret) })).statusCode).toBe(422);
    later(30);
    const code = codeNow(secret);
    expect((await me.post('/people/second-step', { code })).statusCode).toBe(303);
    await me.signIn();
    const again = await me.post('/people/second-step', { code });
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('That code does not fit.');
    expect(await me.record()).toContain('second-step-refused');
  });

  it('can use each recovery code once in place of the device', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const { codes } = await me.setUp();
    await me.signIn();
    expect((await me.post('/people/second-step', { code: codes[3]!.toUpperCase() })).statusCode).toBe(303);
    expect((await me.get('/people/second-factor')).body).toContain('9 left');
    await me.signIn();
    expect((await me.post('/people/second-step', { code: codes[3]! })).statusCode).toBe(422);
    expect(await me.record()).toContain('recovery-code-used');
  });

  it('makes new recovery codes and connects another device with the password alone', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const old = await me.setUp();
    expect((await me.post('/people/recovery-codes', { password: 'not mine, surely' })).statusCode).toBe(422);
    expect((await me.post('/people/second-factor', { password: 'not mine, surely' })).statusCode).toBe(422);
    const codes = codesOn((await me.post('/people/recovery-codes', { password: PASSWORD })).body);
    expect(codes).toHaveLength(10);
    expect(codes).not.toContain(old.codes[0]);
    await me.post('/people/second-factor', { password: PASSWORD });
    const secret = keyOn((await me.get('/people/second-factor')).body);
    expect(secret).not.toBe(old.secret);
    await me.post('/people/second-factor/confirmation', { code: codeNow(secret) });
    later(60);
    await me.signIn();
    expect((await me.post('/people/second-step', { code: codeNow(old.secret) })).statusCode).toBe(422);
    expect((await me.post('/people/second-step', { code: codes[0]! })).statusCode).toBe(422);
    expect((await me.post('/people/second-step', { code: codeNow(secret) })).statusCode).toBe(303);
  });

  it('has five tries from one place', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const { secret } = await me.setUp();
    later(60);
    await me.signIn();
    for (let time = 0; time < 5; time += 1) {
      expect((await me.post('/people/second-step', { code: '000000' })).statusCode).toBe(422);
    }
    expect((await me.post('/people/second-step', { code: codeNow(secret) })).statusCode).toBe(429);
  });

  it('has a quarter of an hour for the second step', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    later(15 * 60 + 1);
    expect((await me.get('/people/second-factor')).headers.location).toContain('/people/sign-in');
  });

  it('is helped by an administrator whose reset is in the record', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const { secret } = await me.setUp();
    const administrator = await real.as('administrator');
    const url = `/people/accounts/${me.id}/second-factor-reset`;
    const list = await real.app.inject({ url: `/people/accounts/${me.id}`, headers: administrator });
    expect(list.body).toContain(`action="${url}"`);
    const headers = { ...form({}).headers, ...administrator };
    expect((await real.app.inject({ method: 'POST', url, payload: '', headers })).statusCode).toBe(303);
    expect((await me.get('/people')).statusCode).toBe(303);
    later(60);
    expect((await me.signIn()).headers.location).toContain('/people/second-factor');
    await me.post('/people/second-factor');
    expect((await me.post('/people/second-factor/confirmation', { code: codeNow(secret) })).statusCode).toBe(422);
    const entries = await real.services.database.query
      .selectFrom('audit_entries')
      .select('account_id')
      .where('action', '=', 'second-factor-reset')
      .where('subject', '=', me.id)
      .execute();
    expect(entries).toEqual([{ account_id: real.accounts.administrator }]);
  });

  it('whose code key was changed gets in again by way of an administrator who was invited anew', async () => {
    const me = await new Somebody(real).join();
    await me.signIn();
    const { secret, codes } = await me.setUp();
    const secrets = openSecrets(join(real.services.settings.secretsFolder, 'another'));
    const app = await buildApp({ ...real.services, secrets });
    const after = { ...real, app };
    Object.assign(me, { house: after });
    later(60);
    expect((await me.signIn()).headers.location).toContain('/people/second-step');
    expect((await me.post('/people/second-step', { code: codeNow(secret) })).statusCode).toBe(500);
    expect((await me.post('/people/second-step', { code: codes[0]! })).statusCode).not.toBe(303);
    expect((await me.get('/people')).statusCode).toBe(303);
    const invited = await new Somebody(after).join(['administrator']);
    await invited.signIn();
    await invited.setUp();
    expect((await invited.post(`/people/accounts/${me.id}/second-factor-reset`)).statusCode).toBe(303);
    await me.signIn();
    await me.setUp();
    expect((await me.get('/people')).statusCode).toBe(200);
    await app.close();
  });

  it('cannot reset their own, and no other authority’s', async () => {
    const administrator = { ...form({}).headers, ...(await real.as('administrator')) };
    const reset = (id: string) =>
      real.app.inject({
        method: 'POST',
        url: `/people/accounts/${id}/second-factor-reset`,
        payload: '',
        headers: administrator,
      });
    expect((await reset(real.accounts.administrator)).statusCode).toBe(403);
    expect((await reset('nobody')).statusCode).toBe(404);
  });
});

describe('a forum member', () => {
  it('signs in with the password alone and has no second step, in a real authority too', async () => {
    const me = await new Somebody(real).join(['forum-member']);
    expect((await me.signIn()).headers.location).toBe('/people');
    const home = await me.get('/people');
    expect(home.body).not.toContain('/people/second-factor');
    expect((await me.get('/people/second-factor')).statusCode).toBe(404);
  });
});

describe('in a demonstration', () => {
  it('the second step is there for whoever wants it', async () => {
    const me = await new Somebody(demonstration).join();
    expect((await me.signIn()).headers.location).toBe('/people');
    expect((await me.get('/people')).body).toContain('It is not set up: your password alone signs you in.');
    const { secret } = await me.setUp();
    later(60);
    expect((await me.signIn()).headers.location).toContain('/people/second-step');
    expect((await me.post('/people/second-step', { code: codeNow(secret) })).headers.location).toBe('/people');
  });

  it('sessions from before it was set up have to take it too', async () => {
    const me = await new Somebody(demonstration).join();
    await me.signIn();
    const there = me.cookie;
    await me.signIn();
    await me.setUp();
    me.cookie = there;
    expect((await me.get('/people')).headers.location).toBe('/people/second-step?next=%2Fpeople');
  });
});
