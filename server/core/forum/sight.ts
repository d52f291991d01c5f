import type { HoldReason } from './screening.ts';

/*
 * Who may read a contribution. Its author always sees what became of it; a youth worker sees everything.
 */

/** What is known of a contribution that decides who reads it. */
export interface ContributionState {
  /** When others may read it, as ISO-8601 text. */
  showsFrom: string;
  /** Null if it was never kept back; `shown` is null while nobody has decided. */
  hold: { reason: HoldReason | 'paused'; shown: boolean | null; note: string } | null;
  /** Null unless a youth worker took it out of sight. */
  hidden: { reason: string } | null;
}

/**
 * 'shown' to the whole forum; 'waiting' until it opens; 'held' until a youth worker has looked; 'kept-back' after they
 * decided so; 'hidden' after it was shown.
 */
export type Sight = 'shown' | 'waiting' | 'held' | 'kept-back' | 'hidden';

/** @param now a time as ISO-8601 text */
export function sightOf({ showsFrom, hold, hidden }: ContributionState, now: string): Sight {
  if (hidden) return 'hidden';
  if (hold?.shown === null) return 'held';
  if (hold?.shown === false) return 'kept-back';
  return showsFrom > now ? 'waiting' : 'shown';
}
