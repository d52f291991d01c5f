import { noiseTable } from './noise-table.ts';

/** A count that has been through protection. Nothing else may be shown, stored in a release or worked with. */
export type ProtectedCount = number & { readonly protected: unique symbol };

/** Record keys, and so cell keys, lie below this. */
export const KEYS = 256;

/**
 * How counts are protected: a table that says by how much a count changes, given its size and the key of the children
 * counted (the sum of their record keys, modulo 256). The same children give the same figure wherever they are counted.
 */
export interface Protection {
  /** Named in every release. */
  name: string;
  /** The largest change either way. */
  most: number;
  /** The variance of a change, for intervals. */
  variance: number;
  protect(count: number, cellKey: number): ProtectedCount;
  /** The largest count that may be published below a figure. */
  mostBelow(figure: number): number;
  /** The smallest count that may be published at or above a figure. */
  leastFrom(figure: number): number;
}

const BASE = 5;

/** To the nearest multiple of five, as Scotland's census and NHS Digital do with children's data. The key plays no part. */
export const BASE_5: Protection = {
  name: 'base-5',
  most: 2,
  variance: 2,
  protect: (count) => (Math.round(counted(count) / BASE) * BASE) as ProtectedCount,
  mostBelow: (figure) => Math.floor((figure - 1) / BASE) * BASE + 2,
  leastFrom: (figure) => Math.max(0, Math.ceil(figure / BASE) * BASE - 2),
};

/**
 * Random noise by the cell key method (Fraser and Wooton 2005; Office for National Statistics, census 2021).
 * @param most the largest change, D
 * @param variance V
 */
export function cellKeyProtection(most: number, variance: number): Protection {
  const rows = noiseTable(most, variance).map(({ changes, probabilities }) => changesByKey(changes, probabilities));
  return {
    name: `cell-key-${most}-${variance}`,
    most,
    variance,
    protect(count, cellKey) {
      const row = rows[Math.min(counted(count), most)]!;
      return (count + row[cellKey % KEYS]!) as ProtectedCount;
    },
    mostBelow: (figure) => figure - 1 + most,
    // Zero stays zero, so what is published above it was at least one.
    leastFrom: (figure) => Math.max(figure > 0 ? 1 : 0, figure - most),
  };
}

/** Each of the 256 keys its change, as many as its probability says. */
function changesByKey(changes: readonly number[], probabilities: readonly number[]): Int8Array {
  const byKey = new Int8Array(KEYS);
  let cumulative = 0;
  let from = 0;
  changes.forEach((change, index) => {
    cumulative += probabilities[index]!;
    const to = index === changes.length - 1 ? KEYS : Math.round(cumulative * KEYS);
    byKey.fill(change, from, to);
    from = to;
  });
  return byKey;
}

function counted(count: number): number {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(
      `Expected a count of persons (a whole number from 0), found ${count}. Protect counts, not shares.`,
    );
  }
  return count;
}

/** The default: the nearest multiple of five. */
export const PROTECTION = BASE_5.name;
export const protect = (count: number): ProtectedCount => BASE_5.protect(count, 0);

/** What two protected counts leave: no count of its own, but what anybody can work out from both. */
export function remainderOf(whole: ProtectedCount, part: ProtectedCount): ProtectedCount {
  return Math.max(0, whole - part) as ProtectedCount;
}
