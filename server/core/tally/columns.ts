import type { Slot } from '../survey/kinds/kind.ts';

/*
 * The answers of one survey version as columns of bytes: one array a slot, one byte a response. The responses of a
 * cell lie together, each cell's on a boundary of four, so that counting reads four answers at once and keeps the
 * counts of one cell at a time. Simple loops over such columns count a whole country in milliseconds.
 */
export interface Columns {
  /** Number of responses. */
  size: number;
  /** Where each cell's responses lie, in the order in which they lie there; cells without any have no run. */
  runs: readonly Run[];
  /** One column for each slot of the version's layout, in its order. */
  slots: Uint8Array[];
  layout: readonly Slot[];
  /** The places in the layout that hold a variable. */
  placesOf: ReadonlyMap<string, readonly number[]>;
}

/** The responses of one cell (school × band, say): `size` bytes of every column from byte `from`, then filling. */
export interface Run {
  cell: number;
  size: number;
  /** The first byte, a multiple of four. */
  from: number;
  /** The byte after the last one and its filling, a multiple of four: where the next run begins. */
  to: number;
}

/** A stored response, as far as counting needs it. */
export interface CountedResponse {
  cell: number;
  answers: Uint8Array;
}

/** Fills a column up to the next multiple of four. It is neither a value nor a state, so nothing counts it. */
export const FILLING = 255;

/**
 * Turns stored responses of one version into columns.
 * @throws if a response is not as long as the layout: its bytes would be read as other answers
 */
export function toColumns(layout: readonly Slot[], responses: readonly CountedResponse[]): Columns {
  const runs = runsOf(responses);
  const slots = turned(rowsOf(layout.length, runs, responses), layout.length);
  const placesOf = Map.groupBy(layout.keys(), (place) => layout[place]!.question);
  return { size: responses.length, runs, slots, layout, placesOf };
}

/** Room for the responses of each cell, in the order of cells. */
function runsOf(responses: readonly CountedResponse[]): Run[] {
  const sizes = new Uint32Array(responses.reduce((cells, { cell }) => Math.max(cells, cell + 1), 0));
  for (const { cell } of responses) sizes[cell]! += 1;
  const runs: Run[] = [];
  sizes.forEach((size, cell) => {
    const from = runs.at(-1)?.to ?? 0;
    if (size > 0) runs.push({ cell, size, from, to: from + Math.ceil(size / 4) * 4 });
  });
  return runs;
}

/** The answers of each row, run after run; rows that nobody has hold nothing but filling. */
function rowsOf(width: number, runs: readonly Run[], responses: readonly CountedResponse[]): Uint8Array[] {
  const nobody = new Uint8Array(width).fill(FILLING);
  const rows = Array<Uint8Array>(runs.at(-1)?.to ?? 0).fill(nobody);
  const nextOf = new Uint32Array((runs.at(-1)?.cell ?? 0) + 1);
  for (const { cell, from } of runs) nextOf[cell] = from;
  for (const { cell, answers } of responses) {
    if (answers.length !== width) {
      throw new Error(
        `A response has ${answers.length} bytes, its version's layout ${width}: read it with the layout stored with its own version.`,
      );
    }
    rows[nextOf[cell]!] = answers;
    nextOf[cell]! += 1;
  }
  return rows;
}

/** Few enough that they and the places they go to stay near the processor: a third faster than row by row. */
const ROWS_AT_ONCE = 64;

/** Rows of bytes as columns. */
function turned(rows: readonly Uint8Array[], width: number): Uint8Array[] {
  const columns = Array.from({ length: width }, () => new Uint8Array(rows.length));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const to = Math.min(rows.length, from + ROWS_AT_ONCE);
    columns.forEach((column, slot) => {
      for (let row = from; row < to; row += 1) column[row] = rows[row]![slot]!;
    });
  }
  return columns;
}
