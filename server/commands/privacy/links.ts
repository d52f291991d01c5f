import { createHash } from 'node:crypto';

/*
 * Whether rows that belong to one person can be told to do so. The truth is known to whoever planted the persons; here it
 * is only used to see whether somebody without it would find it.
 */

export type Row = Readonly<Record<string, unknown>>;

/** Two rows of one person, of tables that must not be joined. */
export interface Pair {
  one: Row;
  other: Row;
}

/** Names the wave of a row, which is no secret. */
const SHARED = ['wave_id', 'version_id'];
/** Shorter values, such as a state or a band, are groups: see `smallestMatch`. */
const SHORTEST_KEY = 8;

/** How many pairs share a value, or a hash of one, that could serve as a key. */
export function linksByValue(pairs: readonly Pair[]): number {
  return pairs.filter(({ one, other }) => {
    const values = keysOf(other);
    return [...keysOf(one)].some((value) => values.has(value) || hashesOf(value).some((hash) => values.has(hash)));
  }).length;
}

function keysOf(row: Row): Set<string> {
  const texts = Object.entries(row)
    .filter(([name]) => !SHARED.includes(name))
    .map(([, value]) => textOf(value));
  return new Set(texts.filter((text) => text.length >= SHORTEST_KEY));
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function hashesOf(value: string): string[] {
  return (['hex', 'base64', 'base64url'] as const).flatMap((form) =>
    ['sha256', 'sha1', 'md5'].map((hash) => createHash(hash).update(value).digest(form)),
  );
}

/**
 * To how few rows somebody comes who takes what a row says of its group and looks for rows that may be the same person's.
 * @param columns those that both tables have
 */
export function smallestMatch(row: Row, others: readonly Row[], columns: readonly string[]): number {
  const said = columns.filter((column) => row[column] !== null && row[column] !== undefined);
  const matches = others.filter((other) =>
    said.every((column) => other[column] === row[column] || other[column] === null || other[column] === undefined),
  );
  return matches.length;
}

/**
 * Spearman's rank correlation of two orders of the same persons: 0 where one tells nothing of the other.
 * (C. Spearman, American Journal of Psychology 15, 1904.)
 * @param one, other a place for each person, in the same order of persons; no two alike
 */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [ranksOf(one), ranksOf(other)];
  const count = one.length;
  const squares = first.reduce((sum, rank, index) => sum + (rank - second[index]!) ** 2, 0);
  return 1 - (6 * squares) / (count * (count ** 2 - 1));
}

function ranksOf(places: readonly number[]): number[] {
  const order = places.map((_, index) => index).toSorted((one, other) => places[one]! - places[other]!);
  const ranks = new Array<number>(places.length);
  order.forEach((person, rank) => (ranks[person] = rank));
  return ranks;
}

/**
 * Whether two orders hang together more than chance would have it: beyond four standard errors, which happens by chance
 * once in 16,000 times (the standard error of a rank correlation without connection is 1 / √(n − 1)).
 */
export function hangsTogether(one: readonly number[], other: readonly number[]): boolean {
  return Math.abs(rankCorrelation(one, other)) > 4 / Math.sqrt(one.length - 1);
}

/** Neighbours that stay neighbours: how many persons who follow each other in one order do so in the other. */
export function sharedNeighbours(one: readonly number[], other: readonly number[]): number {
  const follows = (places: readonly number[]) => {
    const order = places.map((_, index) => index).toSorted((a, b) => places[a]! - places[b]!);
    return order.slice(1).map((person, index) => `${order[index]!} ${person}`);
  };
  const inOther = new Set(follows(other));
  return follows(one).filter((pair) => inOther.has(pair)).length;
}
