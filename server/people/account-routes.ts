import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { mayAgree } from '../core/people/granting.ts';
import type { Role } from '../core/roles.ts';
import { Fault } from '../errors.ts';
import { createAccountAreas } from '../storage/account-areas.ts';
import { createAccounts, type Account } from '../storage/accounts.ts';
import { createApproverRequests } from '../storage/approver-requests.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createInvitations } from '../storage/invitations.ts';
import { createSecondFactors } from '../storage/second-factors.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { person, type SignedIn } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import type { Views } from '../web/views.ts';
import { areaFaults, Areas, roleFaults, Roles, WithId } from './account-forms.ts';
import {
  accountHref,
  accountPage,
  accountsPage,
  DONE,
  type AccountForm,
  type Done,
  type ListedAccount,
} from './account-pages.ts';

const WithDone = Type.Object({ done: Type.Optional(Type.Enum(DONE)) }, { additionalProperties: false });
/** Whoever makes releases, or lets people in who do, is no approver. */
const BARS_APPROVING: readonly Role[] = ['analyst', 'administrator'];
const ACCESS = { access: ['administrator'] } as const;

export interface AccountList {
  show(request: FastifyRequest, reply: FastifyReply, form: AccountForm): Promise<FastifyReply>;
}

const authorityOf = (me: SignedIn) => (me.demonstration ? 'demonstration' : 'real');

