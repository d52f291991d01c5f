import { ASKED_STATES, STATE_CODES, type AskedState } from '../survey/answer.ts';
import type { Columns } from './columns.ts';

/** How often each byte value occurs in each cell: index `cell * 256 + byte`. */
type Histogram = Int32Array;

function histogram(columns: Columns, slot: number, cells: number): Histogram {
  const counts = new Int32Array(cells * 256);
  const bytes = columns.slots[slot]!;
  const cell = columns.cell;
  for (let row = 0; row < columns.size; row += 1) counts[cell[row]! * 256 + bytes[row]!]! += 1;
  return counts;
}

/** Exact counts of one question by cell. They never leave the release job. */
export interface QuestionCounts {
  /** Persons who were asked: everybody but "not asked" and "unreached". */
  asked: Int32Array;
  options: Map<string, Int32Array>;
  states: Map<AskedState, Int32Array>;
}

/** Counts a question; undefined if this version does not ask it. */
export function countQuestion(columns: Columns, question: string, cells: number): QuestionCounts | undefined {
  const slots = slotsOf(columns, question);
  const [first] = slots;
  if (first === undefined) return undefined;
  const histograms = slots.map((slot) => histogram(columns, slot, cells));
  const options = new Map<string, Int32Array>();
  slots.forEach((slot, index) => {
    const { part, codes } = columns.layout[slot]!;
    const counts = histograms[index]!;
    // A ticked option is the byte 1 of its own slot; a choice is the byte of its code.
    if (part !== null) options.set(part, ofByte(counts, 1, cells));
    else codes.forEach((code, byte) => options.set(code, ofByte(counts, byte, cells)));
  });
  const states = new Map(ASKED_STATES.map((state) => [state, ofByte(histograms[0]!, STATE_CODES[state], cells)]));
  return { asked: askedOf(histograms[0]!, cells), options, states };
}

function slotsOf(columns: Columns, question: string): number[] {
  return columns.layout.flatMap((slot, index) => (slot.question === question ? [index] : []));
}

function ofByte(counts: Histogram, byte: number, cells: number): Int32Array {
  return Int32Array.from({ length: cells }, (_, cell) => counts[cell * 256 + byte]!);
}

function askedOf(counts: Histogram, cells: number): Int32Array {
  return Int32Array.from({ length: cells }, (_, cell) => {
    let asked = 0;
    for (let byte = 0; byte < 256; byte += 1) asked += counts[cell * 256 + byte]!;
    return asked - counts[cell * 256 + STATE_CODES['not-asked']]! - counts[cell * 256 + STATE_CODES.unreached]!;
  });
}

/** Persons whose answer to a question is any of these options, each person once however many they ticked. */
export function countAnyOf(columns: Columns, question: string, anyOf: readonly string[], cells: number): Int32Array {
  const counts = new Int32Array(cells);
  const tests = slotsOf(columns, question).map((slot) => {
    const { part, codes } = columns.layout[slot]!;
    const wanted = new Uint8Array(256);
    if (part !== null) wanted[1] = anyOf.includes(part) ? 1 : 0;
    else codes.forEach((code, byte) => (wanted[byte] = anyOf.includes(code) ? 1 : 0));
    return { bytes: columns.slots[slot]!, wanted };
  });
  for (let row = 0; row < columns.size; row += 1) {
    if (tests.some(({ bytes, wanted }) => wanted[bytes[row]!] === 1)) counts[columns.cell[row]!]! += 1;
  }
  return counts;
}

/** Responses by cell. */
export function countResponses(columns: Columns, cells: number): Int32Array {
  const counts = new Int32Array(cells);
  for (let row = 0; row < columns.size; row += 1) counts[columns.cell[row]!]! += 1;
  return counts;
}
