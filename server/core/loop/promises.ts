/*
 * The four promises of every reply (Lundy's four Fs), worked out from what was written and when, never ticked: full
 * (nothing that a reply needs is missing), friendly (the children's words suit their age, and a forum found them clear),
 * fast (days from the release to the reply), followed up (each next news came by its day).
 */

/** What the promises of one reply are worked out from. */
export interface ReplyRecord {
  /** Whether nothing that a reply needs was missing on the day of its publication. */
  isComplete: boolean;
  /** Reading age of the children's words, and the one that they should suit; null where nobody can judge it. */
  readingAge: number | null;
  suitsAge: number;
  /** How many of a forum found the words clear, and how many did not. */
  clear: number;
  notClear: number;
  /** Times as ISO-8601 text. */
  releasedAt: string;
  publishedAt: string;
  /** The civil date that was promised with the reply. */
  nextUpdateOn: string;
  /** Oldest first. */
  updates: readonly UpdateRecord[];
}

export interface UpdateRecord {
  madeAt: string;
  /** The civil date of the news after it; null where it is the last. */
  nextUpdateOn: string | null;
}

/** 'waiting' until the first news came or is late. */
export type FollowedUp = 'kept' | 'waiting' | 'late';

export interface Promises {
  full: boolean;
  friendly: boolean;
  /** Whole days; 0 where the reply came on the day of the release. */
  fastDays: number;
  followedUp: FollowedUp;
}

const DAY = 24 * 60 * 60 * 1000;

export function promisesOf(reply: ReplyRecord, today: string): Promises {
  return {
    full: reply.isComplete,
    friendly: isFriendly(reply),
    fastDays: daysBetween(reply.releasedAt, reply.publishedAt),
    followedUp: followedUp(reply, today),
  };
}

/** When the next news is due: the civil date that was promised last; null where nothing more is. */
export function nextDue({ nextUpdateOn, updates }: Pick<ReplyRecord, 'nextUpdateOn' | 'updates'>): string | null {
  const last = updates.at(-1);
  return last ? last.nextUpdateOn : nextUpdateOn;
}

/** Whether news was promised for a day that is over. On the day itself there is still time. */
export function isOverdue(reply: Pick<ReplyRecord, 'nextUpdateOn' | 'updates'>, today: string): boolean {
  const due = nextDue(reply);
  return due !== null && due < today;
}

/** A reading age that nobody can judge is not held to be kept. */
function isFriendly({ readingAge, suitsAge, clear, notClear }: ReplyRecord): boolean {
  return readingAge !== null && readingAge <= suitsAge && isFoundClear({ clear, notClear });
}

/** Whether a forum has read it and more of it found it clear than not. */
export function isFoundClear({ clear, notClear }: Pick<ReplyRecord, 'clear' | 'notClear'>): boolean {
  return clear > notClear;
}

/** Late once is late for good: the promise was about each news. */
function followedUp(reply: ReplyRecord, today: string): FollowedUp {
  const { nextUpdateOn, updates } = reply;
  const wasLate = updates.some(({ madeAt }, index) => {
    const due = index === 0 ? nextUpdateOn : updates[index - 1]!.nextUpdateOn;
    return due !== null && madeAt.slice(0, 10) > due;
  });
  if (wasLate || isOverdue(reply, today)) return 'late';
  return updates.length > 0 ? 'kept' : 'waiting';
}

/** Whole days from the day of one time to the day of another, at least 0. */
function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY));
}

/** The promises of all replies of a place. */
export interface PromisesTogether {
  replies: number;
  full: number;
  friendly: number;
  /** The middle one of the days, so that one old reply does not speak for all; null where there is no reply. */
  fastDays: number | null;
  /** Replies of which a next news came or is late, and those of them that kept every one. */
  due: number;
  followedUp: number;
}

export function together(list: readonly Promises[]): PromisesTogether {
  const due = list.filter((one) => one.followedUp !== 'waiting');
  return {
    replies: list.length,
    full: list.filter(({ full }) => full).length,
    friendly: list.filter(({ friendly }) => friendly).length,
    fastDays: median(list.map(({ fastDays }) => fastDays)),
    due: due.length,
    followedUp: due.filter((one) => one.followedUp === 'kept').length,
  };
}

/** The lower of the two in the middle where there are two, so that it is one that happened. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
