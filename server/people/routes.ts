import { Type } from 'typebox';
import { ROLES, type Role } from '../core/roles.ts';
import { Fault } from '../errors.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAudit } from '../storage/audit.ts';
import { createSecondFactors } from '../storage/second-factors.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { createEntrance } from './entrance.ts';
import { factorRoutes } from './factor-routes.ts';
import { accountsPage, homePage } from './pages.ts';
import { hashPassword } from './passwords.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { passwordTries } from './tries.ts';

const NewAccount = Type.Object(
  {
    name: Type.String({ maxLength: 40 }),
    password: Type.String({ maxLength: 200 }),
    roles: Type.Optional(Type.Array(Type.Enum(ROLES), { maxItems: ROLES.length })),
  },
  { additionalProperties: false },
);
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const WithAdded = Type.Object({ added: Type.Optional(Type.Literal('yes')) });

export async function peopleRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const accounts = createAccounts(database);
  const sessions = createStaffSessions(database);
  const audit = createAudit(database);
  const factors = createSecondFactors(database, services.secrets);
  const entrance = createEntrance(services);
  const tries = passwordTries();
  signInRoutes(app, services, entrance, tries);
  factorRoutes(app, services, entrance, tries);

  app.get('/people', { config: { access: 'signed-in' } }, async (request, reply) => {
    const me = person(request);
    const facts = {
      sessions: await sessions.listOpen(me.accountId, clock()),
      hasFactor: (await factors.state(me.accountId)).confirmedAt !== null,
    };
    return reply.page('people/home', homePage(request.language, me, facts));
  });

  app.post('/people/sessions-ending', { config: { access: 'signed-in' } }, async (request, reply) => {
    const { accountId, sessionId } = person(request);
    await sessions.endOthers(accountId, sessionId, clock());
    await audit.write({ at: clock(), accountId, action: 'session-ended', subject: 'all others' });
    return reply.redirect('/people', 303);
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
    const withFactor = await factors.accountsWith(authorityId);
    return Promise.all(
      list.map(async (account) => ({
        ...account,
        openSessions: (await sessions.listOpen(account.id, clock())).length,
        hasFactor: withFactor.has(account.id),
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
    '/people/accounts/:id/second-factor-reset',
    { schema: { params: WithId }, config: { access: ['administrator'] } },
    async (request, reply) => {
      const { accountId, authorityId } = person(request);
      const { id } = request.params;
      const known = (await accounts.list(authorityId)).some((account) => account.id === id);
      if (!known || id === accountId) throw new Fault('not-found');
      await factors.remove(id);
      await sessions.endAll(id, clock());
      await audit.write({ at: clock(), accountId, action: 'second-factor-reset', subject: id });
      return reply.redirect('/people/accounts', 303);
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
