import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../server/core/roles.ts';
import { createInvitations } from '../../server/storage/invitations.ts';
import { openHouse, type House, type TestClock } from '../support/house.ts';
import { Somebody } from '../support/somebody.ts';

const PASSWORD = 'nine quiet otters';
const MORNING = '2026-05-01T09:00:00.000Z';
const clock: TestClock = { now: MORNING };
let demonstration: House;
let real: House;
let number = 0;

beforeAll(async () => {
  demonstration = await openHouse({ clock });
  real = await openHouse({ clock, authority: { id: 'otherglen', name: 'Otherglen', kind: 'real' } });
});
afterAll(() => Promise.all([demonstration.close(), real.close()]));
beforeEach(() => void (clock.now = MORNING));

/** What somebody with a role of the house does. */
async function as(house: House, role: Role, url: string, fields?: Record<string, string | string[]>) {
  const { form } = await import('../support/house.ts');
  const headers = await house.as(role);
  if (!fields) return house.app.inject({ url, headers });
  const body = form(fields);
  return house.app.inject({ method: 'POST', url, payload: body.payload, headers: { ...headers, ...body.headers } });
}
const linkOn = (page: string) => /dir="ltr">http:\/\/[^/]+(\/people\/invitations\/[\w-]+)</.exec(page)?.[1] ?? '';
async function invite(house: House, roles: Role[]): Promise<string> {
  return linkOn((await as(house, 'administrator', '/people/invitations', { roles })).body);
}
/** Somebody whom the server's operator invited, signed in. @returns them and their account's id */
async function operatorInvites(house: House, roles: Role[]): Promise<{ who: Somebody; id: string; name: string }> {
  const invitations = createInvitations(house.services.database);
  const { token } = await invitations.make({ authorityId: house.authorityId, roles, invitedBy: null }, clock.now);
  return join(house, `/people/invitations/${token}`);
}
async function join(house: House, link: string): Promise<{ who: Somebody; id: string; name: string }> {
  const who = new Somebody(house);
  const name = `adair.${(number += 1)}`;
  const reply = await who.post(`${link}/account`, { name, password: PASSWORD });
  expect(reply.statusCode).toBe(303);
  if (String(reply.headers.location).startsWith('/people/second-factor')) await who.setUpFactor();
  const { query } = house.services.database;
  const { id } = await query
    .selectFrom('accounts')
    .select('id')
    .where('sign_in_name', '=', name)
    .executeTakeFirstOrThrow();
  return { who, id, name };
}
const rolesOf = async (house: House, id: string) => {
  const rows = await house.services.database.query
    .selectFrom('account_roles')
    .select('role')
    .where('account_id', '=', id)
    .execute();
  return rows.map(({ role }) => role).toSorted();
};
const record = async (house: House, action: string) => {
  const rows = await house.services.database.query
    .selectFrom('audit_entries')
    .select(['account_id', 'subject'])
    .where('action', '=', action)
    .orderBy('sequence', 'desc')
    .execute();
  return rows;
};

