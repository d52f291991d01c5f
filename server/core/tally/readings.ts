import type { NumberGroup } from '../survey/kinds/kind.ts';
import { BASE } from '../survey/kinds/number.ts';
import { FILLING, type Columns } from './columns.ts';

/** A column that a variable is counted by, one byte a response: a choice, or whether one option was ticked. */
export interface Reading {
  bytes: Uint8Array;
  codes: readonly string[];
  /** The byte that each code is counted by. */
  values: readonly number[];
}

/** The columns of a variable: one a choice or number, one for each option of a tick-all question, none if not asked. */
export function readingsOf({ layout, slots, placesOf }: Columns, variable: string): Reading[] {
  const places = placesOf.get(variable) ?? [];
  const [high, low] = places;
  const groups = high === undefined ? undefined : layout[high]!.groups;
  if (groups && high !== undefined && low !== undefined) {
    return [
      choice(
        groupsOf(slots[high]!, slots[low]!, groups),
        groups.map(({ code }) => code),
      ),
    ];
  }
  return places.map((place) => {
    const { part, codes } = layout[place]!;
    const bytes = slots[place]!;
    // A ticked option is the byte 1 of its own slot.
    return part === null ? choice(bytes, codes) : { bytes, codes: [part], values: [1] };
  });
}

/** A choice is the byte of its code. */
function choice(bytes: Uint8Array, codes: readonly string[]): Reading {
  return { bytes, codes, values: codes.map((_, place) => place) };
}

/** Numbers as the place of the group that each is counted in; a state stays the byte that it is. */
function groupsOf(high: Uint8Array, low: Uint8Array, groups: readonly NumberGroup[]): Uint8Array {
  // A number outside every group would be a fault of storing: it counts as asked and as none of the groups.
  const groupOf = new Uint8Array(BASE * BASE).fill(FILLING);
  groups.forEach(({ from, to }, place) => groupOf.fill(place, from, to + 1));
  const bytes = new Uint8Array(high.length);
  for (let row = 0; row < high.length; row += 1) {
    const byte = high[row]!;
    bytes[row] = byte < BASE ? groupOf[byte * BASE + low[row]!]! : byte;
  }
  return bytes;
}

/** Who holds any of these codes of a variable, as a column of its own: 1 for those, each once however many they ticked. */
export function holdersOf(columns: Columns, variable: string, anyOf: readonly string[]): Uint8Array {
  const holders = new Uint8Array(columns.runs.at(-1)?.to ?? 0);
  for (const { bytes, codes, values } of readingsOf(columns, variable)) {
    const wanted = new Uint8Array(256);
    codes.forEach((code, index) => (wanted[values[index]!] = anyOf.includes(code) ? 1 : 0));
    for (let row = 0; row < bytes.length; row += 1) holders[row]! |= wanted[bytes[row]!]!;
  }
  return holders;
}
