import type { FastifyReply, FastifyRequest } from 'fastify';
import { createAudit } from '../storage/audit.ts';
import { createStaffSessions, type SessionHolder } from '../storage/staff-sessions.ts';
import { knowHolder, localPath, STAFF_COOKIE } from '../web/requests.ts';
import type { Services } from '../web/services.ts';

const SESSION_HOURS = 8;

/** How somebody comes in, whichever way they proved who they are. */
export interface Entrance {
  /**
   * Gives this browser a new session, in place of the one that it had. Whoever needs no further step is signed in.
   * @param factorPassed whether the second step was taken
   */
  open(request: FastifyRequest, reply: FastifyReply, accountId: string, factorPassed: boolean): Promise<SessionHolder>;
  /** Leads on to where somebody wanted to go, or to the step that is still awaited. */
  leadOn(reply: FastifyReply, holder: SessionHolder, next: string): FastifyReply;
}

export function createEntrance({ database, settings, clock }: Services): Entrance {
  const sessions = createStaffSessions(database);
  const audit = createAudit(database);
  return {
    async open(request, reply, accountId, factorPassed) {
      const now = clock();
      const former = request.signedIn ?? request.entering;
      if (former) await sessions.end(former.sessionId, former.accountId, now);
      const expiresAt = new Date(Date.parse(now) + SESSION_HOURS * 3_600_000).toISOString();
      const token = await sessions.start(accountId, now, expiresAt, factorPassed ? now : null);
      const holder = await sessions.find(token, now);
      if (!holder) throw new Error(`The session of account ${accountId} was over as soon as it began.`);
      knowHolder(request, holder);
      if (holder.awaits === null) await audit.write({ at: now, accountId, action: 'signed-in', subject: 'sign-in' });
      reply.setCookie(STAFF_COOKIE, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: settings.behindHttps,
      });
      return holder;
    },
    leadOn(reply, { awaits }, next) {
      const path = localPath(next, '/people');
      const door = { code: '/people/second-step', 'set-up': '/people/second-factor' };
      return reply.redirect(awaits === null ? path : `${door[awaits]}?next=${encodeURIComponent(path)}`, 303);
    },
  };
}
