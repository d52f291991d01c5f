/** Days after the close of a wave for which words that were sent may be kept, so that two people can sort them. */
export const SORTING_DAYS = 28;

const A_DAY = 24 * 60 * 60 * 1000;

/**
 * When the time for sorting is over.
 * @param closedAt when the close was finished, as ISO-8601 UTC text
 */
export function sortingEndsAt(closedAt: string): string {
  return new Date(Date.parse(closedAt) + SORTING_DAYS * A_DAY).toISOString();
}

/** Waves that were closed before this have no more time, now being ISO-8601 UTC text. */
export function latestCloseOver(now: string): string {
  return new Date(Date.parse(now) - SORTING_DAYS * A_DAY).toISOString();
}
