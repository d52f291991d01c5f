import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../server/core/roles.ts';
import { createAccountAreas } from '../../server/storage/account-areas.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { form, openHouse, type House } from '../support/house.ts';
import { Somebody } from '../support/somebody.ts';

/* Binding planners to places, on the pages of an administrator. */
let house: House;
let account: string;

beforeAll(async () => {
  house = await openHouse();
  const { query } = house.services.database;
  const authority_id = house.authorityId;
  const place = (code: string, name: string) => ({ id: code, authority_id, code, name });
  await query
    .insertInto('localities')
    .values([place('east', 'Eastmark'), place('west', 'Westmark')])
    .execute();
  await query
    .insertInto('clusters')
    .values([place('calder', 'Calder'), place('birch', 'Birchwood')])
    .execute();
  const school = {
    authority_id,
    id: 'ash',
    locality_id: 'east',
    code: 'ash',
    name: 'Ash Primary',
    sector: 'primary' as const,
  };
  await query.insertInto('schools').values(school).execute();
  await query
    .insertInto('cluster_memberships')
    .values({ cluster_id: 'calder', school_id: 'ash', from_date: '2020-08-01', to_date: null })
    .execute();
  account = await add('head', ['planner']);
});
afterAll(() => house.close());

async function add(signInName: string, roles: Role[]): Promise<string> {
  const asked = { authorityId: house.authorityId, signInName, passwordHash: 'x', roles };
  return ((await createAccounts(house.services.database).add(asked, house.services.clock())) as { id: string }).id;
}
async function post(url: string, fields: Record<string, string | string[]>, role: Role = 'administrator') {
  const { payload, headers } = form(fields);
  return house.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...(await house.as(role)) } });
}
const page = async (url: string, language: 'en' | 'ar' = 'en') => {
  const { body } = await house.app.inject({ url, headers: await house.as('administrator', language) });
  return body.replace(/[\u2066-\u2069]/g, '');
};
const areasOf = async (id: string) =>
  (await createAccountAreas(house.services.database).of(id)).map((place) => place.id);
const record = async (action: string) => {
  const rows = house.services.database.query.selectFrom('audit_entries').select('subject');
  return (await rows.where('action', '=', action).orderBy('sequence', 'desc').execute()).map(({ subject }) => subject);
};
const at = () => `/people/accounts/${account}`;

