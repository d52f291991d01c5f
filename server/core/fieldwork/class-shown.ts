import type { ClassProgress, ClassToday } from './class-state.ts';

/*
 * What the teacher of a class is told while it answers. Whoever finishes after seconds has said no, so nothing that is
 * shown may change because of one person who finishes, and nothing may tell the few apart who are the last. It goes by
 * the counters alone: all who look see the same, whenever they look.
 */

/** What is shown of a class is true of this many numbers of finished pupils at least. */
export const LEAST_STEP = 3;
/** How many may still be answering when the class is told to be nearly done; the last of them are not told apart. */
export const MOST_STILL_ANSWERING = LEAST_STEP - 1;
/** With fewer nothing is told: being nearly done would be news of one or two of them. */
export const LEAST_STARTED = 2 * LEAST_STEP - 1;

/** What the page says in one sentence. */
export type ClassState = 'waiting' | 'few' | 'answering' | 'some-finished' | 'all-finished';

export interface ShownProgress {
  state: ClassState;
  expected: number;
  started: number;
  /** At least so many have finished; null while that is not told. */
  finished: number | null;
  /** At most so many are still answering; null while that is not told. */
  answering: number | null;
  /** At least so many devices are quiet; 0 while that is not told. */
  quiet: number;
  /** What is shown of those here today; null while nobody has said how many are here. */
  today: ShownToday | null;
}

export interface ShownToday {
  here: number;
  /** Who started today. It is exact like everybody who started: it tells no choice. */
  started: number;
  /** Whether nobody started on a day before, so that those who have finished are all of those here. */
  isFirstDay: boolean;
}

/**
 * What may be shown of a class that is so far. How many are here changes what the bounds are compared with and never the
 * bounds: whoever sets that number, or corrects it again and again, learns nothing of who has finished.
 */
export function shownProgress({ expected, started, finished, quiet, today }: ClassProgress): ShownProgress {
  const untold = {
    ...{ expected, started, finished: null, answering: null },
    quiet: inSteps(quiet),
    today: today && shownToday(started, today),
  };
  const awaited = today ? today.startedBefore + today.here : expected;
  if (started === 0) return { ...untold, state: 'waiting' };
  if (started < LEAST_STARTED) return { ...untold, state: 'few' };
  const nearly = started - MOST_STILL_ANSWERING;
  if (finished >= nearly) {
    const state = started < awaited ? 'some-finished' : 'all-finished';
    return { ...untold, state, finished: nearly, answering: MOST_STILL_ANSWERING };
  }
  // The last step before "nearly done" is left out where it would lie less than a step before it.
  const told = inSteps(Math.min(finished, nearly - LEAST_STEP));
  if (told === 0) return { ...untold, state: 'answering' };
  return { ...untold, state: 'answering', finished: told, answering: started - told };
}

function shownToday(started: number, { here, startedBefore }: ClassToday): ShownToday {
  return { here, started: started - startedBefore, isFirstDay: startedBefore === 0 };
}

function inSteps(count: number): number {
  return count - (count % LEAST_STEP);
}