describe('an invitation', () => {
  it('makes one account with its roles, for whoever has the link, who alone knows the password', async () => {
    const link = await invite(demonstration, ['planner', 'analyst']);
    const page = await demonstration.app.inject(link);
    expect(page.body).toContain('Strathlorn invites you to Heard. You will be: Planner · Analyst.');
    const { who, id, name } = await join(demonstration, link);
    const home = await who.get('/people');
    const roles = [...home.body.matchAll(/class="tag">(Planner|Analyst|Administrator)</g)].map(([, role]) => role);
    expect([...new Set(roles)].toSorted()).toEqual(['Analyst', 'Planner']);
    expect((await who.signIn(name.toUpperCase(), PASSWORD)).headers.location).toBe('/people');
    expect((await record(demonstration, 'account-added'))[0]).toEqual({ account_id: id, subject: id });
    expect((await record(demonstration, 'invited'))[0]).toMatchObject({
      account_id: demonstration.accounts.administrator,
      subject: expect.stringMatching(/ planner analyst$/) as string,
    });
    const account = await as(demonstration, 'administrator', `/people/accounts/${id}`);
    expect(account.body).toMatch(/<dt>Invited by<\/dt><dd><bdi>administrator<\/bdi>/);
  });

  it('is shown once: neither the list nor the database has the link', async () => {
    const link = await invite(demonstration, ['planner']);
    const token = link.split('/').at(-1)!;
    expect((await as(demonstration, 'administrator', '/people/accounts')).body).not.toContain(token);
    const { query } = demonstration.services.database;
    for (const table of ['invitations', 'audit_entries'] as const) {
      expect(JSON.stringify(await query.selectFrom(table).selectAll().execute())).not.toContain(token);
    }
  });

  it('works once, not after it was withdrawn, and not after a week, always with the same words', async () => {
    const used = await invite(demonstration, ['planner']);
    await join(demonstration, used);
    const withdrawn = await invite(demonstration, ['planner']);
    const list = (await as(demonstration, 'administrator', '/people/accounts')).body;
    const [, revocation] = /action="(\/people\/invitations\/[\w-]+\/revocation)"/.exec(list) ?? [];
    expect((await as(demonstration, 'administrator', revocation!, {})).statusCode).toBe(303);
    expect((await as(demonstration, 'administrator', revocation!, {})).statusCode).toBe(404);
    const late = await invite(demonstration, ['planner']);
    clock.now = '2026-05-08T08:59:59.000Z';
    expect((await demonstration.app.inject(late)).statusCode).toBe(200);
    clock.now = '2026-05-08T09:00:00.000Z';
    for (const link of [used, withdrawn, late, '/people/invitations/a-guess']) {
      const seen = await demonstration.app.inject(link);
      expect([seen.statusCode, seen.body.includes('This invitation cannot be used')]).toEqual([404, true]);
      const tried = await new Somebody(demonstration).post(`${link}/account`, { name: 'late', password: PASSWORD });
      expect(tried.statusCode).toBe(404);
    }
    expect((await record(demonstration, 'invitation-revoked')).length).toBe(1);
  });

  it('pressed twice makes one account', async () => {
    const link = await invite(demonstration, ['planner']);
    const replies = await Promise.all(
      ['twice.a', 'twice.b'].map((name) =>
        new Somebody(demonstration).post(`${link}/account`, { name, password: PASSWORD }),
      ),
    );
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 404]);
  });

  it.each([
    ['no name', { name: '' }, ['name'], 'Give a sign-in name'],
    ['a name with a space', { name: 'bell m' }, ['name'], 'Give a sign-in name'],
    ['a name that begins with a dot', { name: '.bell' }, ['name'], 'Give a sign-in name'],
    ['a name that is taken', { name: 'Auditor' }, ['name'], 'That sign-in name is taken.'],
    ['a short password', { password: 'eleven char' }, ['password'], 'at least 12 characters'],
    ['a common password', { password: 'Password2026!' }, ['password'], 'one that others would try'],
    ['the name as password', { name: 'campbell', password: 'campbell2026' }, ['password'], 'one that others would try'],
    ['nothing right', { name: '!', password: '' }, ['name', 'password'], 'Give a sign-in name'],
  ])('taken up with %s is refused beside each field and stays usable', async (_what, change, fields, words) => {
    const link = await invite(demonstration, ['planner']);
    const form = { name: `fresh.${(number += 1)}`, password: PASSWORD, ...change };
    const reply = await new Somebody(demonstration).post(`${link}/account`, form);
    expect(reply.statusCode).toBe(422);
    expect([...reply.body.matchAll(/<li><a href="#([a-z]+)">/g)].map((match) => match[1])).toEqual(fields);
    expect(reply.body).toContain(words);
    expect(reply.body).not.toContain('eleven char');
    expect(reply.body).not.toContain('Password2026!');
    await join(demonstration, link);
  });

  it('gives no roles that do not go together, none at all, or none that exist', async () => {
    const nobody = await as(demonstration, 'administrator', '/people/invitations', {});
    expect(nobody.body).toContain('Choose at least one role.');
    const both = await as(demonstration, 'administrator', '/people/invitations', { roles: ['analyst', 'approver'] });
    expect([nobody.statusCode, both.statusCode]).toEqual([422, 422]);
    expect(both.body).toContain('so nobody is both');
    expect(both.body).toMatch(/value="analyst" checked/);
    const strange = await as(demonstration, 'administrator', '/people/invitations', { roles: ['emperor'] });
    expect(strange.statusCode).toBe(400);
  });

  it('of a real authority never makes an approver, and has a second step set up first', async () => {
    const page = await as(real, 'administrator', '/people/accounts');
    expect(page.body).not.toContain('value="approver"');
    expect((await as(real, 'administrator', '/people/invitations', { roles: ['approver'] })).statusCode).toBe(422);
    const who = new Somebody(real);
    const link = await invite(real, ['planner']);
    const reply = await who.post(`${link}/account`, { name: 'first.step', password: PASSWORD });
    expect(reply.headers.location).toMatch(/^\/people\/second-factor/);
    expect((await who.get('/results')).statusCode).toBe(303);
  });
});

