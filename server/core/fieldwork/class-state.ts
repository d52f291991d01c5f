/* How far a class is, as its teacher sees it: numbers, never who. */

export interface ClassProgress {
  expected: number;
  started: number;
  /** Sent, declined or stopped: these are never told apart. */
  finished: number;
  answering: number;
  /** Devices of those answering that have not been heard of lately. */
  quiet: number;
}

/** What the page says in one sentence. */
export type ClassState = 'waiting' | 'answering' | 'some-finished' | 'all-finished';

/** Whether nobody, somebody or everybody is on the way. */
export function classState({ expected, started, answering }: ClassProgress): ClassState {
  if (answering > 0) return 'answering';
  if (started === 0) return 'waiting';
  return started < expected ? 'some-finished' : 'all-finished';
}

/** Minutes for which a class can be joined once it is opened: a double lesson. */
export const OPEN_MINUTES = 120;
/** Minutes that one press of "extra time" adds. */
export const EXTRA_MINUTES = 15;

/** A time some minutes after another, as ISO-8601 UTC text. */
export function minutesAfter(time: string, minutes: number): string {
  return new Date(Date.parse(time) + minutes * 60_000).toISOString();
}
