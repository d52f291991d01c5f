import { ASKED_STATES, STATE_CODES, type AskedState } from '../survey/answer.ts';
import type { Columns } from './columns.ts';
import { holdersOf, readingsOf } from './readings.ts';

/** Exact counts of one variable by cell. They never leave the release job. */
export interface VariableCounts {
  /** Persons who were asked: everybody whom their stage, the topics and their own answers led to the question. */
  asked: Int32Array;
  options: Map<string, Int32Array>;
  /** Whoever stopped before a question left it as blank as whoever skipped it: decision 0038. */
  states: Map<AskedState, Int32Array>;
}

/** Every state, those inside the base of a question first. */
const STATES = [...ASKED_STATES, 'not-asked', 'unreached'] as const;
const STATE_BYTES = STATES.map((state) => STATE_CODES[state]);

/** Counts a variable (a question, a row, the place of a ranked option); undefined if this version does not ask it. */
export function countVariable(columns: Columns, variable: string, cells: number): VariableCounts | undefined {
  const [first, ...others] = readingsOf(columns, variable);
  if (!first) return undefined;
  const counts = countBytes(columns, first.bytes, [...first.values, ...STATE_BYTES], cells);
  const options = new Map(first.codes.map((code, index) => [code, counts[index]!]));
  for (const { bytes, codes, values } of others) {
    countBytes(columns, bytes, values, cells).forEach((ticks, index) => options.set(codes[index]!, ticks));
  }
  const ofState = (state: (typeof STATES)[number]) => counts[first.codes.length + STATES.indexOf(state)]!;
  return {
    asked: allBut(countResponses(columns, cells), ofState('not-asked')),
    options,
    states: new Map(
      ASKED_STATES.map((state) => [
        state,
        state === 'skipped' ? both(ofState(state), ofState('unreached')) : ofState(state),
      ]),
    ),
  };
}

function allBut(all: Int32Array, others: Int32Array): Int32Array {
  return all.map((count, cell) => count - others[cell]!);
}

function both(one: Int32Array, other: Int32Array): Int32Array {
  return one.map((count, cell) => count + other[cell]!);
}

/** Persons whose answer to a variable is any of these codes, each person once however many they ticked. */
export function countAnyOf(columns: Columns, variable: string, anyOf: readonly string[], cells: number): Int32Array {
  return countBytes(columns, holdersOf(columns, variable, anyOf), [1], cells)[0]!;
}

/** Responses by cell. */
export function countResponses(columns: Columns, cells: number): Int32Array {
  const counts = new Int32Array(cells);
  for (const { cell, size } of columns.runs) counts[cell] = size;
  return counts;
}

/** How often each byte occurs in the run at hand, while a column is counted. */
const inRun = new Int32Array(256);

/**
 * How often each of the wanted bytes occurs in a column, by cell. Its loops stay in one function, beside the
 * counts that they add to: the engine makes the inner one twice as fast as when it is called with them.
 */
function countBytes({ runs }: Columns, bytes: Uint8Array, wanted: readonly number[], cells: number): Int32Array[] {
  const counts = new Int32Array(wanted.length * cells);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  inRun.fill(0);
  for (const { cell, from, to } of runs) {
    for (let index = from >> 2; index < to >> 2; index += 1) {
      const word = words[index]!;
      inRun[word & 255]! += 1;
      inRun[(word >> 8) & 255]! += 1;
      inRun[(word >> 16) & 255]! += 1;
      inRun[word >>> 24]! += 1;
    }
    for (let index = 0; index < wanted.length; index += 1) {
      const byte = wanted[index]!;
      counts[index * cells + cell] = inRun[byte]!;
      inRun[byte] = 0;
    }
  }
  return wanted.map((_, index) => counts.subarray(index * cells, (index + 1) * cells));
}
