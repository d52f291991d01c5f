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
  /** Whether its author took it back; its words are still there. */
  isWithdrawn: boolean;
  /** Whether its words were deleted because its author wished it. */
  isRemoved: boolean;
}

/**
 * 'shown' to the whole forum; 'waiting' until it opens; 'held' until a youth worker has looked; 'kept-back' after they
 * decided so; 'hidden' after it was shown; 'withdrawn' after its author took it back; 'removed' without its words.
 */
export type Sight = 'shown' | 'waiting' | 'held' | 'kept-back' | 'hidden' | 'withdrawn' | 'removed';

/** @param now a time as ISO-8601 text */
export function sightOf({ showsFrom, hold, hidden, isWithdrawn, isRemoved }: ContributionState, now: string): Sight {
  if (isRemoved) return 'removed';
  if (hidden) return 'hidden';
  if (hold?.shown === null) return 'held';
  if (hold?.shown === false) return 'kept-back';
  if (isWithdrawn) return 'withdrawn';
  return showsFrom > now ? 'waiting' : 'shown';
}
