import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { mayHaveFactor } from '../core/people/second-factor.ts';
import { Fault } from '../errors.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAudit } from '../storage/audit.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createSecondFactors } from '../storage/second-factors.ts';
import { knownPerson, person, type SignedIn } from '../web/access.ts';
import { localPath } from '../web/requests.ts';
import type { App, Services } from '../web/services.ts';
import type { Entrance } from './entrance.ts';
import { recoveryCodesPage, secondFactorPage, secondStepPage, type FactorFacts } from './factor-pages.ts';
import { passwordMatches } from '../web/passwords.ts';
import { newRecoveryCodes, newSecret, readCode, setUpAddress, stepOf } from './totp.ts';
import { codeTries, type Tries } from './tries.ts';

const Next = Type.Optional(Type.String({ maxLength: 2000 }));
const WithNext = Type.Object({ next: Next });
const Code = Type.Object({ code: Type.String({ maxLength: 40 }), next: Next }, { additionalProperties: false });
const Begin = Type.Object(
  { password: Type.Optional(Type.String({ maxLength: 200 })), next: Next },
  { additionalProperties: false },
);
const Password = Type.Object({ password: Type.String({ maxLength: 200 }) }, { additionalProperties: false });

/** The second step of signing in, and setting it up. */
export function factorRoutes(app: App, services: Services, entrance: Entrance, passwords: Tries): void {
  const { database, secrets, clock } = services;
  const accounts = createAccounts(database);
  const authorities = createAuthorities(database);
  const factors = createSecondFactors(database, secrets);
  const audit = createAudit(database);
  const tries = codeTries();
  const note = (accountId: string, action: Parameters<typeof audit.write>[0]['action']) =>
    audit.write({ at: clock(), accountId, action, subject: accountId });

  app.get(
    '/people/second-step',
    { schema: { querystring: WithNext }, config: { access: 'entering' } },
    async (request, reply) => {
      const { next = '' } = request.query;
      if (request.entering?.awaits !== 'code') return reply.redirect(localPath(next, '/people'), 303);
      return reply.page('people/second-step', secondStepPage(request.language, { next, refused: false }));
    },
  );

  app.post(
    '/people/second-step',
    { schema: { body: Code }, config: { access: 'entering' } },
    async (request, reply) => {
      const { code, next = '' } = request.body;
      const { accountId } = knownPerson(request);
      if (request.entering?.awaits !== 'code') return reply.redirect(localPath(next, '/people'), 303);
      await tries.count(request.ip, accountId);
      if (!(await takeStep(accountId, code))) {
        await note(accountId, 'second-step-refused');
        return reply.code(422).page('people/second-step', secondStepPage(request.language, { next, refused: true }));
      }
      await tries.forgive(request.ip, accountId);
      return entrance.leadOn(reply, await entrance.open(request, reply, accountId, true), next);
    },
  );

  /** Uses a code of the device, or a recovery code, up. */
  async function takeStep(accountId: string, typed: string): Promise<boolean> {
    const code = readCode(typed);
    const factor = await factors.confirmed(accountId);
    if (!code || !factor) return false;
    if ('recovery' in code) {
      const used = await factors.useCode(accountId, code.recovery, clock());
      if (used) await note(accountId, 'recovery-code-used');
      return used;
    }
    const step = stepOf(factor.secret, code.app, clock());
    return step !== undefined && (await factors.useStep(factor.id, step));
  }

  app.get(
    '/people/second-factor',
    { schema: { querystring: WithNext }, config: { access: 'entering' } },
    async (request, reply) => {
      const me = settingUp(request);
      const facts = await factorFacts(request, me, request.query.next ?? '');
      return reply.page('people/second-factor', secondFactorPage(request.language, facts));
    },
  );

  app.post(
    '/people/second-factor',
    { schema: { body: Begin }, config: { access: 'entering' } },
    async (request, reply) => {
      const me = settingUp(request);
      const { next = '', password = '' } = request.body;
      const { confirmedAt } = await factors.state(me.accountId);
      if (confirmedAt !== null && !(await isOwnPassword(request, me, password))) {
        const facts = await factorFacts(request, me, next);
        const fault = { field: 'password', words: 'faultOwnPassword' } as const;
        return reply.code(422).page('people/second-factor', secondFactorPage(request.language, { ...facts, fault }));
      }
      await factors.begin(me.accountId, newSecret(), clock());
      return reply.redirect(`/people/second-factor?next=${encodeURIComponent(localPath(next, '/people'))}`, 303);
    },
  );

  app.post(
    '/people/second-factor/confirmation',
    { schema: { body: Code }, config: { access: 'entering' } },
    async (request, reply) => {
      const me = settingUp(request);
      const { code, next = '' } = request.body;
      await tries.count(request.ip, me.accountId);
      const codes = await confirmDevice(me.accountId, code);
      if (!codes) {
        const facts = await factorFacts(request, me, next);
        const fault = { field: 'code', words: 'faultCode' } as const;
        return reply.code(422).page('people/second-factor', secondFactorPage(request.language, { ...facts, fault }));
      }
      await tries.forgive(request.ip, me.accountId);
      await note(me.accountId, 'second-factor-set-up');
      await entrance.open(request, reply, me.accountId, true);
      return reply.page(
        'people/recovery-codes',
        recoveryCodesPage(request.language, codes, localPath(next, '/people')),
      );
    },
  );

  /** @returns new recovery codes, undefined if the code is not that of the device which waits for it */
  async function confirmDevice(accountId: string, typed: string): Promise<string[] | undefined> {
    const code = readCode(typed);
    const begun = await factors.begun(accountId);
    if (!begun || !code || !('app' in code)) return undefined;
    const step = stepOf(begun.secret, code.app, clock());
    if (step === undefined) return undefined;
    const codes = newRecoveryCodes();
    return (await factors.confirm(accountId, begun.id, step, codes, clock())) ? codes : undefined;
  }

  app.post(
    '/people/recovery-codes',
    { schema: { body: Password }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const me = person(request);
      const { confirmedAt } = await factors.state(me.accountId);
      if (confirmedAt === null) throw new Fault('not-ready', 'Recovery codes need a second factor.');
      if (!(await isOwnPassword(request, me, request.body.password))) {
        const facts = await factorFacts(request, me, '');
        const fault = { field: 'password', words: 'faultOwnPassword' } as const;
        return reply.code(422).page('people/second-factor', secondFactorPage(request.language, { ...facts, fault }));
      }
      const codes = newRecoveryCodes();
      await factors.replaceCodes(me.accountId, codes, clock());
      await note(me.accountId, 'recovery-codes-made');
      return reply.page('people/recovery-codes', recoveryCodesPage(request.language, codes, '/people/second-factor'));
    },
  );

  async function isOwnPassword(request: FastifyRequest, me: SignedIn, password: string): Promise<boolean> {
    await passwords.count(request.ip, me.signInName);
    const account = await accounts.findPasswordHash(me.signInName);
    const matches = await passwordMatches(account?.passwordHash, password);
    if (matches) await passwords.forgive(request.ip, me.signInName);
    return matches;
  }

  async function factorFacts(request: FastifyRequest, me: SignedIn, next: string): Promise<FactorFacts> {
    const begun = await factors.begun(me.accountId);
    const authority = await authorities.find(me.authorityId);
    return {
      demanded: request.entering !== null,
      next,
      state: await factors.state(me.accountId),
      begun: begun
        ? { secret: begun.secret, address: setUpAddress(begun.secret, me.signInName, authority?.name ?? '') }
        : null,
    };
  }
}

/**
 * Whoever may set a second factor up now: somebody signed in, or led here first of all. Not whoever has one and has
 * not shown it, for they would go round it.
 */
function settingUp(request: FastifyRequest): SignedIn {
  const me = knownPerson(request);
  if (request.entering?.awaits === 'code') throw new Fault('not-allowed', 'The second step has to be taken first.');
  if (!mayHaveFactor(me.roles)) throw new Fault('not-found', 'Forum members have no second factor.');
  return me;
}
