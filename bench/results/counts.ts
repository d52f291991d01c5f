import { ASKED_STATES } from '../../server/core/survey/answer.ts';
import { CELLS, OPTIONS } from './made-answers.ts';

/*
 * What was counted, laid out the same way whoever counted it, so that it can be compared: for each question those asked,
 * each option and each state inside the base, by cell.
 */
export type Counts = Int32Array;

const COUNTED = [...OPTIONS, ...ASKED_STATES];
const LINES = ['asked', ...COUNTED];

/**
 * What each byte is counted as, in the order of `BYTES`: whoever stopped before a question left it blank (decision
 * 0038), and who was not asked is outside the base.
 */
const COUNTED_AS = [...COUNTED, undefined, 'skipped'];

export function noCounts(questions: number): Counts {
  return new Int32Array(questions * LINES.length * CELLS);
}

/** Where the counts of a line of a question begin. */
export function startOf(question: number, line: string): number {
  return (question * LINES.length + LINES.indexOf(line)) * CELLS;
}

/** Adds persons who gave an answer, by its place in `BYTES`. */
export function add(counts: Counts, question: number, cell: number, place: number, persons: number): void {
  const line = COUNTED_AS[place];
  if (line === undefined) return;
  counts[startOf(question, line) + cell]! += persons;
  counts[startOf(question, 'asked') + cell]! += persons;
}

/** @throws if two did not count the same, saying where */
export function mustBeEqual(name: string, found: Counts, expected: Counts): void {
  const index = expected.findIndex((count, place) => count !== found[place]);
  if (index < 0 && found.length === expected.length) return;
  const [line, cell] = [Math.floor(index / CELLS), index % CELLS];
  throw new Error(
    `${name} counted otherwise than Heard: question ${Math.floor(line / LINES.length)}, ${LINES[line % LINES.length]}, cell ${cell}: found ${found[index]}, Heard ${expected[index]}.`,
  );
}
