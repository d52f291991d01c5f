import type { FastifyRequest } from 'fastify';
import { RULES_NUMBER } from '../../core/forum/rules.ts';
import { Fault } from '../../errors.ts';
import { createForumMembers, type ForumMember } from '../../storage/forum-members.ts';
import { createForums, type Forum, type ForumPause } from '../../storage/forums.ts';
import { person } from '../../web/access.ts';
import type { Services } from '../../web/services.ts';

/** Somebody in a forum: a member, or a youth worker of it. */
export interface InForum {
  forum: Forum;
  accountId: string;
  /** Null for a youth worker. */
  member: ForumMember | null;
  /** Whether this is one of its youth workers. */
  isWorker: boolean;
}

export interface ForumAccess {
  /** The forums that somebody belongs to: one for a member, perhaps several for a youth worker. */
  ofPerson(request: FastifyRequest): Promise<InForum[]>;
  /**
   * The forum that somebody's words belong to, where the page belongs to none; null for whoever is in no forum.
   * @throws Fault 'house-rules' for a member who has to agree to them first; 'forum-ended' where all their forums were
   */
  toWriteIn(request: FastifyRequest): Promise<InForum | null>;
  /** @throws Fault 'not-found' unless the person signed in is a youth worker of the forum; 'forum-ended' where they would write in one that was */
  asWorker(request: FastifyRequest, forumId: string): Promise<InForum>;
  /** @throws Fault 'not-found' unless the person signed in is in the forum; 'house-rules' for a member who has to agree to them first; 'forum-ended' as `asWorker` */
  inForum(request: FastifyRequest, forumId: string): Promise<InForum>;
}

/** The pause that somebody is in: of the whole forum, or their own. Youth workers are adults at work and are in none. */
export function pauseOf({ forum, member }: InForum): ForumPause | undefined {
  if (!member) return undefined;
  return forum.pauses.find(({ accountId }) => accountId === null || accountId === member.accountId);
}

/** @throws Fault 'house-rules' for a member who has to agree to the rules as they are now */
export function demandAgreement({ member }: InForum): void {
  if (member && member.agreedRules < RULES_NUMBER) throw new Fault('house-rules');
}

/** Who is in which forum. A forum that somebody is not in is not there for them. */
export function createForumAccess({ database }: Services): ForumAccess {
  const forums = createForums(database);
  const members = createForumMembers(database);

  async function ofPerson(request: FastifyRequest): Promise<InForum[]> {
    const { accountId, authorityId, roles } = person(request);
    const all = await forums.list(authorityId);
    const member = roles.includes('forum-member') ? await members.find(accountId) : undefined;
    return all.flatMap((forum): InForum[] => {
      const isWorker = forum.workers.some((worker) => worker.accountId === accountId);
      const own = member?.forumId === forum.id && member.leftAt === null ? member : null;
      return isWorker || own ? [{ forum, accountId, member: isWorker ? null : own, isWorker }] : [];
    });
  }

  async function find(request: FastifyRequest, forumId: string): Promise<InForum> {
    const found = (await ofPerson(request)).find(({ forum }) => forum.id === forumId);
    if (!found) throw new Fault('not-found', `Forum ${forumId} is not one of this person's.`);
    // What was written stays to be read by youth workers, in case somebody asks after it.
    if (found.forum.ending && request.method !== 'GET') throw new Fault('forum-ended');
    return found;
  }

  return {
    ofPerson,
    async toWriteIn(request) {
      const all = await ofPerson(request);
      if (all.length === 0) return null;
      const open = all.find(({ forum }) => !forum.ending);
      if (!open) throw new Fault('forum-ended');
      demandAgreement(open);
      return open;
    },
    async asWorker(request, forumId) {
      const found = await find(request, forumId);
      if (!found.isWorker) throw new Fault('not-found', 'Only youth workers of this forum may do this.');
      return found;
    },
    async inForum(request, forumId) {
      const found = await find(request, forumId);
      demandAgreement(found);
      return found;
    },
  };
}
