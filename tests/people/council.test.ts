import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInvitations } from '../../server/storage/invitations.ts';
import { openHouse, type House, type TestClock } from '../support/house.ts';
import { Somebody } from '../support/somebody.ts';

/* Signing in at a real OpenID Connect provider, run here from npm. */

const ORIGIN = 'http://heard.test';
const HEARD = { host: 'heard.test' };
const CLIENT = { id: 'heard', secret: 'a secret of the council and Heard' };

/** Where this is set, what the provider sends is changed on its way. */
let tamper: ((body: string) => string) | undefined;

const clock: TestClock = { now: new Date().toISOString() };
let providerServer: Server;
let issuer: string;
let house: House;
let number = 0;

beforeAll(async () => {
  providerServer = createServer();
  await new Promise<void>((resolve) => providerServer.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(providerServer.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${ORIGIN}/people/council/callback`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['a key of this test'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
  provider.use(async (context: { path: string; body: unknown }, next: () => Promise<void>) => {
    await next();
    if (tamper && context.path === '/token') context.body = JSON.parse(tamper(JSON.stringify(context.body)));
  });
  const serve = provider.callback();
  providerServer.on('request', (request, response) => void serve(request, response));
  house = await openHouse({
    clock,
    authority: { id: 'otherglen', name: 'Otherglen', kind: 'real' },
    environment: {
      HEARD_OIDC_ISSUER: issuer,
      HEARD_OIDC_CLIENT_ID: CLIENT.id,
      HEARD_OIDC_CLIENT_SECRET: CLIENT.secret,
    },
  });
}, 60_000);
afterAll(async () => {
  await house.close();
  providerServer.closeAllConnections();
  await new Promise((resolve) => providerServer.close(resolve));
});
beforeEach(() => void (clock.now = new Date().toISOString()));

/** Goes through the provider's own pages as its user. @returns the address that it sends the browser back to */
async function throughProvider(start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let address = start;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 15; step += 1) {
    const reply: Response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body && { method: 'POST', body }),
    });
    for (const line of reply.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string];
      cookies.set(name, value);
    }
    body = undefined;
    const location = reply.headers.get('location');
    if (location) {
      address = new URL(location, address).href;
      if (address.startsWith(ORIGIN)) return address.slice(ORIGIN.length);
      continue;
    }
    const page = await reply.text();
    const [, action] = /<form[^>]*action="([^"]+)"/.exec(page) ?? [];
    if (!action) throw new Error(`The provider shows no form: ${page.slice(0, 400)}`);
    const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
    body = new URLSearchParams({ prompt: prompt!, ...(prompt === 'login' && { login, password: 'any' }) });
    address = new URL(action, address).href;
  }
  throw new Error('The provider leads round in a circle.');
}

async function invitation(roles: ('planner' | 'administrator')[] = ['planner']): Promise<string> {
  const invitations = createInvitations(house.services.database);
  const { token } = await invitations.make({ authorityId: house.authorityId, roles, invitedBy: null }, clock.now);
  return `/people/invitations/${token}`;
}

/** Follows a link to the council and comes back as one of its people. @returns the reply to coming back */
async function comeBack(who: Somebody, link: string, subject: string) {
  const away = await who.get(link, HEARD);
  expect(away.statusCode).toBe(303);
  return who.get(await throughProvider(String(away.headers.location), subject), HEARD);
}

/** Joins with an invitation and the council's account. */
async function join(subject: string): Promise<{ who: Somebody; name: string }> {
  const who = new Somebody(house);
  const link = await invitation();
  const [, council] = /href="(\/people\/council\?[^"]+)"/.exec((await who.get(link)).body) ?? [];
  const back = await comeBack(who, council!, subject);
  expect(back.headers.location).toBe('/people/council/account');
  const name = `council.${(number += 1)}`;
  expect((await who.post('/people/council/account', { name })).headers.location).toBe('/people');
  return { who, name };
}

describe('with the council’s sign-in', () => {
  it('somebody who was invited joins without a password, and no second step of ours is asked', async () => {
    const { who, name } = await join('subject-1');
    const home = await who.get('/people');
    expect(home.statusCode).toBe(200);
    expect(home.body).not.toContain('/people/password');
    expect(home.body).not.toContain('/people/second-factor');
    const account = await house.services.database.query
      .selectFrom('accounts')
      .innerJoin('account_identities', 'account_id', 'accounts.id')
      .select(['password_hash', 'issuer', 'subject'])
      .where('sign_in_name', '=', name)
      .executeTakeFirst();
    expect(account).toEqual({ password_hash: '', issuer, subject: 'subject-1' });
    for (const password of ['', 'any password at all']) {
      expect((await new Somebody(house).signIn(name, password)).statusCode).toBe(422);
    }
  });

  it('they sign in again from the sign-in page, go on to where they wanted to, and sign out', async () => {
    const { name } = await join('subject-2');
    const who = new Somebody(house);
    const page = await who.get('/people/sign-in?next=%2Fresults');
    const [, link] = /href="(\/people\/council\?next=[^"]+)"/.exec(page.body) ?? [];
    expect((await comeBack(who, link!, 'subject-2')).headers.location).toBe('/results');
    const entries = await house.services.database.query
      .selectFrom('audit_entries')
      .innerJoin('accounts', 'accounts.id', 'account_id')
      .select('sign_in_name')
      .where('action', '=', 'signed-in')
      .orderBy('sequence', 'desc')
      .executeTakeFirst();
    expect(entries?.sign_in_name).toBe(name);
    await who.post('/people/sign-out');
    expect((await who.get('/people')).headers.location).toContain('/people/sign-in');
  });

  it('nobody gets an account without an invitation', async () => {
    const who = new Somebody(house);
    const before = await house.services.database.query.selectFrom('accounts').select('id').execute();
    const back = await comeBack(who, '/people/council', 'stranger');
    expect(back.statusCode).toBe(403);
    expect(back.body).toContain('there is no account for you here');
    expect((await who.get('/people')).statusCode).toBe(303);
    expect((await who.post('/people/council/account', { name: 'stranger' })).statusCode).toBe(404);
    expect(await house.services.database.query.selectFrom('accounts').select('id').execute()).toEqual(before);
  });

  it('an account that ended is nobody’s any more', async () => {
    const { name } = await join('subject-3');
    await house.services.database.query
      .updateTable('accounts')
      .set({ ended_at: clock.now })
      .where('sign_in_name', '=', name)
      .execute();
    expect((await comeBack(new Somebody(house), '/people/council', 'subject-3')).statusCode).toBe(403);
  });

  it('a name that is taken or wrong can be chosen again', async () => {
    const who = new Somebody(house);
    const link = (await invitation()).replace('/people/invitations/', '/people/council?invitation=');
    await comeBack(who, link, 'subject-4');
    expect((await who.get('/people/council/account')).body).not.toContain('type="password"');
    for (const name of ['auditor', 'a b']) {
      expect((await who.post('/people/council/account', { name })).statusCode).toBe(422);
    }
    expect((await who.post('/people/council/account', { name: 'fourth.of.them' })).statusCode).toBe(303);
  });

  it('is not begun by a page of another site', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const reply = await new Somebody(house).get('/people/council?next=%2Fresults', {
        ...HEARD,
        'sec-fetch-site': site,
      });
      expect([reply.headers.location, reply.cookies]).toEqual(['/people/sign-in?next=%2Fresults', []]);
    }
    for (const site of ['same-origin', 'none']) {
      const reply = await new Somebody(house).get('/people/council', { ...HEARD, 'sec-fetch-site': site });
      expect(String(reply.headers.location)).toMatch(/^http:\/\/127\.0\.0\.1/);
    }
  });

  it('asks the provider with PKCE, state and nonce, each time anew', async () => {
    const asked = await Promise.all(
      [1, 2].map(async () => {
        const away = await new Somebody(house).get('/people/council', HEARD);
        return new URL(String(away.headers.location)).searchParams;
      }),
    );
    const [first, second] = asked as [URLSearchParams, URLSearchParams];
    expect(Object.fromEntries(first)).toMatchObject({
      client_id: CLIENT.id,
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
      redirect_uri: `${ORIGIN}/people/council/callback`,
    });
    for (const secret of ['state', 'nonce', 'code_challenge']) {
      expect(first.get(secret)?.length, secret).toBeGreaterThan(40);
      expect(first.get(secret)).not.toBe(second.get(secret));
    }
  });
});

describe('an answer of the council', () => {
  const refused = async (who: Somebody, answer: string) => {
    const reply = await who.get(answer, HEARD);
    expect(reply.statusCode).toBe(403);
    expect(reply.body).toContain('The council’s sign-in did not let you in');
    expect((await who.get('/people')).statusCode).toBe(303);
  };
  async function answerFor(who: Somebody, subject: string): Promise<string> {
    const away = await who.get('/people/council', HEARD);
    return throughProvider(String(away.headers.location), subject);
  }
  beforeAll(() => join('subject-5'));

  it('is taken in the browser that asked, once', async () => {
    const who = new Somebody(house);
    const answer = await answerFor(who, 'subject-5');
    await refused(new Somebody(house), answer);
    const other = new Somebody(house);
    await other.get('/people/council', HEARD);
    await refused(other, answer);
    expect((await who.get(answer, HEARD)).headers.location).toBe('/people');
    who.forget();
    await refused(who, answer);
  });

  it.each<[string, (parts: string[]) => string[]]>([
    ['of another key', ([head, body]) => [head!, body!, Buffer.alloc(256, 7).toString('base64url')]],
    ['left out', ([head, body]) => [head!, body!, '']],
    [
      'that is said to be none',
      ([, body]) => [Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url'), body!, ''],
    ],
  ])('is not taken with a signature %s', async (_what, change) => {
    const who = new Somebody(house);
    const answer = await answerFor(who, 'subject-5');
    tamper = (body) =>
      body.replace(
        /"id_token":"([^"]+)"/,
        (_whole, token: string) => `"id_token":"${change(token.split('.')).join('.')}"`,
      );
    try {
      await refused(who, answer);
    } finally {
      tamper = undefined;
    }
  });

  it('is not taken with another state, another code, a refusal, or after a quarter of an hour', async () => {
    for (const change of [
      (answer: string) => answer.replace(/state=[^&]+/, 'state=another'),
      (answer: string) => answer.replace(/code=[^&]+/, 'code=another'),
      (answer: string) => answer.replace(/code=[^&]+/, 'error=access_denied'),
      (answer: string) => {
        clock.now = new Date(Date.now() + 15 * 60_000).toISOString();
        return answer;
      },
    ]) {
      const who = new Somebody(house);
      await refused(who, change(await answerFor(who, 'subject-5')));
    }
  });
});

describe('where the council’s sign-in', () => {
  it('does not answer, a page says so', async () => {
    const environment = {
      HEARD_OIDC_ISSUER: 'http://127.0.0.1:9',
      HEARD_OIDC_CLIENT_ID: CLIENT.id,
      HEARD_OIDC_CLIENT_SECRET: CLIENT.secret,
    };
    const cutOff = await openHouse({ environment });
    const reply = await cutOff.app.inject('/people/council');
    expect(reply.statusCode).toBe(503);
    expect(reply.body).toContain('The council’s sign-in does not answer just now.');
    await cutOff.close();
  });

  it('is not set up, no page offers it', async () => {
    const plain = await openHouse();
    expect((await plain.app.inject('/people/sign-in')).body).not.toContain('/people/council');
    expect((await plain.app.inject('/people/council')).statusCode).toBe(404);
    await plain.close();
  });

  it('is set up by halves, the server says what is missing and does not start', async () => {
    await expect(openHouse({ environment: { HEARD_OIDC_ISSUER: issuer, HEARD_OIDC_CLIENT_ID: 'x' } })).rejects.toThrow(
      /HEARD_OIDC_CLIENT_SECRET_FILE to a file/,
    );
    await expect(
      openHouse({ environment: { HEARD_OIDC_ISSUER: issuer, HEARD_OIDC_CLIENT_SECRET: 'x' } }),
    ).rejects.toThrow(/HEARD_OIDC_CLIENT_ID: expected/);
    await expect(openHouse({ environment: { HEARD_OIDC_ISSUER: 'http://council.example' } })).rejects.toThrow(
      /HEARD_OIDC_ISSUER: expected/,
    );
  });
});
