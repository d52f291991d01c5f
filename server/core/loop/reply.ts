import {
  dateProblem,
  faultsAmong,
  futureDateProblem,
  LINE_LENGTH,
  TEXT_LENGTH,
  textProblem,
  type FieldProblem,
  type LoopFault,
} from './fields.ts';

/** What was decided about what young people said. */
export const DECISIONS = ['doing', 'part', 'not-now', 'no'] as const;
export type Decision = (typeof DECISIONS)[number];

/** For whom the words of a reply are. Easy-read words are short sentences, for whoever finds reading hard. */
export const READERS = ['child', 'adult', 'easy-read'] as const;
export type Reader = (typeof READERS)[number];

/** The words of a reply, in the order they are read. */
export const REPLY_PARTS = ['title', 'youSaid', 'considered', 'weDid', 'why'] as const;
export type ReplyPart = (typeof REPLY_PARTS)[number];
export type ReplyText = Record<ReplyPart, string>;

/** The words of one reader, by language. */
export type ReaderTexts = Readonly<Record<string, ReplyText>>;
export type ReplyTexts = Readonly<Record<Reader, ReaderTexts>>;

export const NO_TEXT: ReplyText = { title: '', youSaid: '', considered: '', weDid: '', why: '' };
export const NO_TEXTS: ReplyTexts = { child: {}, adult: {}, 'easy-read': {} };

/** Characters of each part. */
export const PART_LENGTHS: Record<ReplyPart, number> = {
  title: LINE_LENGTH,
  youSaid: TEXT_LENGTH,
  considered: TEXT_LENGTH,
  weDid: TEXT_LENGTH,
  why: TEXT_LENGTH,
};

/** Parts that a reader is given. What was thought about besides would be too much for easy reading. */
export function partsFor(reader: Reader): readonly ReplyPart[] {
  return reader === 'easy-read' ? REPLY_PARTS.filter((part) => part !== 'considered') : REPLY_PARTS;
}

/** A reply as somebody writes it. The owner is a role, never a person's name. */
export interface ReplyWords {
  /** Undefined until somebody has decided. */
  decision: Decision | undefined;
  owner: string;
  /** A civil date: when it will be done, or was; empty where nothing is. */
  dueOn: string;
  /** A civil date: when young people hear the next news. */
  nextUpdateOn: string;
  texts: ReplyTexts;
}

/** A reply with its decision; other things may still be missing. */
export type DecidedReply = ReplyWords & { decision: Decision };

/** The field of one part for one reader in one language: "why-child-en". */
export type PartField = `${ReplyPart}-${Reader}-${string}`;
export type ReplyField = 'decision' | 'owner' | 'dueOn' | 'nextUpdateOn' | PartField;
type Found = readonly [ReplyField, FieldProblem | undefined];

/**
 * What keeps a reply from being written down: no decision, words without their reason, or something that cannot be. What
 * is only not there yet may follow, so that nobody has to write for three readers in one sitting.
 */
export function keepingFaults(reply: ReplyWords, languages: readonly string[]): LoopFault<ReplyField>[] {
  return faultsAmong<ReplyField>([
    ['decision', reply.decision ? undefined : 'missing'],
    ...everyText(languages, (reader, language) => keepingProblems(reply, reader, language, languages)),
    ['owner', problemIfWritten(reply.owner, (text) => textProblem(text, LINE_LENGTH))],
    ['dueOn', problemIfWritten(reply.dueOn, dateProblem)],
    ['nextUpdateOn', problemIfWritten(reply.nextUpdateOn, dateProblem)],
  ]);
}

/**
 * What a reply still lacks on a day to be published: a decision, an owner, when it is done (where anything is), a next
 * date still to come, and every part for every reader in every language. "Why" is never left out.
 */
export function replyFaults(reply: ReplyWords, languages: readonly string[], today: string): LoopFault<ReplyField>[] {
  return faultsAmong<ReplyField>([
    ['decision', reply.decision ? undefined : 'missing'],
    ...everyText(languages, (reader, language) =>
      partsFor(reader).map((part): Found => {
        const text = textFor(reply, reader, language)[part];
        return [`${part}-${reader}-${language}`, textProblem(text, PART_LENGTHS[part])];
      }),
    ),
    ['owner', textProblem(reply.owner, LINE_LENGTH)],
    ['dueOn', isDone(reply) ? dateProblem(reply.dueOn) : problemIfWritten(reply.dueOn, dateProblem)],
    ['nextUpdateOn', futureDateProblem(reply.nextUpdateOn, today)],
  ]);
}

/** Whether somebody has decided, which every reply without faults has. */
export function isDecided(reply: ReplyWords): reply is DecidedReply {
  return reply.decision !== undefined;
}

/** The words for a reader in a language; empty where there are none. */
export function textFor({ texts }: Pick<ReplyWords, 'texts'>, reader: Reader, language: string): ReplyText {
  return texts[reader][language] ?? NO_TEXT;
}

/** Whether anything is written. */
export function isBegun(text: ReplyText): boolean {
  return REPLY_PARTS.some((part) => text[part].trim() !== '');
}

/** Whether anything is being done, which then has a date. */
function isDone({ decision }: ReplyWords): boolean {
  return decision === 'doing' || decision === 'part';
}

/** The reason is asked of whatever was begun, and of the children's words of the first language in any case. */
function keepingProblems(reply: ReplyWords, reader: Reader, language: string, languages: readonly string[]): Found[] {
  const text = textFor(reply, reader, language);
  const isFirst = reader === 'child' && language === languages[0];
  return partsFor(reader).map((part): Found => {
    const isNeeded = part === 'why' && (isBegun(text) || isFirst);
    const problem = textProblem(text[part], PART_LENGTHS[part]);
    return [`${part}-${reader}-${language}`, problem === 'missing' && !isNeeded ? undefined : problem];
  });
}

function everyText(languages: readonly string[], look: (reader: Reader, language: string) => Found[]): Found[] {
  return READERS.flatMap((reader) => languages.flatMap((language) => look(reader, language)));
}

function problemIfWritten(text: string, problemOf: (text: string) => FieldProblem | undefined) {
  return text.trim() === '' ? undefined : problemOf(text);
}
