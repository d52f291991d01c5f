import type { Slot } from '../survey/kinds/kind.ts';

/*
 * The answers of one survey version as columns of bytes: one array a slot, one byte a response.
 * Simple loops over such columns count a whole authority in milliseconds.
 */
export interface Columns {
  /** Number of responses. */
  size: number;
  /** For each response, which cell (school × band) it belongs to. */
  cell: Uint16Array;
  /** One column for each slot of the version's layout, in its order. */
  slots: Uint8Array[];
  layout: readonly Slot[];
}

/** A stored response, as far as counting needs it. */
export interface CountedResponse {
  cell: number;
  answers: Uint8Array;
}

/**
 * Turns stored responses of one version into columns.
 * @throws if a response is not as long as the layout: its bytes would be read as other answers
 */
export function toColumns(layout: readonly Slot[], responses: readonly CountedResponse[]): Columns {
  const size = responses.length;
  const cell = new Uint16Array(size);
  const slots = layout.map(() => new Uint8Array(size));
  responses.forEach((response, row) => {
    if (response.answers.length !== layout.length) {
      throw new Error(
        `A response has ${response.answers.length} bytes, its version's layout ${layout.length}: read it with the layout stored with its own version.`,
      );
    }
    cell[row] = response.cell;
    for (let slot = 0; slot < slots.length; slot += 1) slots[slot]![row] = response.answers[slot]!;
  });
  return { size, cell, slots, layout };
}
