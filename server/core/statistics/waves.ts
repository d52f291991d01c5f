/*
 * Whether figures of two waves may stand side by side: same band, same question in the same words to the
 * same stages, same schools (design note: disclosure and statistics, "Differences", "Waves").
 */
import type { LatticeNode } from '../disclosure/lattice.ts';
import type { Indicator, ItemText, Question } from '../survey/definition.ts';
import type { Band } from '../survey/stage.ts';

/** What a band was asked in one wave. */
export interface AskedItem {
  question: Question;
  /** The share that is worked out from it; undefined for the question itself. */
  indicator: Indicator | undefined;
  /** The words of the question, by language. */
  words: ReadonlyMap<string, ItemText>;
}

/** One side of a comparison; what the earlier wave did not have is undefined. */
export interface WaveSide {
  node: LatticeNode | undefined;
  band: Band | undefined;
  asked: AskedItem | undefined;
}

/** Why two figures do not stand side by side; both are known to everybody before any answer is. */
export type WaveChange = 'question-changed' | 'schools-changed';

/** What changed between two waves, or undefined where the figures may be compared. */
export function changeBetween(now: WaveSide, then: WaveSide): WaveChange | undefined {
  if (!sameQuestion(now, then)) return 'question-changed';
  return sameSchools(now.node, then.node) ? undefined : 'schools-changed';
}

function sameQuestion(now: WaveSide, then: WaveSide): boolean {
  if (!now.asked || !then.asked || canonical(now.band?.stages) !== canonical(then.band?.stages)) return false;
  const { asked: one } = now;
  const { asked: other } = then;
  const languages = [...one.words.keys()].filter((language) => other.words.has(language));
  return (
    structure(one) === structure(other) &&
    languages.length > 0 &&
    languages.every((language) => canonical(one.words.get(language)) === canonical(other.words.get(language)))
  );
}

/** What a question asks of whom; tags only sort it and may change. */
function structure({ question, indicator }: AskedItem): string {
  return canonical([{ ...question, tags: undefined }, indicator?.anyOf]);
}

function sameSchools(one: LatticeNode | undefined, other: LatticeNode | undefined): boolean {
  return canonical(one?.schools.toSorted()) === canonical(other?.schools.toSorted());
}

/** Text that is equal when two values are, in whatever order their keys were written. */
function canonical(value: unknown): string {
  const inOrder = (_key: string, inner: unknown): unknown => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(value, inOrder) ?? '';
}