/** The people of an authority, for its administrators. Nobody changes what they themselves may do. */
export function accountRoutes(app: App, { database, secrets, clock }: Services): AccountList {
  const accounts = createAccounts(database);
  const areas = createAccountAreas(database);
  const sessions = createStaffSessions(database);
  const factors = createSecondFactors(database, secrets);
  const invitations = createInvitations(database);
  const requests = createApproverRequests(database);
  const audit = createAudit(database);

  const today = () => clock().slice(0, 10);

  const note = (request: FastifyRequest, action: AuditAction, subject: string) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject });

  async function listed(authorityId: string): Promise<ListedAccount[]> {
    const withFactor = await factors.accountsWith(authorityId);
    const waiting = await requests.waiting(authorityId);
    const bound = await areas.ofAuthority(authorityId);
    return Promise.all(
      (await accounts.list(authorityId)).map(async (account) => ({
        ...account,
        openSessions: (await sessions.listOpen(account.id, clock())).length,
        hasFactor: withFactor.has(account.id),
        hasPassword: await accounts.hasPassword(account.id),
        waits: waiting.has(account.id),
        places: bound.get(account.id) ?? [],
      })),
    );
  }

  const show: AccountList['show'] = async (request, reply, form) => {
    const me = person(request);
    const { done } = request.query as { done?: Done };
    return reply.page(
      'people/accounts',
      accountsPage(request.language, {
        accounts: await listed(me.authorityId),
        invitations: await invitations.list(me.authorityId, clock()),
        invited: await areas.ofInvitations(me.authorityId),
        areas: await areas.choices(me.authorityId, today()),
        authority: authorityOf(me),
        form,
        done,
      }),
    );
  };

  app.get('/people/accounts', { schema: { querystring: WithDone }, config: ACCESS }, (request, reply) =>
    show(request, reply, { roles: [], areas: [], faults: [] }),
  );

  /** @throws Fault 'not-found' unless it is an account of one's own authority */
  async function accountOf(request: FastifyRequest): Promise<Account> {
    const account = await accounts.find(person(request).authorityId, (request.params as { id: string }).id);
    if (!account) throw new Fault('not-found');
    return account;
  }

  /** @throws Fault 'own-work' for one's own account, too */
  async function otherAccount(request: FastifyRequest): Promise<Account> {
    const account = await accountOf(request);
    if (account.id === person(request).accountId) throw new Fault('own-work');
    return account;
  }

  async function approverState(me: SignedIn, account: Account): Promise<Views['people/account']['approver']> {
    const request = await requests.find(account.id);
    if (request) {
      const agreeing = mayAgree(me.accountId, request, await invitations.invitedBy(me.authorityId));
      return agreeing ? 'may-agree' : 'waits';
    }
    const grantable = !account.roles.some((role) => role === 'approver' || BARS_APPROVING.includes(role));
    return !me.demonstration && grantable && account.id !== me.accountId ? 'may-ask' : 'none';
  }

  async function showOne(request: FastifyRequest, reply: FastifyReply, form: Partial<AccountForm> = {}) {
    const me = person(request);
    const { id } = await accountOf(request);
    const account = (await listed(me.authorityId)).find((one) => one.id === id)!;
    const invitedBy = (await invitations.invitedBy(me.authorityId)).get(id);
    const asked = await requests.find(id);
    return reply.page(
      'people/account',
      accountPage(request.language, {
        account,
        own: id === me.accountId,
        authority: authorityOf(me),
        invitedBy: invitedBy ? await accounts.nameOf(invitedBy) : null,
        approver: await approverState(me, account),
        askedBy: asked ? await accounts.nameOf(asked.requestedBy) : '',
        areas: await areas.choices(me.authorityId, today()),
        form: { roles: account.roles, areas: account.places.map((place) => place.id), faults: [], ...form },
        done: (request.query as { done?: Done }).done,
      }),
    );
  }

  app.get(
    '/people/accounts/:id',
    { schema: { params: WithId, querystring: WithDone }, config: ACCESS },
    (request, reply) => showOne(request, reply),
  );

  app.post(
    '/people/accounts/:id/roles',
    { schema: { params: WithId, body: Roles }, config: ACCESS },
    async (request, reply) => {
      const account = await otherAccount(request);
      const roles = request.body.roles ?? [];
      const standing = { authority: authorityOf(person(request)), held: account.roles } as const;
      const faults = roleFaults(request.language, roles, standing);
      if (faults.length === 0) {
        const outcome = await accounts.setRoles(account, roles);
        if (outcome === 'last-reader') throw new Fault('last-reader');
        if (outcome === 'done') {
          await sessions.endAll(account.id, clock());
          await note(request, 'roles-changed', `${account.id} ${roles.join(' ')}`);
          return reply.redirect(`${accountHref(account.id)}?done=roles-changed`, 303);
        }
        faults.push({ field: 'roles', message: request.language.words.people.faultLastAdministrator });
      }
      return showOne(request, reply.code(422), { roles, faults });
    },
  );

  app.post(
    '/people/accounts/:id/areas',
    { schema: { params: WithId, body: Areas }, config: ACCESS },
    async (request, reply) => {
      const me = person(request);
      const account = await otherAccount(request);
      const chosen = request.body.areas ?? [];
      const choices = await areas.choices(me.authorityId, today());
      const faults = areaFaults(request.language, account.roles, chosen, choices);
      if (faults.length > 0) return showOne(request, reply.code(422), { areas: chosen, faults });
      await areas.set(account.id, chosen, me.accountId, clock());
      await sessions.endAll(account.id, clock());
      await note(request, 'areas-changed', [account.id, ...chosen].join(' '));
      return reply.redirect(`${accountHref(account.id)}?done=areas-changed`, 303);
    },
  );

  app.post('/people/accounts/:id/ending', { schema: { params: WithId }, config: ACCESS }, async (request, reply) => {
    const account = await otherAccount(request);
    const outcome = await accounts.end(account, clock());
    if (outcome === 'last-administrator') throw new Fault('not-ready');
    if (outcome === 'last-reader') throw new Fault('last-reader');
    await requests.settle(account.id);
    await note(request, 'account-ended', account.id);
    return reply.redirect('/people/accounts?done=account-ended', 303);
  });

  app.post(
    '/people/accounts/:id/sessions-ending',
    { schema: { params: WithId }, config: ACCESS },
    async (request, reply) => {
      const { id } = await accountOf(request);
      await sessions.endAll(id, clock());
      await note(request, 'session-ended', id);
      return reply.redirect(`${accountHref(id)}?done=sessions-ended`, 303);
    },
  );

  app.post(
    '/people/accounts/:id/second-factor-reset',
    { schema: { params: WithId }, config: ACCESS },
    async (request, reply) => {
      const { id } = await otherAccount(request);
      await factors.remove(id);
      await sessions.endAll(id, clock());
      await note(request, 'second-factor-reset', id);
      return reply.redirect(`${accountHref(id)}?done=factor-reset`, 303);
    },
  );

  app.post(
    '/people/accounts/:id/approver-request',
    { schema: { params: WithId }, config: ACCESS },
    async (request, reply) => {
      const me = person(request);
      const account = await otherAccount(request);
      if ((await approverState(me, account)) !== 'may-ask') throw new Fault('already-done');
      await requests.ask(account.id, me.accountId, clock());
      await note(request, 'approver-requested', account.id);
      return reply.redirect(`${accountHref(account.id)}?done=asked`, 303);
    },
  );

  app.post(
    '/people/accounts/:id/approver-agreement',
    { schema: { params: WithId }, config: ACCESS },
    async (request, reply) => {
      const account = await otherAccount(request);
      const state = await approverState(person(request), account);
      if (state === 'waits') throw new Fault('own-work');
      // Somebody may have been made an analyst or an administrator since it was asked for.
      if (account.roles.some((role) => BARS_APPROVING.includes(role))) throw new Fault('not-ready');
      if (state !== 'may-agree' || !(await requests.settle(account.id))) throw new Fault('already-done');
      await accounts.setRoles(account, [...new Set([...account.roles, 'approver' as const])]);
      await sessions.endAll(account.id, clock());
      await note(request, 'approver-agreed', account.id);
      return reply.redirect(`${accountHref(account.id)}?done=agreed`, 303);
    },
  );

  app.post(
    '/people/accounts/:id/approver-refusal',
    { schema: { params: WithId }, config: ACCESS },
    async (request, reply) => {
      const account = await accountOf(request);
      if (!(await requests.settle(account.id))) throw new Fault('already-done');
      await note(request, 'approver-refused', account.id);
      return reply.redirect(`${accountHref(account.id)}?done=refused`, 303);
    },
  );

  return { show };
}
