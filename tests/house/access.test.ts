import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../server/core/roles.ts';
import { demandAccess, mayUse, type Access, type SignedIn } from '../../server/web/access.ts';
import { form, openHouse, type House } from '../support/house.ts';
import { pageRoutes, withRoutes, type RegisteredRoute } from '../../server/commands/registered-routes.ts';
import { EVERYBODY, PUPIL, TEACHER, SIGNED_IN, ENTERING, TABLE } from './access-table.ts';

const plain = (line: string) => line.trim().replace(/\s+/g, ' ');
const lines = TABLE.trim().split('\n').map(plain);

let house: House;
let routes: RegisteredRoute[];

beforeAll(async () => {
  const { built, routes: all } = await withRoutes(() => openHouse());
  house = built;
  routes = all;
});
afterAll(() => house.close());

const words = (access: Access | undefined) => (typeof access === 'string' ? access : (access ?? []).join(' '));

describe('every address', () => {
  it('has its line in the table of who may use it, and every line its address', () => {
    const found = pageRoutes(routes).map(({ method, url, access }) => `${method} ${url} ${words(access)}`);
    expect(found.toSorted()).toEqual(lines.toSorted());
  });

  it('outside the table is a file of public/', () => {
    const files = routes.filter((route) => !pageRoutes(routes).includes(route));
    expect(new Set(files.map(({ method, url }) => `${method} ${url}`))).toEqual(
      new Set(['GET /public/*', 'GET /public/js/:name', 'GET /public/vendor/*']),
    );
  });
});

describe.each(lines.map((line) => line.split(' ')))('%s %s', (method, url, ...access) => {
  const forAll = [EVERYBODY, PUPIL, TEACHER].includes(access[0]!);
  // What lies behind is not there, so nothing can happen to it.
  const address = url.replace(':code', 'en').replace(':number', '1').replace(/:\w+/g, 'none');
  const ask = (headers: Record<string, string>) =>
    method === 'POST'
      ? house.app.inject({ method, url: address, payload: '', headers: { ...form({}).headers, ...headers } })
      : house.app.inject({ url: address, headers });

  it('lets in whom the table names and nobody else', async () => {
    for (const role of ROLES) {
      const reply = await ask(await house.as(role));
      const refused = reply.body.includes('You may not open this page with the account you are signed in with.');
      const allowed = forAll || [SIGNED_IN, ENTERING].includes(access[0]!) || access.includes(role);
      expect(refused, `${role} is ${refused ? 'refused' : 'let in'}`).toBe(!allowed);
      if (!allowed) expect(reply.statusCode).toBe(403);
      else expect([200, 303, 400, 403, 404, 415, 422], `${role}: ${reply.statusCode}`).toContain(reply.statusCode);
    }
  });

  it('sends whoever is not signed in to the door, or lets them in', async () => {
    const reply = await ask({ cookie: 'heard-staff=a-guess' });
    if (forAll) {
      expect(String(reply.headers.location ?? '')).not.toContain('/people/sign-in');
      expect(reply.body).not.toContain('You may not open this page');
    } else if (method === 'GET') {
      expect(reply.statusCode).toBe(303);
      expect(reply.headers.location).toBe(`/people/sign-in?next=${encodeURIComponent(address)}`);
    } else expect(reply.statusCode).toBe(403);
  });
});

describe('a route that does not say who may use it', () => {
  it('stops the server before it starts', () => {
    const app = Fastify();
    demandAccess(app);
    expect(() => app.get('/secret', () => 'x')).toThrow(/Route GET \/secret does not say who may use it/);
    expect(() => app.get('/open', { config: { access: 'anyone' } }, () => 'x')).not.toThrow();
  });
});

describe('who may use what', () => {
  const somebody = (...roles: Role[]): SignedIn => ({
    accountId: 'a',
    authorityId: 'strathlorn',
    signInName: 'a',
    roles,
    area: null,
    sessionId: 's',
    demonstration: true,
  });

  it.each<[Access, SignedIn | null, boolean]>([
    ['anyone', null, true],
    ['respondent', null, true],
    ['teacher', null, true],
    ['signed-in', null, false],
    ['entering', null, false],
    ['entering', somebody('auditor'), true],
    ['signed-in', somebody('auditor'), true],
    [['planner'], null, false],
    [['planner'], somebody('analyst'), false],
    [['planner'], somebody('analyst', 'planner'), true],
    [[], somebody(...ROLES), false],
  ])('%j for %j: %s', (access, signedIn, allowed) => {
    expect(mayUse(access, signedIn)).toBe(allowed);
  });
});
