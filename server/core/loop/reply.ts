import { faultsAmong, futureDateProblem, LINE_LENGTH, TEXT_LENGTH, textProblem, type LoopFault } from './fields.ts';

/** What was decided about what young people said. */
export const DECISIONS = ['doing', 'part', 'not-now', 'no'] as const;
export type Decision = (typeof DECISIONS)[number];

/** The words of a reply, in the order they are read. */
export const REPLY_PARTS = ['title', 'youSaid', 'weDid', 'why'] as const;
export type ReplyPart = (typeof REPLY_PARTS)[number];
export type ReplyText = Record<ReplyPart, string>;

/** Characters of each part. */
export const PART_LENGTHS: Record<ReplyPart, number> = {
  title: LINE_LENGTH,
  youSaid: TEXT_LENGTH,
  weDid: TEXT_LENGTH,
  why: TEXT_LENGTH,
};

/** A reply as somebody writes it. The owner is a role, never a person's name. */
export interface ReplyWords {
  /** Undefined until somebody has decided. */
  decision: Decision | undefined;
  owner: string;
  /** A civil date: when young people hear the next news. */
  nextUpdateOn: string;
  /** By language. */
  texts: Readonly<Record<string, ReplyText>>;
}

/** A reply in which nothing is open. */
export type DecidedReply = ReplyWords & { decision: Decision };

/** The field of one part in one language. */
export type PartField = `${ReplyPart}-${string}`;
export type ReplyField = 'decision' | 'owner' | 'nextUpdateOn' | PartField;

/**
 * What a reply still lacks on a day, to be written down and again to be published: a decision, an owner,
 * a next date still to come, and every part in every language. "Why" is never left out.
 */
export function replyFaults(reply: ReplyWords, languages: readonly string[], today: string): LoopFault<ReplyField>[] {
  return faultsAmong<ReplyField>([
    ['decision', reply.decision ? undefined : 'missing'],
    ...languages.flatMap((language) =>
      REPLY_PARTS.map((part) => {
        const text = reply.texts[language]?.[part] ?? '';
        return [`${part}-${language}` as const, textProblem(text, PART_LENGTHS[part])] as const;
      }),
    ),
    ['owner', textProblem(reply.owner, LINE_LENGTH)],
    ['nextUpdateOn', futureDateProblem(reply.nextUpdateOn, today)],
  ]);
}

/** Whether somebody has decided, which every reply without faults has. */
export function isDecided(reply: ReplyWords): reply is DecidedReply {
  return reply.decision !== undefined;
}
