import type { FastifyReply, FastifyRequest } from 'fastify';
import { readJoinCode } from '../core/fieldwork/class-codes.ts';
import type { Drafts } from '../storage/drafts.ts';
import { LANGUAGE_COOKIE } from '../web/requests.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE } from './carry-on.ts';

/*
 * Handing a class's device to the next pupil. The device remembers by which door its class comes in, and nothing of
 * whoever used it: the code on the board, or only that codes are typed here. It is the same however a survey ended, so
 * that what the page offers tells no choice (docs/decisions/0066).
 */
/** Holds a new code until it has been shown once. */
export const NEW_CODE_COOKIE = 'heard-new-code';
const TURN_COOKIE = 'heard-turn';
const TURN_PATH = '/respond';
/** Where the link "somebody else's turn" leads. */
export const NEXT_TURN_HREF = '/respond/turn';
/** Codes are typed on this device: those of slips. */
const TYPED = 'typed';

/** Notes that whoever comes next on this device joins the same class. */
export function noteJoined(reply: FastifyReply, { settings }: Services, joinCode: string): FastifyReply {
  return note(reply, settings.behindHttps, joinCode);
}

/** Notes whether this device is shared by those who type codes; on a device of one's own there is no next turn. */
export function noteTyped(reply: FastifyReply, { settings }: Services, ownDevice: boolean): FastifyReply {
  return ownDevice ? reply.clearCookie(TURN_COOKIE, { path: TURN_PATH }) : note(reply, settings.behindHttps, TYPED);
}

function note(reply: FastifyReply, secure: boolean, value: string): FastifyReply {
  return reply.setCookie(TURN_COOKIE, value, { path: TURN_PATH, httpOnly: true, sameSite: 'lax', secure });
}

/** Whether this device is a class's, so that somebody else's turn may come. */
export function isShared(request: FastifyRequest): boolean {
  return request.cookies[TURN_COOKIE] !== undefined;
}

/** The next pupil's turn: this device forgets the one before, and shows how one comes in. */
export function nextTurnRoutes(app: App, drafts: Drafts): void {
  // A link like that for leaving, so that any browser follows; what it ends can be resumed with its code.
  app.get(NEXT_TURN_HREF, { config: { access: 'respondent' } }, async (request, reply) => {
    const joinCode = readJoinCode(request.cookies[TURN_COOKIE] ?? '');
    await drafts.letGo(request.cookies[ANSWERING_COOKIE] ?? '');
    return reply
      .clearCookie(ANSWERING_COOKIE, { path: '/' })
      .clearCookie(NEW_CODE_COOKIE, { path: '/respond/new-code' })
      .clearCookie(TURN_COOKIE, { path: TURN_PATH })
      .clearCookie(LANGUAGE_COOKIE, { path: '/' })
      .redirect(joinCode ? `/class/join/${joinCode}` : '/', 303);
  });
}
