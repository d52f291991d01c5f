import { Type } from 'typebox';
import { looksLikePassphrase, plainPassphrase } from '../core/forum/passphrase.ts';
import { normalSignInName } from '../core/people/sign-in-name.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAudit } from '../storage/audit.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { knownPerson } from '../web/access.ts';
import { STAFF_COOKIE } from '../web/requests.ts';
import type { App, Services } from '../web/services.ts';
import { councilHref } from './council-routes.ts';
import type { Council } from './council.ts';
import type { Entrance } from './entrance.ts';
import { signInPage } from './pages.ts';
import { passwordMatches } from '../web/passwords.ts';
import type { Tries } from './tries.ts';

const SignIn = Type.Object(
  {
    name: Type.String({ maxLength: 40 }),
    password: Type.String({ maxLength: 200 }),
    next: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);
const WithNext = Type.Object({ next: Type.Optional(Type.String({ maxLength: 2000 })) });

/** Coming in with a name and a password, and going out again. */
export function signInRoutes(
  app: App,
  services: Services,
  entrance: Entrance,
  ways: { tries: Tries; council: Council | undefined },
): void {
  const { tries, council } = ways;
  const { database, clock } = services;
  const accounts = createAccounts(database);
  const sessions = createStaffSessions(database);
  const audit = createAudit(database);

  app.get('/people/sign-in', { schema: { querystring: WithNext }, config: { access: 'anyone' } }, (request, reply) =>
    reply.page(
      'people/sign-in',
      signInPage(request.language, {
        name: '',
        next: request.query.next ?? '',
        refused: false,
        councilHref: councilHref(council, { next: request.query.next ?? '' }),
      }),
    ),
  );

  app.post('/people/sign-in', { schema: { body: SignIn }, config: { access: 'anyone' } }, async (request, reply) => {
    const { password, next = '' } = request.body;
    const name = normalSignInName(request.body.name);
    await tries.count(request.ip, name);
    const account = await accounts.findPasswordHash(name);
    const plain = plainPassphrase(password);
    // A pass-phrase of words is right however it is spaced and capitalised.
    const matches =
      (await passwordMatches(account?.passwordHash, password)) ||
      (plain !== password && looksLikePassphrase(password) && (await passwordMatches(account?.passwordHash, plain)));
    if (!account || !matches) {
      await audit.write({ at: clock(), accountId: account?.id ?? null, action: 'sign-in-refused', subject: 'sign-in' });
      return reply
        .code(422)
        .page(
          'people/sign-in',
          signInPage(request.language, { name, next, refused: true, councilHref: councilHref(council, { next }) }),
        );
    }
    await tries.forgive(request.ip, name);
    return entrance.leadOn(reply, await entrance.open(request, reply, account.id, false), next);
  });

  app.post('/people/sign-out', { config: { access: 'entering' } }, async (request, reply) => {
    const { sessionId, accountId } = knownPerson(request);
    await sessions.end(sessionId, accountId, clock());
    await audit.write({ at: clock(), accountId, action: 'signed-out', subject: 'sign-out' });
    return reply.clearCookie(STAFF_COOKIE, { path: '/' }).redirect('/people/sign-in', 303);
  });
}