describe('an account', () => {
  it('gets other roles from an administrator, and all its sessions end with that', async () => {
    const { who, id } = await join(demonstration, await invite(demonstration, ['planner']));
    const reply = await as(demonstration, 'administrator', `/people/accounts/${id}/roles`, { roles: ['auditor'] });
    expect(reply.headers.location).toBe(`/people/accounts/${id}?done=roles-changed`);
    expect(await rolesOf(demonstration, id)).toEqual(['auditor']);
    expect((await who.get('/people')).headers.location).toContain('/people/sign-in');
    expect((await record(demonstration, 'roles-changed'))[0]?.subject).toBe(`${id} auditor`);
    const none = await as(demonstration, 'administrator', `/people/accounts/${id}/roles`, {});
    expect([none.statusCode, none.body.includes('Choose at least one role.')]).toEqual([422, true]);
    expect(await rolesOf(demonstration, id)).toEqual(['auditor']);
  });

  it('ends at once and for good, its name stays taken and its deeds stay in the record', async () => {
    const { who, id, name } = await join(demonstration, await invite(demonstration, ['planner']));
    const reply = await as(demonstration, 'administrator', `/people/accounts/${id}/ending`, {});
    expect(reply.headers.location).toBe('/people/accounts?done=account-ended');
    expect((await who.get('/people')).statusCode).toBe(303);
    expect((await who.signIn(name, PASSWORD)).statusCode).toBe(422);
    const link = await invite(demonstration, ['planner']);
    expect((await new Somebody(demonstration).post(`${link}/account`, { name, password: PASSWORD })).statusCode).toBe(
      422,
    );
    expect((await as(demonstration, 'auditor', `/admin/record?person=${id}`)).body).toContain('Made an account');
    expect((await as(demonstration, 'administrator', `/people/accounts/${id}`)).statusCode).toBe(404);
  });

  it('of one’s own is changed and ended by somebody else only', async () => {
    const own = `/people/accounts/${demonstration.accounts.administrator}`;
    expect((await as(demonstration, 'administrator', own)).body).toContain('This is your own account.');
    for (const deed of ['roles', 'ending', 'second-factor-reset', 'approver-request', 'approver-agreement']) {
      const fields = deed === 'roles' ? { roles: ['administrator', 'auditor'] } : {};
      expect((await as(demonstration, 'administrator', `${own}/${deed}`, fields)).statusCode, deed).toBe(403);
    }
    expect(await rolesOf(demonstration, demonstration.accounts.administrator)).toEqual(['administrator']);
  });

  it('of another authority is not there', async () => {
    const { id } = await join(real, await invite(real, ['planner']));
    for (const deed of ['', '/roles', '/ending', '/sessions-ending', '/second-factor-reset', '/approver-request']) {
      const fields = deed === '' ? undefined : deed === '/roles' ? { roles: ['auditor'] } : {};
      const reply = await as(demonstration, 'administrator', `/people/accounts/${id}${deed}`, fields);
      expect(reply.statusCode, deed).toBe(404);
    }
  });
});

