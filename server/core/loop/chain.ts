/*
 * A finding and what has followed from it. An action needs a finding, a reply needs an action, and a reply
 * that is public is never changed: what comes after it is a further reply to the same action.
 */

/** How far a finding has come. */
export const FINDING_STATES = ['finding', 'action', 'reply', 'published'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export interface ChainCounts {
  actions: number;
  replies: number;
  published: number;
}

export function findingState({ actions, replies, published }: ChainCounts): FindingState {
  if (published > 0) return 'published';
  if (replies > 0) return 'reply';
  return actions > 0 ? 'action' : 'finding';
}

export interface ChainAction {
  id: string;
  replies: readonly ChainReply[];
}
export interface ChainReply {
  id: string;
  /** Null while it waits. */
  publishedAt: string | null;
}

/** The reply of an action that waits to be published; there is never more than one. */
export function waitingReply<Reply extends ChainReply>(replies: readonly Reply[]): Reply | undefined {
  return replies.find((reply) => reply.publishedAt === null);
}

/** What a planner is led to: the first thing in the chain that has nothing after it. */
export type NextStep =
  | { step: 'action' }
  | { step: 'reply'; actionId: string }
  | { step: 'publication'; replyId: string }
  | { step: 'none' };

/** @param mayBePublic false where the finding's own reply never may be: then a written reply is the end */
export function nextStep(actions: readonly ChainAction[], mayBePublic: boolean): NextStep {
  if (actions.length === 0) return { step: 'action' };
  const unanswered = actions.find((action) => action.replies.length === 0);
  if (unanswered) return { step: 'reply', actionId: unanswered.id };
  const waiting = waitingReply(actions.flatMap((action) => action.replies));
  return waiting && mayBePublic ? { step: 'publication', replyId: waiting.id } : { step: 'none' };
}
