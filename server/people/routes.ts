import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Type } from 'typebox';
import { ROLES, type Role } from '../core/roles.ts';
import { Fault } from '../errors.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAudit } from '../storage/audit.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { person } from '../web/access.ts';
import { localPath, STAFF_COOKIE } from '../web/requests.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { accountsPage, homePage, signInPage } from './pages.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

const SESSION_HOURS = 8;

const SignIn = Type.Object(
  {
    name: Type.String({ maxLength: 40 }),
    password: Type.String({ maxLength: 200 }),
    next: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);
const NewAccount = Type.Object(
  {
    name: Type.String({ maxLength: 40 }),
    password: Type.String({ maxLength: 200 }),
    roles: Type.Optional(Type.Array(Type.Enum(ROLES), { maxItems: ROLES.length })),
  },
  { additionalProperties: false },
);
const WithNext = Type.Object({ next: Type.Optional(Type.String({ maxLength: 2000 })) });
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const WithAdded = Type.Object({ added: Type.Optional(Type.Literal('yes')) });

export async function peopleRoutes(app: App, { database, settings, clock }: Services): Promise<void> {
  const accounts = createAccounts(database);
  const sessions = createStaffSessions(database);
  const audit = createAudit(database);
  // Ten tries for a name from one place, a hundred for a name or from a place: nobody is locked out from afar by a few.
  const triesHere = new RateLimiterMemory({ points: 10, duration: 600 });
  const triesByName = new RateLimiterMemory({ points: 100, duration: 3600 });
  const triesByAddress = new RateLimiterMemory({ points: 100, duration: 600 });

  app.get('/people/sign-in', { schema: { querystring: WithNext }, config: { access: 'anyone' } }, (request, reply) =>
    reply.page(
      'people/sign-in',
      signInPage(request.language, { name: '', next: request.query.next ?? '', refused: false }),
    ),
  );

  app.post('/people/sign-in', { schema: { body: SignIn }, config: { access: 'anyone' } }, async (request, reply) => {
    const { password, next = '' } = request.body;
    const name = request.body.name.trim().toLowerCase();
    await countTry(request.ip, name);
    const account = await accounts.findPasswordHash(name);
    const matches = await passwordMatches(account?.passwordHash, password);
    if (!account || !matches) {
      await audit.write({ at: clock(), accountId: account?.id ?? null, action: 'sign-in-refused', subject: 'sign-in' });
      return reply.code(422).page('people/sign-in', signInPage(request.language, { name, next, refused: true }));
    }
    await forgiveTries(request.ip, name);
    const expiresAt = new Date(Date.parse(clock()) + SESSION_HOURS * 3_600_000).toISOString();
    const token = await sessions.start(account.id, clock(), expiresAt);
    await audit.write({ at: clock(), accountId: account.id, action: 'signed-in', subject: 'sign-in' });
    reply.setCookie(STAFF_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.behindHttps });
    return reply.redirect(localPath(next, '/people'), 303);
  });

  /** Counted before the password is looked at, so that many tries at once are no way round. */
  async function countTry(address: string, name: string): Promise<void> {
    try {
      await Promise.all([
        triesHere.consume(`${name} ${address}`),
        triesByName.consume(name),
        triesByAddress.consume(address),
      ]);
    } catch {
      throw new Fault('too-many');
    }
  }

  async function forgiveTries(address: string, name: string): Promise<void> {
    await Promise.all([
      triesHere.delete(`${name} ${address}`),
      triesByName.reward(name),
      triesByAddress.reward(address),
    ]);
  }

  app.post('/people/sign-out', { config: { access: 'signed-in' } }, async (request, reply) => {
    const { sessionId, accountId } = person(request);
    await sessions.end(sessionId, accountId, clock());
    await audit.write({ at: clock(), accountId, action: 'signed-out', subject: 'sign-out' });
    return reply.clearCookie(STAFF_COOKIE, { path: '/' }).redirect('/people/sign-in', 303);
  });

  app.get('/people', { config: { access: 'signed-in' } }, async (request, reply) => {
    const me = person(request);
    return reply.page('people/home', homePage(request.language, me, await sessions.listOpen(me.accountId, clock())));
  });

  app.post(
    '/people/sessions/:id/ending',
    { schema: { params: WithId }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const { accountId } = person(request);
      await sessions.end(request.params.id, accountId, clock());
      await audit.write({ at: clock(), accountId, action: 'session-ended', subject: request.params.id });
      return reply.redirect('/people', 303);
    },
  );

  async function accountList(authorityId: string) {
    const list = await accounts.list(authorityId);
    return Promise.all(
      list.map(async (account) => ({
        ...account,
        openSessions: (await sessions.listOpen(account.id, clock())).length,
      })),
    );
  }

  app.get(
    '/people/accounts',
    { schema: { querystring: WithAdded }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const list = await accountList(person(request).authorityId);
      const form = { name: '', roles: [], faults: [], added: request.query.added === 'yes' };
      return reply.page('people/accounts', accountsPage(request.language, list, form));
    },
  );

  app.post(
    '/people/accounts',
    { schema: { body: NewAccount }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const name = request.body.name.trim().toLowerCase();
      const roles: Role[] = request.body.roles ?? [];
      const faults = newAccountFaults(request.language.words.people, name, request.body.password, roles);
      if (faults.length === 0) {
        const passwordHash = await hashPassword(request.body.password);
        const outcome = await accounts.add({ authorityId, signInName: name, passwordHash, roles }, clock());
        if (outcome !== 'name-taken') {
          await audit.write({ at: clock(), accountId, action: 'account-added', subject: outcome.id });
          return reply.redirect('/people/accounts?added=yes', 303);
        }
        faults.push({ field: 'name', message: request.language.words.people.faultNameTaken });
      }
      const form = { name, roles, faults, added: false };
      return reply
        .code(422)
        .page('people/accounts', accountsPage(request.language, await accountList(authorityId), form));
    },
  );

  app.post(
    '/people/accounts/:id/sessions-ending',
    { schema: { params: WithId }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const known = (await accounts.list(authorityId)).some((account) => account.id === request.params.id);
      if (!known) throw new Fault('not-found');
      await sessions.endAll(request.params.id, clock());
      await audit.write({ at: clock(), accountId, action: 'session-ended', subject: request.params.id });
      return reply.redirect('/people/accounts', 303);
    },
  );
}

function newAccountFaults(
  words: { faultName: string; faultPassword: string; faultRoles: string },
  name: string,
  password: string,
  roles: readonly Role[],
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!/^[a-z0-9][a-z0-9.-]{2,39}$/.test(name)) faults.push({ field: 'name', message: words.faultName });
  if (password.length < 12) faults.push({ field: 'password', message: words.faultPassword });
  if (roles.length === 0) faults.push({ field: 'roles', message: words.faultRoles });
  return faults;
}
