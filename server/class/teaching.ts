import type { FastifyReply, FastifyRequest } from 'fastify';
import { createClassSessions } from '../storage/class-sessions.ts';
import { readClass, type ClassFacts } from '../web/class-facts.ts';
import type { Services } from '../web/services.ts';
import { CLASS_HREF } from './addresses.ts';

export const TEACHER_COOKIE = 'heard-class';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `createTeaching` before the routes of a class. */
    teaching: ClassFacts | null;
  }
}

/** Finds the class that this device is signed in to; without one the door is shown. */
export function createTeaching({ database, clock }: Services) {
  const sessions = createClassSessions(database);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const key = await sessions.find(request.cookies[TEACHER_COOKIE] ?? '', clock());
    const facts = key && (await readClass(database, key));
    if (!facts) return reply.redirect(CLASS_HREF, 303);
    request.teaching = facts;
    return undefined;
  };
}

export type Teaching = ReturnType<typeof createTeaching>;

/** The class of whoever asks, on routes that `createTeaching` comes before. */
export function classOf(request: FastifyRequest): ClassFacts {
  if (!request.teaching) throw new Error('This route runs a class without a session: give it the preHandler.');
  return request.teaching;
}
