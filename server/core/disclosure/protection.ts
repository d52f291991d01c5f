/** A count that has been through protection. Nothing else may be shown, stored in a release or worked with. */
export type ProtectedCount = number & { readonly protected: unique symbol };

/** How counts are protected; named in every release. */
export const PROTECTION = 'base-5';

const BASE = 5;

/**
 * The nearest multiple of five (Scotland's census and NHS Digital round child data the same way).
 * The same children give the same figure wherever they are counted in a release.
 */
export function protect(count: number): ProtectedCount {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(
      `Expected a count of persons (a whole number from 0), found ${count}. Protect counts, not shares.`,
    );
  }
  return (Math.round(count / BASE) * BASE) as ProtectedCount;
}
