import { RateLimiterMemory } from 'rate-limiter-flexible';

/** So many tries that failed are borne in so many seconds. */
export interface TryLimit {
  most: number;
  seconds: number;
}

/** An hour and a day, as spans of limits. */
export const HOUR = 3600;
export const DAY = 24 * HOUR;

/**
 * Tries that failed, counted by place and over several spans at once. They are counted first and asked about last: of many
 * tries that come at the same moment none is let in that comes after the one too many. Counts are in memory.
 */
export interface Tries {
  count(place: string): Promise<void>;
  /** Whether more have failed from this place than are borne. */
  areTooMany(place: string): Promise<boolean>;
}

export function createTries(limits: readonly TryLimit[]): Tries {
  const spans = limits.map(({ most, seconds }) => ({
    most,
    failed: new RateLimiterMemory({ points: most, duration: seconds }),
  }));
  return {
    async count(place) {
      await Promise.all(spans.map(({ failed }) => failed.penalty(place)));
    },
    async areTooMany(place) {
      const counts = await Promise.all(spans.map(({ failed }) => failed.get(place)));
      return counts.some((count, index) => (count?.consumedPoints ?? 0) > spans[index]!.most);
    },
  };
}
