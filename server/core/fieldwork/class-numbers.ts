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

/** Places that a teacher may add whatever the size of the class. */
export const LEAST_SPARES = 3;

/**
 * How many places a teacher may add to a class, in the whole wave: a quarter of its roll, and three in a small class.
 * Each lets somebody answer who is not on the roll, or somebody answer twice.
 */
export function mostSpares(roll: number): number {
  return Math.max(Math.floor(roll / 4), LEAST_SPARES);
}

/** Everybody on the roll of a class. */
export function rollOf(parts: readonly ClassPart[]): number {
  return parts.reduce((sum, part) => sum + part.pupils, 0);
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
 * Those who have started are taking part: of so many entered, how many are counted. What was counted before stays, since
 * spare slips start too.
 */
export function countedOptOuts(entered: number, roll: number, started: number, before: number): number {
  return Math.min(entered, Math.max(roll - started, before, 0));
}
