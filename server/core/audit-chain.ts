/*
 * The record is a chain: each entry carries the hash of the one before it, and its own hash over everything that it
 * says. Whoever changes, removes, inserts or moves an entry breaks the chain at that place. What the chain alone cannot
 * show is that entries were cut off at its end, or that all of it was written anew: for that the hash of its last entry
 * (the head) has to be kept somewhere else.
 */

/**
 * What an entry says. `account` is null where nobody was signed in, `authority` where it is of no authority or was
 * written before entries said that; `at` is ISO-8601 UTC.
 */
export interface EntryContent {
  sequence: number;
  at: string;
  account: string | null;
  action: string;
  subject: string;
  authority: string | null;
  /** Hash of the entry before it; `CHAIN_START` for the first. */
  previousHash: string;
}

export interface ChainEntry extends EntryContent {
  hash: string;
}

/** The end of a chain: the number and hash of its last entry. */
export interface ChainHead {
  sequence: number;
  hash: string;
}

/** SHA-256 of a text (UTF-8), as 64 hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** What an empty record ends with. */
export const CHAIN_START: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

export const BREAKS = ['changed', 'removed', 'inserted', 'moved'] as const;

/** The first entry that is not as it was written: its number, and what happened to it. */
export interface ChainBreak {
  sequence: number;
  why: (typeof BREAKS)[number];
}

/**
 * The text that is hashed: a JSON list, so that no two entries have the same one. An entry without an authority has the
 * list that all entries had before they could have one, so that the hashes of those still hold.
 */
export function canonicalText({
  sequence,
  at,
  account,
  action,
  subject,
  authority,
  previousHash,
}: EntryContent): string {
  const all = [sequence, at, account, action, subject, previousHash];
  return JSON.stringify(authority === null ? all : [...all, authority]);
}

/** The next entry of a chain. */
export function chained(
  head: ChainHead,
  said: Pick<EntryContent, 'at' | 'account' | 'action' | 'subject' | 'authority'>,
  sha256: Sha256,
): ChainEntry {
  const content = { sequence: head.sequence + 1, ...said, previousHash: head.hash };
  return { ...content, hash: sha256(canonicalText(content)) };
}

/** Whether an entry is the one that was written after this head. */
export function follows(head: ChainHead, entry: ChainEntry, sha256: Sha256): boolean {
  return (
    entry.sequence === head.sequence + 1 && entry.previousHash === head.hash && entry.hash === hashOf(entry, sha256)
  );
}

/** The first break of a whole record, in the order of its numbers; null if there is none. */
export function findBreak(entries: readonly ChainEntry[], sha256: Sha256): ChainBreak | null {
  let head = CHAIN_START;
  for (const [index, entry] of entries.entries()) {
    if (!follows(head, entry, sha256)) return explainBreak(entries, index, sha256);
    head = entry;
  }
  return null;
}

/** Says what happened where entry `index` (from 0) is the first one that does not follow; looks at no hash far from there. */
export function explainBreak(entries: readonly ChainEntry[], index: number, sha256: Sha256): ChainBreak {
  const entry = entries[index]!;
  const before = entries[index - 1] ?? CHAIN_START;
  const expected = before.sequence + 1;
  const [truePlace, ...others] = placesAfter(entries, index, before.hash);
  const written = numberWhenWritten(entry, entries, sha256);

  if (truePlace === undefined) {
    if (entry.sequence > expected) return { sequence: expected, why: 'removed' };
    const [earlier] = placesAfter(entries, 0, entry.previousHash);
    // Two entries say that they come after the same one: the one that the chain does not go on from was put in.
    if (earlier === index - 1) return { sequence: before.sequence, why: 'inserted' };
    if (written === null) return { sequence: expected, why: 'changed' };
    // The entry is as it was written, so it is the one before it whose hash is another now, or that is gone.
    return written > expected
      ? { sequence: expected, why: 'removed' }
      : { sequence: before.sequence || expected, why: 'changed' };
  }
  if (truePlace === index) return { sequence: expected, why: others.length > 0 ? 'inserted' : 'changed' };
  const isElsewhereByRight = written !== null && written !== entry.sequence;
  return { sequence: expected, why: isElsewhereByRight || entry.sequence > expected ? 'moved' : 'inserted' };
}

/** Where the entries stand that say they come after a hash. */
function placesAfter(entries: readonly ChainEntry[], from: number, hash: string): number[] {
  const places: number[] = [];
  for (let index = from; index < entries.length; index += 1) {
    if (entries[index]!.previousHash === hash) places.push(index);
  }
  return places;
}

/** How far from its place an entry is looked for when nothing else tells where it stood. */
const NEAR = 100;

/** The number with which an entry's hash was made; null if something else in it is not as it was written. */
function numberWhenWritten(entry: ChainEntry, entries: readonly ChainEntry[], sha256: Sha256): number | null {
  const isNumber = (sequence: number) => entry.hash === hashOf({ ...entry, sequence }, sha256);
  if (isNumber(entry.sequence)) return entry.sequence;
  return numbersBeside(entry, entries).find(isNumber) ?? numbersNear(entry.sequence).find(isNumber) ?? null;
}

/** The numbers that an entry has by the one that it says it follows, and by the first that says it follows this one. */
function numbersBeside(entry: ChainEntry, entries: readonly ChainEntry[]): number[] {
  const before = entries.find(({ hash }) => hash === entry.previousHash);
  const after = entries.find(({ previousHash }) => previousHash === entry.hash);
  return [...(before ? [before.sequence + 1] : []), ...(after ? [after.sequence - 1] : [])];
}

/** Numbers from the nearest on; a number that somebody made up is no reason to try all that are smaller. */
function numbersNear(place: number): number[] {
  return Array.from({ length: NEAR }, (_, index) => index + 1).flatMap((far) => [place - far, place + far]);
}

function hashOf(entry: EntryContent, sha256: Sha256): string {
  return sha256(canonicalText(entry));
}
