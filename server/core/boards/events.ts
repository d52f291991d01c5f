/*
 * The events of a board: what young people need, what gets in the way of it, and what could be done. One after the other,
 * each linked to those before, so that an idea answers something that somebody said.
 */

export const EVENT_KINDS = ['needs', 'obstacles', 'ideas'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** An event that was opened; times as ISO-8601 text. */
export interface BoardEvent {
  kind: EventKind;
  openedAt: string;
  /** Null while it is open. */
  endedAt: string | null;
}

export type EventState = 'to-come' | 'open' | 'ended';

export function eventState(events: readonly BoardEvent[], kind: EventKind): EventState {
  const event = events.find((one) => one.kind === kind);
  if (!event) return 'to-come';
  return event.endedAt === null ? 'open' : 'ended';
}

/** The event that a youth worker may open now; undefined while one is open, and after the last. */
export function eventToOpen(events: readonly BoardEvent[]): EventKind | undefined {
  if (events.some(({ endedAt }) => endedAt === null)) return undefined;
  return EVENT_KINDS.find((kind) => eventState(events, kind) === 'to-come');
}

/** Whether the last event has ended, so that its ideas can be signed. */
export function isBoardEnded(events: readonly BoardEvent[]): boolean {
  return EVENT_KINDS.every((kind) => eventState(events, kind) === 'ended');
}

/** The events whose cards one of this event may be linked to, the nearest first; none for the first event. */
export function linkableKinds(kind: EventKind): EventKind[] {
  return EVENT_KINDS.slice(0, EVENT_KINDS.indexOf(kind)).toReversed();
}
