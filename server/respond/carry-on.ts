import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { Drafts, HeldSession } from '../storage/drafts.ts';
import type { HeldDraft } from '../storage/held-drafts.ts';
import { placeIn, type Place } from './place.ts';
import type { WaveContent, WaveContents } from '../web/wave-content.ts';

export const ANSWERING_COOKIE = 'heard-answering';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `carryOn` before the routes that answer. */
    answering: { draft: HeldDraft; content: WaveContent } | null;
  }
  interface FastifyContextConfig {
    /** Of a page for somebody who answers: it opens although what they answered is hidden. */
    whileHidden?: true;
  }
}

/** The draft that this device carries on. @throws Fault if there is none, or it went elsewhere, or the wave closed */
export function heldDraft(drafts: Drafts, request: FastifyRequest): HeldDraft {
  return draftOf(drafts.hold(request.cookies[ANSWERING_COOKIE] ?? ''));
}

/** The draft of a session that was found. @throws Fault if there is none, or it went elsewhere, or the wave closed */
export function draftOf(session: HeldSession): HeldDraft {
  if (session === 'elsewhere') throw new Fault('carried-on-elsewhere');
  if (session === 'none') throw new Fault('session-over');
  if (session === 'closing') throw new Fault('wave-closed');
  return session.draft;
}

/**
 * Finds the draft and what its wave asks before a route begins. Both are nearly always in memory, and then
 * nothing is waited for: a promise on each request is felt on the answer path.
 */
export function createCarryOn(drafts: Drafts, contents: WaveContents) {
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const draft = heldDraft(drafts, request);
    if (draft.body.hidden && !request.route.config.whileHidden) {
      reply.redirect('/respond/picture', 303);
      return;
    }
    const known = contents.known(draft.waveId);
    if (known) {
      request.answering = { draft, content: known };
      request.askedLanguages = known.languages;
      return done();
    }
    contents.read(draft.waveId).then((content) => {
      request.answering = { draft, content };
      request.askedLanguages = content.languages;
      done();
    }, done);
  };
}

export type CarryOn = ReturnType<typeof createCarryOn>;

/** What `carryOn` found. */
export function answering(request: FastifyRequest): { draft: HeldDraft; content: WaveContent } {
  if (!request.answering) throw new Error('This route answers without carrying a draft on: give it the preHandler.');
  return request.answering;
}

/** Where the person is who asks. */
export function placeOf(request: FastifyRequest): Place {
  const { draft, content } = answering(request);
  return placeIn(content, draft);
}
