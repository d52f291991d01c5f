import type { FastifyReply, FastifyRequest } from 'fastify';
import { seal, unseal } from '../storage/sealing.ts';
import type { Services } from '../web/services.ts';
import type { Errand, Identity } from './council.ts';

const COOKIE = 'heard-council';
const PATH = '/people/council';
const MINUTES = 15;

/** On the way to the provider. `invitation` is the token of whoever was invited, empty for everybody else. */
export interface Outbound {
  way: 'out';
  errand: Errand;
  invitation: string;
  next: string;
}

/** Back from the provider with an invitation, about to choose a sign-in name. */
export interface Joining {
  way: 'joining';
  identity: Identity;
  invitation: string;
}

/** What the browser carries between here and the council's sign-in: sealed, for a quarter of an hour. */
export interface CouncilCookie {
  set(reply: FastifyReply, carried: Outbound | Joining): void;
  read<Way extends 'out' | 'joining'>(
    request: FastifyRequest,
    way: Way,
  ): Extract<Outbound | Joining, { way: Way }> | undefined;
  clear(reply: FastifyReply): void;
}

export function createCouncilCookie({ secrets, settings, clock }: Services): CouncilCookie {
  const key = secrets.peopleKey('council-sign-in');
  return {
    set(reply, carried) {
      const until = new Date(Date.parse(clock()) + MINUTES * 60_000).toISOString();
      const value = seal(key, JSON.stringify({ until, carried })).toString('base64url');
      const options = { path: PATH, httpOnly: true, sameSite: 'lax', secure: settings.behindHttps } as const;
      reply.setCookie(COOKIE, value, { ...options, maxAge: MINUTES * 60 });
    },
    read(request, way) {
      const text = opened(key, request.cookies[COOKIE] ?? '');
      if (text === undefined) return undefined;
      // Only this server can have sealed it, so it has this shape.
      const { until, carried } = JSON.parse(text) as { until: string; carried: Outbound | Joining };
      if (until <= clock() || carried.way !== way) return undefined;
      return carried as Extract<Outbound | Joining, { way: typeof way }>;
    },
    clear: (reply) => void reply.clearCookie(COOKIE, { path: PATH }),
  };
}

function opened(key: Parameters<typeof unseal>[0], value: string): string | undefined {
  try {
    return unseal(key, Buffer.from(value, 'base64url'));
  } catch {
    return undefined;
  }
}
