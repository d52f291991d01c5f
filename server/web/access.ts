import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { Role } from '../core/roles.ts';
import type { HeaderSet } from './headers.ts';

/*
 * Who may use a route. Every route says so in its config; the server refuses to start if one does not.
 *   'anyone'      no account needed
 *   'respondent'  the person answering; the route itself checks their session
 *   'teacher'     whoever has the sheet of a class; the route itself checks their session
 *   roles         signed in and having at least one of them
 *   'signed-in'   any account
 */
export type Access = 'anyone' | 'respondent' | 'teacher' | 'signed-in' | readonly Role[];

/** The person behind a staff session. */
export interface SignedIn {
  accountId: string;
  authorityId: string;
  signInName: string;
  roles: readonly Role[];
  sessionId: string;
  /** Whether the authority is a demonstration; its pages say so. */
  demonstration: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    headers?: HeaderSet;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
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
  return access === 'signed-in' || access.some((role) => signedIn.roles.includes(role));
}

/** The person signed in, on routes that demand one. */
export function person(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw new Fault('not-allowed', 'This route needs a signed-in person.');
  return request.signedIn;
}
