import type { FastifyRequest } from 'fastify';
import { Fault } from '../../errors.ts';
import type { ForumAccess, InForum } from '../forum/forum-access.ts';
import type { SeenProposal } from './seen-proposals.ts';

/** Whether somebody is a youth worker of the forum that a proposal is a matter of; one that is no forum's is anybody's. */
export function isItsWorker(viewers: readonly InForum[], { forumId }: SeenProposal): boolean {
  return forumId === null || viewers.some(({ forum, isWorker }) => isWorker && forum.id === forumId && !forum.ending);
}

/** @throws Fault 'not-allowed' for a youth worker of another forum, or of one that ended */
export async function demandWorker(
  request: FastifyRequest,
  access: ForumAccess,
  proposal: SeenProposal,
): Promise<void> {
  if (!isItsWorker(await access.ofPerson(request), proposal))
    throw new Fault('not-allowed', 'Only youth workers of its forum do this with a proposal.');
}