describe('the area of an account', () => {
  it('is chosen by locality, and said on the page and in the list', async () => {
    const before = await page(at());
    expect(before).toContain('<dt>Sees results of</dt><dd><bdi>The whole authority.</bdi>');
    const legends = [...before.matchAll(/<fieldset><legend class="small">([^<]+)</g)].map((match) => match[1]);
    expect(legends).toEqual(['Eastmark', 'Westmark', 'Clusters with schools in several localities, or in none']);
    const reply = await post(`${at()}/areas`, { areas: ['locality:west', 'cluster:calder'] });
    expect(reply.headers.location).toBe(`${at()}?done=areas-changed`);
    expect(await areasOf(account)).toEqual(['cluster:calder', 'locality:west']);
    const after = await page(`${at()}?done=areas-changed`);
    expect(after).toContain('Calder and Westmark, and of the whole authority together. Nothing of other places.');
    expect(after).toContain('The area is changed, and all sessions of this account ended.');
    const ticked = [...after.matchAll(/name="areas" value="([^"]+)" checked/g)].map((match) => match[1]);
    expect(ticked).toEqual(['cluster:calder', 'locality:west'].toSorted());
    expect(await page('/people/accounts')).toMatch(/<td>Planner <span class="soft">Calder and Westmark<\/span>/);
    expect((await record('areas-changed'))[0]).toBe(`${account} locality:west cluster:calder`);
  });

  it('ends every session of the account when it changes', async () => {
    const { database, clock } = house.services;
    const sessions = createStaffSessions(database);
    await sessions.start(account, clock(), '2999-01-01T00:00:00.000Z', clock());
    expect(await sessions.listOpen(account, clock())).toHaveLength(1);
    await post(`${at()}/areas`, { areas: 'cluster:calder' });
    expect(await sessions.listOpen(account, clock())).toEqual([]);
  });

  it('is refused with words: places that there are not, roles that see all, nobody who plans', async () => {
    const refused = async (id: string, areas: string, words: string) => {
      const before = await areasOf(id);
      const reply = await post(`/people/accounts/${id}/areas`, { areas });
      expect([reply.statusCode, reply.body.includes(words)]).toEqual([422, true]);
      expect(await areasOf(id)).toEqual(before);
    };
    await refused(account, 'cluster:gone', 'Choose places of the list.');
    await refused(await add('both', ['planner', 'analyst']), 'cluster:calder', 'An analyst sees the whole authority.');
    await refused(house.accounts['forum-member'], 'cluster:calder', 'Places bind planners.');
  });

  it('is nobody’s own to change, and of administrators alone', async () => {
    const own = await post(`/people/accounts/${house.accounts.administrator}/areas`, {});
    expect([own.statusCode, (await post(`${at()}/areas`, {}, 'planner')).statusCode]).toEqual([403, 403]);
    expect((await post('/people/accounts/nobody/areas', {})).statusCode).toBe(404);
  });

  it('is kept and out of force while a role sees the whole, which the page says', async () => {
    await post(`${at()}/areas`, { areas: 'cluster:calder' });
    await post(`${at()}/roles`, { roles: ['planner', 'auditor'] });
    const lifted = await page(at());
    expect(lifted).toContain(
      'An auditor sees the whole authority. These places would hold again without that role: Calder.',
    );
    expect(lifted).not.toContain(`${at()}/areas"`);
    expect(lifted).toContain('such a role lifts every binding to an area');
    expect(await page(at(), 'ar')).toContain('دور التدقيق يرى السلطة المحلية كلها.');
    await post(`${at()}/roles`, { roles: ['planner'] });
    expect(await page(at())).toContain('Calder, and of the whole authority together.');
    await post(`${at()}/areas`, {});
    expect(await page(at())).toContain('<bdi>The whole authority.</bdi>');
    expect((await record('areas-changed'))[0]).toBe(account);
  });
});

describe('an invitation with places', () => {
  it('says them to both, and binds the account that it makes', async () => {
    const made = await post('/people/invitations', { roles: 'planner', areas: ['cluster:calder', 'locality:west'] });
    expect(made.statusCode).toBe(200);
    expect(made.body.replace(/[\u2066-\u2069]/g, '')).toContain('Calder and Westmark, and of the whole authority');
    const link = /dir="ltr">http:\/\/[^/]+(\/people\/invitations\/[\w-]+)</.exec(made.body)![1]!;
    expect(await page('/people/accounts')).toContain('<b>Planner</b> · Calder and Westmark · invited by');
    expect((await record('invited'))[0]).toMatch(/ planner cluster:calder locality:west$/);
    const who = new Somebody(house);
    expect((await who.get(link)).body.replace(/[\u2066-\u2069]/g, '')).toContain(
      'You will see the results of Calder and Westmark and of the whole authority.',
    );
    await who.post(`${link}/account`, { name: 'head.of.calder', password: 'nine quiet otters' });
    const { query } = house.services.database;
    const rows = query.selectFrom('accounts').select('id').where('sign_in_name', '=', 'head.of.calder');
    expect(await areasOf((await rows.executeTakeFirstOrThrow()).id)).toEqual(['cluster:calder', 'locality:west']);
  });

  it('is refused beside a role that sees all, with what was chosen still there', async () => {
    const reply = await post('/people/invitations', { roles: ['planner', 'analyst'], areas: 'cluster:calder' });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('An analyst sees the whole authority. Take that role out, or choose no places.');
    expect(reply.body).toMatch(/<details open>/);
    expect(reply.body).toContain('value="cluster:calder" checked');
  });
});
