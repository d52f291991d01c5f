import { ASKED_STATES, STATE_CODES, type AskedState } from '../survey/answer.ts';
import type { NumberGroup } from '../survey/kinds/kind.ts';
import { BASE } from '../survey/kinds/number.ts';
import type { Columns } from './columns.ts';

/** How often each byte value occurs in each cell: index `cell * 256 + byte`. */
type Histogram = Int32Array;

function histogram(columns: Columns, bytes: Uint8Array, cells: number): Histogram {
  const counts = new Int32Array(cells * 256);
  const cell = columns.cell;
  for (let row = 0; row < columns.size; row += 1) counts[cell[row]! * 256 + bytes[row]!]! += 1;
  return counts;
}

/** Exact counts of one variable by cell. They never leave the release job. */
export interface VariableCounts {
  /** Persons who were asked: everybody but "not asked" and "unreached". */
  asked: Int32Array;
  options: Map<string, Int32Array>;
  states: Map<AskedState, Int32Array>;
}

/** Counts a variable (a question, a row, the place of a ranked option); undefined if this version does not ask it. */
export function countVariable(columns: Columns, variable: string, cells: number): VariableCounts | undefined {
  const readings = readingsOf(columns, variable);
  const histograms = readings.map(({ bytes }) => histogram(columns, bytes, cells));
  const [first] = histograms;
  if (first === undefined) return undefined;
  const options = new Map<string, Int32Array>();
  readings.forEach(({ part, codes }, index) => {
    const counts = histograms[index]!;
    // A ticked option is the byte 1 of its own slot; a choice is the byte of its code.
    if (part !== null) options.set(part, ofByte(counts, 1, cells));
    else codes.forEach((code, byte) => options.set(code, ofByte(counts, byte, cells)));
  });
  const states = new Map(ASKED_STATES.map((state) => [state, ofByte(first, STATE_CODES[state], cells)]));
  return { asked: askedOf(first, cells), options, states };
}

/** One byte a response: a choice, or whether one option was ticked. */
interface SlotReading {
  part: string | null;
  codes: readonly string[];
  bytes: Uint8Array;
}

function readingsOf(columns: Columns, variable: string): SlotReading[] {
  const own = columns.layout.flatMap((slot, index) =>
    slot.question === variable ? [{ ...slot, bytes: columns.slots[index]! }] : [],
  );
  const [high, low] = own;
  if (!high?.groups || !low) return own;
  const codes = high.groups.map((group) => group.code);
  return [{ part: null, codes, bytes: groupsOf(high.bytes, low.bytes, high.groups) }];
}

/** Numbers as the index of the group that each is counted in; a state stays the byte that it is. */
function groupsOf(high: Uint8Array, low: Uint8Array, groups: readonly NumberGroup[]): Uint8Array {
  // A number outside every group would be a fault of storing: it counts as asked and as none of the groups.
  const groupOf = new Uint8Array(BASE * BASE).fill(255);
  groups.forEach(({ from, to }, index) => groupOf.fill(index, from, to + 1));
  const bytes = new Uint8Array(high.length);
  for (let row = 0; row < high.length; row += 1) {
    const byte = high[row]!;
    bytes[row] = byte < BASE ? groupOf[byte * BASE + low[row]!]! : byte;
  }
  return bytes;
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

/** Persons whose answer to a variable is any of these codes, each person once however many they ticked. */
export function countAnyOf(columns: Columns, variable: string, anyOf: readonly string[], cells: number): Int32Array {
  const counts = new Int32Array(cells);
  const tests = readingsOf(columns, variable).map(({ part, codes, bytes }) => {
    const wanted = new Uint8Array(256);
    if (part !== null) wanted[1] = anyOf.includes(part) ? 1 : 0;
    else codes.forEach((code, byte) => (wanted[byte] = anyOf.includes(code) ? 1 : 0));
    return { bytes, wanted };
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
