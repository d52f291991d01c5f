import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { Area, AreaPlace } from '../core/people/area.ts';
import type { AwaitedStep } from '../core/people/second-factor.ts';
import type { Role } from '../core/roles.ts';
import type { HeaderSet } from './headers.ts';

/*
 * Who may use a route. Every route says so in its config; the server refuses to start if one does not.
 *   'anyone'      no account needed
 *   'respondent'  the person answering; the route itself checks their session
 *   'teacher'     whoever has the sheet of a class; the route itself checks their session
 *   roles         signed in and having at least one of them
 *   'signed-in'   any account
 *   'entering'    any account, also where only the password was given and the second step is still to come
 */
export type Access = 'anyone' | 'respondent' | 'teacher' | 'signed-in' | 'entering' | readonly Role[];

/** The person behind a staff session. */
export interface SignedIn {
  accountId: string;
  authorityId: string;
  signInName: string;
  roles: readonly Role[];
  /** The places that they are bound to, by name; null for the whole authority. */
  area: readonly AreaPlace[] | null;
  sessionId: string;
  /** Whether the authority is a demonstration; its pages say so. */
  demonstration: boolean;
}

/** Somebody who gave the right password and has to take the second step, or to set it up, before anything opens. */
export interface Entering extends SignedIn {
  awaits: AwaitedStep;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    headers?: HeaderSet;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
    /** Never set together with `signedIn`. */
    entering: Entering | null;
  }
}

/** Refuses, at registration, any route that does not state its access. */
export function demandAccess(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.access) {
      throw new Error(
        `Route ${String(route.method)} ${route.url} does not say who may use it: expected config.access. Give it one (see server/web/access.ts).`,
      );
    }
  });
}

/** Whether this person may use a route. */
export function mayUse(access: Access, signedIn: SignedIn | null): boolean {
  if (access === 'anyone' || access === 'respondent' || access === 'teacher') return true;
  if (!signedIn) return false;
  return access === 'signed-in' || access === 'entering' || access.some((role) => signedIn.roles.includes(role));
}

/** Whoever gave the right password, signed in or not yet, on routes for 'entering'. */
export function knownPerson(request: FastifyRequest): SignedIn {
  const known = request.signedIn ?? request.entering;
  if (!known) throw new Fault('not-allowed', 'This route needs somebody who gave a password.');
  return known;
}

/** The person signed in, on routes that demand one. */
export function person(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw new Fault('not-allowed', 'This route needs a signed-in person.');
  return request.signedIn;
}

/** The area that somebody signed in is bound to, as releases take it. */
export function areaOf({ area }: SignedIn): Area {
  return area === null ? null : area.map(({ id }) => id).toSorted();
}
