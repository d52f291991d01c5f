import type { ReadingHelp } from '../storage/draft-body.ts';
import type { Place } from './place.ts';
import type { PageMark } from '../web/wave-content.ts';

/** What every page of an answering person has. Titles never carry the question or its topic. */
export interface RespondPage {
  title: string;
  /** Whether the wave belongs to a demonstration, or is a rehearsal. */
  unreal: PageMark;
  reading: ReadingHelp;
  /**
   * How to get away at once: leaving on a device of one's own, hiding on a shared one. Once it is over the same place
   * hands the device on, so that the page looks as before from across the room.
   */
  control: 'leave' | 'hide' | 'done' | 'none';
}

/** What surrounds a page of somebody who answers. */
export function respondPage(place: Place, title: string): RespondPage {
  const { unreal, reading, ownDevice } = place;
  return { title, unreal, reading, control: ownDevice ? 'leave' : 'hide' };
}
