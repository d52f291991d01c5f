import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAudit } from '../storage/audit.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { passwordFaults, PasswordField } from './account-forms.ts';
import { passwordPage } from './pages.ts';
import { hashPassword, passwordMatches } from '../web/passwords.ts';
import type { Tries } from './tries.ts';

const NewPassword = Type.Object({ current: PasswordField, password: PasswordField }, { additionalProperties: false });
const WithDone = Type.Object({ done: Type.Optional(Type.Literal('yes')) });

/** Changing one's own password, which ends every other session. */
export function passwordRoutes(app: App, { database, clock }: Services, tries: Tries): void {
  const accounts = createAccounts(database);
  const sessions = createStaffSessions(database);
  const audit = createAudit(database);

  app.get(
    '/people/password',
    { schema: { querystring: WithDone }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const me = person(request);
      if (!(await accounts.hasPassword(me.accountId))) throw new Fault('not-found');
      const form = { name: me.signInName, faults: [], done: request.query.done === 'yes' };
      return reply.page('people/password', passwordPage(request.language, form));
    },
  );

  app.post(
    '/people/password',
    { schema: { body: NewPassword }, config: { access: 'signed-in' } },
    async (request, reply) => {
      const { accountId, sessionId, signInName } = person(request);
      const faults = await passwordFormFaults(request, request.body);
      if (faults.length > 0) {
        const form = { name: signInName, faults, done: false };
        return reply.code(422).page('people/password', passwordPage(request.language, form));
      }
      await accounts.setPasswordHash(accountId, await hashPassword(request.body.password));
      await sessions.endOthers(accountId, sessionId, clock());
      await audit.write({ at: clock(), accountId, action: 'password-changed', subject: accountId });
      return reply.redirect('/people/password?done=yes', 303);
    },
  );

  async function passwordFormFaults(request: FastifyRequest, form: { current: string; password: string }) {
    const { signInName } = person(request);
    await tries.count(request.ip, signInName);
    const stored = await accounts.findPasswordHash(signInName);
    if (!(await passwordMatches(stored?.passwordHash, form.current))) {
      return [{ field: 'current', message: request.language.words.people.faultOwnPassword }];
    }
    await tries.forgive(request.ip, signInName);
    return passwordFaults(request.language, form.password, signInName);
  }
}