describe('the last administrator', () => {
  it('cannot be left without the role when two end each other at once', async () => {
    const house = await openHouse({ clock });
    const { who, id } = await join(house, await invite(house, ['administrator']));
    const first = house.accounts.administrator;
    const replies = await Promise.all([
      who.post(`/people/accounts/${first}/ending`),
      as(house, 'administrator', `/people/accounts/${id}/ending`, {}),
    ]);
    expect(replies.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    const left = await house.services.database.query
      .selectFrom('accounts')
      .innerJoin('account_roles', 'account_id', 'accounts.id')
      .select('accounts.id')
      .where('role', '=', 'administrator')
      .where('ended_at', 'is', null)
      .execute();
    expect(left).toHaveLength(1);
    await house.close();
  });
});

describe('an approver of a real authority', () => {
  it('takes two administrators who go back to different invitations of the operator', async () => {
    const [ann, ben] = [await operatorInvites(real, ['administrator']), await operatorInvites(real, ['administrator'])];
    const { id, who } = await join(real, await linkFrom(ann.who, ['planner']));
    const url = `/people/accounts/${id}`;
    expect((await ann.who.get(url)).body).toContain('Make this person an approver');
    expect((await ann.who.post(`${url}/approver-request`)).statusCode).toBe(303);
    expect((await ann.who.post(`${url}/approver-agreement`)).statusCode).toBe(403);
    const double = await join(real, await linkFrom(ann.who, ['administrator']));
    expect((await double.who.post(`${url}/approver-agreement`)).statusCode).toBe(403);
    expect((await double.who.get(url)).body).not.toContain('approver-agreement');
    expect(await rolesOf(real, id)).toEqual(['planner']);
    expect((await ben.who.get('/people/accounts')).body).toContain('may become an approver');
    expect((await ben.who.get(url)).body).toContain(`${ann.name} asks that this person becomes an approver.`);
    expect((await ben.who.post(`${url}/approver-agreement`)).statusCode).toBe(303);
    expect(await rolesOf(real, id)).toEqual(['approver', 'planner']);
    expect((await who.get('/people')).statusCode).toBe(303);
    expect((await record(real, 'approver-requested'))[0]).toEqual({ account_id: ann.id, subject: id });
    expect((await record(real, 'approver-agreed'))[0]).toEqual({ account_id: ben.id, subject: id });
    expect((await ben.who.post(`${url}/roles`, { roles: ['approver', 'auditor'] })).statusCode).toBe(303);
    expect((await ben.who.post(`${url}/roles`, { roles: ['approver', 'analyst'] })).statusCode).toBe(422);
  });

  it('is no administrator, who could make an analyst of their own', async () => {
    const [ann, ben] = [await operatorInvites(real, ['administrator']), await operatorInvites(real, ['administrator'])];
    const second = await join(real, await linkFrom(ann.who, ['administrator']));
    expect((await ann.who.get(`/people/accounts/${second.id}`)).body).not.toContain('Make this person an approver');
    expect((await ann.who.post(`/people/accounts/${second.id}/approver-request`)).statusCode).toBe(409);
    const { id } = await join(real, await linkFrom(ann.who, ['planner']));
    const url = `/people/accounts/${id}`;
    await ann.who.post(`${url}/approver-request`);
    expect((await ann.who.post(`${url}/roles`, { roles: ['administrator'] })).statusCode).toBe(303);
    expect((await ben.who.post(`${url}/approver-agreement`)).statusCode).toBe(409);
    await ben.who.post(`${url}/roles`, { roles: ['planner'] });
    expect((await ben.who.post(`${url}/approver-agreement`)).statusCode).toBe(303);
    const both = await ben.who.post(`${url}/roles`, { roles: ['approver', 'administrator'] });
    expect(both.statusCode).toBe(422);
    expect(both.body).toContain('An administrator lets people in');
  });

  it('is not made by changing roles, nor out of an analyst, nor after it was turned down', async () => {
    const [ann, ben] = [await operatorInvites(real, ['administrator']), await operatorInvites(real, ['administrator'])];
    const { id } = await join(real, await linkFrom(ann.who, ['planner']));
    const url = `/people/accounts/${id}`;
    expect((await ann.who.post(`${url}/roles`, { roles: ['approver'] })).statusCode).toBe(422);
    await ann.who.post(`${url}/approver-request`);
    expect((await ann.who.post(`${url}/roles`, { roles: ['analyst'] })).statusCode).toBe(303);
    expect((await ben.who.post(`${url}/approver-agreement`)).statusCode).toBe(409);
    expect((await ben.who.post(`${url}/approver-refusal`)).statusCode).toBe(303);
    expect((await ben.who.post(`${url}/approver-agreement`)).statusCode).toBe(409);
    expect((await ann.who.post(`${url}/approver-request`)).statusCode).toBe(409);
    expect(await rolesOf(real, id)).toEqual(['analyst']);
    expect((await record(real, 'approver-refused'))[0]).toEqual({ account_id: ben.id, subject: id });
  });

  async function linkFrom(who: Somebody, roles: Role[]): Promise<string> {
    return linkOn((await who.post('/people/invitations', { roles })).body);
  }
});

describe('one’s own password', () => {
  it('is changed with the old one, which ends all other sessions', async () => {
    const { who, name, id } = await join(demonstration, await invite(demonstration, ['planner']));
    const there = new Somebody(demonstration);
    await there.signIn(name, PASSWORD);
    const wrong = await who.post('/people/password', { current: 'not the one', password: 'ten quiet otters' });
    expect([wrong.statusCode, wrong.body.includes('That is not the password of this account.')]).toEqual([422, true]);
    const common = await who.post('/people/password', { current: PASSWORD, password: 'password1234' });
    expect([common.statusCode, common.body.includes('one that others would try')]).toEqual([422, true]);
    const reply = await who.post('/people/password', { current: PASSWORD, password: 'ten quiet otters' });
    expect(reply.headers.location).toBe('/people/password?done=yes');
    expect((await who.get('/people/password?done=yes')).body).toContain('The password is changed.');
    expect((await there.get('/people')).statusCode).toBe(303);
    expect((await there.signIn(name, PASSWORD)).statusCode).toBe(422);
    expect((await there.signIn(name, 'ten quiet otters')).statusCode).toBe(303);
    expect((await record(demonstration, 'password-changed'))[0]).toEqual({ account_id: id, subject: id });
  });

  it('is not guessed here either', async () => {
    const { who } = await join(demonstration, await invite(demonstration, ['planner']));
    for (let time = 0; time < 10; time += 1) {
      await who.post('/people/password', { current: 'wrong', password: 'ten quiet otters' });
    }
    expect((await who.post('/people/password', { current: PASSWORD, password: 'ten quiet otters' })).statusCode).toBe(
      429,
    );
  }, 30_000);
});

describe('one’s sessions', () => {
  it('end all at once but this one', async () => {
    const { who, name } = await join(demonstration, await invite(demonstration, ['planner']));
    const there = new Somebody(demonstration);
    await there.signIn(name, PASSWORD);
    expect((await who.get('/people')).body).toContain('End all others');
    await who.post('/people/sessions-ending');
    expect((await there.get('/people')).statusCode).toBe(303);
    const home = await who.get('/people');
    expect([home.statusCode, home.body.includes('End all others')]).toEqual([200, false]);
  });
});

describe('pages of one role', () => {
  it('are refused to the others in words, and named to nobody who may not open them', async () => {
    for (const role of ROLES.filter((one) => one !== 'administrator')) {
      const reply = await as(demonstration, role, '/people/accounts');
      expect(reply.statusCode, role).toBe(403);
      expect(reply.body).toContain('You may not open this page with the account you are signed in with.');
      expect(reply.body).not.toContain('href="/people/accounts"');
    }
  });

  it('are named to those who may: every link of the sections opens', async () => {
    for (const role of ROLES) {
      const home = await as(demonstration, role, '/people');
      const sections = /<nav class="sections"[\s\S]*?<\/nav>/.exec(home.body)?.[0] ?? '';
      const links = [...sections.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!);
      expect(links.length, role).toBeGreaterThan(0);
      const task = /<li class="card">[\s\S]*?href="([^"]+)"/.exec(home.body)?.[1];
      for (const url of [...links, task!]) {
        expect((await as(demonstration, role, url)).statusCode, `${role} ${url}`).toBe(200);
      }
    }
  });
});
