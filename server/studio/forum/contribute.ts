import { isOpenAt, nextOpening } from '../../core/forum/opening-hours.ts';
import { holdReason } from '../../core/forum/screening.ts';
import { tidy } from '../../core/survey/proposal.ts';
import type { NewContribution } from '../../storage/contributions.ts';
import { pauseOf, type InForum } from './forum-access.ts';
import { isUnkind } from './unkind-words.ts';

/** The longest words of a contribution, in characters. */
export const LONGEST_CONTRIBUTION = 1000;

export type ContributionFault = 'empty' | 'too-long';

/** @param longest characters; a card on a board has room for fewer */
export function contributionFault(words: string, longest = LONGEST_CONTRIBUTION): ContributionFault | null {
  const length = [...tidyLines(words)].length;
  if (length === 0) return 'empty';
  return length > longest ? 'too-long' : null;
}

/** Words as they are kept: paragraphs stay, everything else is tidied. */
export function tidyLines(words: string): string {
  return words.split(/\r?\n/u).map(tidy).filter(Boolean).join('\n');
}

/**
 * What is to be written of the words of somebody in a forum: what a member writes while the forum is closed waits until it
 * opens; what should be looked at first, or comes while there is a pause, is kept back. Youth workers are adults at work
 * and wait for nobody.
 * @param words without a fault
 * @param at a time as ISO-8601 text
 */
export function newContribution(
  viewer: InForum,
  { words, language }: { words: string; language: string },
  at: string,
): NewContribution {
  const { forum, member, accountId } = viewer;
  const tidied = tidyLines(words);
  const reason = holdReason(tidied, isUnkind) ?? (pauseOf(viewer) ? ('paused' as const) : null);
  const opensAt = isOpenAt(forum.hours, at) ? at : nextOpening(forum.hours, at);
  return {
    forumId: forum.id,
    accountId,
    words: tidied,
    language,
    // A forum that never opens shows nothing by itself: its youth workers have to look.
    showsFrom: member ? (opensAt ?? at) : at,
    holdReason: member ? (reason ?? (opensAt === undefined ? 'paused' : null)) : null,
  };
}
