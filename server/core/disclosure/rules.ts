import type { ProtectedCount } from './protection.ts';

/*
 * Which protected figures may be shown, as product and method say (design: disclosure and statistics).
 * Every rule reads protected counts only, so that being hidden tells nothing beyond them.
 */
export const LEAST_BASE = 10;
export const LEAST_BASE_ONE_SCHOOL = 20;
export const CAUTIOUS_BELOW = 20;
export const FLAGGED_BELOW = 50;
export const LEAST_NUMERATOR = 5;
export const LEAST_RATE = 0.3;
export const FLAGGED_RATE = 0.6;

/** What is known of a place and band before any item is looked at. */
export interface Standing {
  /** Schools of the place that answered: a school with next to no answers would leave another one standing alone. */
  schools: number;
  /** Whether every one of these schools agreed to be shown on its own. */
  agreed: boolean;
  /** Primary bands are never shown for one school. */
  primary: boolean;
  /** Protected responses over the roll; null where there is no roll. */
  rate: number | null;
}

/** Whether a place may be shown for a band at all. */
export function mayShowPlace(standing: Standing): boolean {
  if (standing.rate === null || standing.rate < LEAST_RATE) return false;
  if (standing.schools >= 2) return true;
  return standing.schools === 1 && !standing.primary && standing.agreed;
}

/** The smallest protected base (those asked) that a table of a place is shown with. */
export function leastBaseOf({ schools }: Pick<Standing, 'schools'>): number {
  return schools === 1 ? LEAST_BASE_ONE_SCHOOL : LEAST_BASE;
}

/**
 * Whether a table may be shown that was asked of those with a certain earlier answer: its base is a
 * numerator of the question that led to it, and is no safer here than there.
 */
export function mayShowRouted(base: ProtectedCount, askedBefore: ProtectedCount): boolean {
  return mayShowNumerator(base, askedBefore);
}

/** Whether a school has answered enough to stand beside another one. */
export function hasAnswered(count: ProtectedCount): boolean {
  return count >= LEAST_NUMERATOR;
}

/** Whether a numerator may be shown: neither it nor its remainder may be small, zero included. */
export function mayShowNumerator(count: ProtectedCount, base: ProtectedCount): boolean {
  return count >= LEAST_NUMERATOR && base - count >= LEAST_NUMERATOR;
}

/** How carefully a shown base is to be read. */
export type Caution = 'cautious' | 'flagged' | 'none';

export function cautionOf(base: ProtectedCount): Caution {
  if (base < CAUTIOUS_BELOW) return 'cautious';
  return base < FLAGGED_BELOW ? 'flagged' : 'none';
}
