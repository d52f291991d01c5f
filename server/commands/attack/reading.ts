/*
 * What somebody outside has read of a release: its places, its items, and figures with where they stand. Nothing here
 * comes from anywhere but a page or a file.
 */

export interface ReadPlace {
  place: string;
  kind: string;
  name: string;
  /** Codes of its schools. */
  schools: readonly string[];
  /** Of a rest or a cluster with every school once, the place that it comes from. */
  of?: string;
}

export interface ReadOption {
  option: string;
  words: string;
}

export interface ReadItem {
  item: string;
  kind: string;
  several: boolean;
  wordings: {
    question: string;
    bands: readonly string[];
    options: readonly ReadOption[];
    /** Of an indicator, the question that it reads and the answers that it counts, in words. */
    reads: { question: string; counted: readonly string[] } | null;
    /** The answers to an earlier question that led here, in words. */
    askedOf: { question: string; answers: readonly string[] } | null;
  }[];
}

/** Where a figure stands: an answer is the code of an option, or `state:skipped`. */
export interface FactPlace {
  place: string;
  band: string;
  /** '' is everybody. */
  group: string;
  item: string;
  answer: string;
}

/** A figure as it is shown; null hides it. */
export interface ShownFigure {
  count: number;
  base: number;
  share: number;
}

/** How many answered anything, of how many on the roll. */
export interface ReadRate {
  responses: number;
  roll: number;
}

/** Whom released cells count (see coverage.ts), and the kinds of places that have such cells. */
export const COUNTED = {
  everybody: ['authority', 'locality', 'cluster', 'special', 'once'],
  groups: ['authority', 'locality', 'cluster'],
  rests: ['rest'],
} as const;
export type Counted = keyof typeof COUNTED;

const STATE = 'state:';

export function answerOf(state: string, option: string): string {
  return state === 'answered' ? option : `${STATE}${state}`;
}

export function isState(answer: string): boolean {
  return answer.startsWith(STATE);
}

export function keyOf({ place, band, group, item, answer }: FactPlace): string {
  return [place, band, group, item, answer].join('|');
}

export function unitKey(place: string, band: string, group: string): string {
  return [place, band, group].join('|');
}
