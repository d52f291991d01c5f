import { Type } from 'typebox';
import { createAccounts } from '../storage/accounts.ts';
import { createAudit } from '../storage/audit.ts';
import { createSecondFactors } from '../storage/second-factors.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { accountRoutes } from './account-routes.ts';
import { councilRoutes } from './council-routes.ts';
import { createCouncil } from './council.ts';
import { createEntrance } from './entrance.ts';
import { factorRoutes } from './factor-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { homePage } from './pages.ts';
import { passwordRoutes } from './password-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { passwordTries } from './tries.ts';

const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** Signing in, one's own sessions, and the people of an authority. */
export async function peopleRoutes(app: App, services: Services): Promise<void> {
  const entrance = createEntrance(services);
  const tries = passwordTries();
  const council = createCouncil(services.settings);
  signInRoutes(app, services, entrance, { tries, council });
  councilRoutes(app, services, entrance, council);
  factorRoutes(app, services, entrance, tries);
  passwordRoutes(app, services, tries);
  homeRoutes(app, services);
  invitationRoutes(app, services, entrance, { list: accountRoutes(app, services), council });
}

/** What somebody can do, and where they are signed in. */
function homeRoutes(app: App, { database, secrets, clock }: Services): void {
  const accounts = createAccounts(database);
  const sessions = createStaffSessions(database);
  const factors = createSecondFactors(database, secrets);
  const audit = createAudit(database);

  app.get('/people', { config: { access: 'signed-in' } }, async (request, reply) => {
    const me = person(request);
    const facts = {
      sessions: await sessions.listOpen(me.accountId, clock()),
      hasFactor: (await factors.state(me.accountId)).confirmedAt !== null,
      hasPassword: await accounts.hasPassword(me.accountId),
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
}
