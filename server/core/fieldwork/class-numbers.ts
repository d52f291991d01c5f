import type { ClassPart } from './class-list.ts';
import { withoutStarted, type RollGroup } from './slips.ts';

/* How many are expected in a class, and how many may still join it. */

/** How many pupils of a stage and class do not take part. */
export interface OptOut {
  stage: string;
  /** Empty where the roll names no class. */
  class: string;
  pupils: number;
}

/** How many of a part of a class do not take part; never more than the roll has. */
export function optedOut(part: ClassPart, optOuts: readonly OptOut[]): number {
  const own = optOuts.find(({ stage, class: className }) => stage === part.stage && className === part.class);
  return Math.min(own?.pupils ?? 0, part.pupils);
}

/** Everybody on the roll of a class who has not opted out. */
export function expectedOf(parts: readonly ClassPart[], optOuts: readonly OptOut[]): number {
  return parts.reduce((sum, part) => sum + part.pupils - optedOut(part, optOuts), 0);
}

/** How many more may join: up to the expected number and the counted spares. */
export function seatsLeft({
  expected,
  spares,
  started,
}: {
  expected: number;
  spares: number;
  started: number;
}): number {
  return Math.max(expected + spares - started, 0);
}

/**
 * Who needs a slip when some do not take part. Which pupils these are is not known, so the slips of such a class know
 * nothing but the class; others are left as they are.
 */
export function withoutOptOuts(groups: readonly RollGroup[], optOuts: readonly OptOut[]): RollGroup[] {
  return withoutStarted(
    groups,
    optOuts.map(({ stage, class: className, pupils }) => ({ stage, class: className, started: pupils })),
  );
}

/** A number of opt-outs that a school may enter for a part of a class. */
export function isOptOutCount(count: number, part: ClassPart): boolean {
  return Number.isInteger(count) && count >= 0 && count <= part.pupils;
}

/**
 * Whether so many may opt out of a part of a class in which some have started: those are taking part. The number that was
 * entered before may always stay, since spare slips start too.
 */
export function leavesStarted(count: number, part: ClassPart, started: number, before: number): boolean {
  return count <= Math.max(part.pupils - started, before);
}
