/*
 * A hundred small marks, ten a row: those who are meant first. Drawn from the whole number that stands beside them,
 * and so no finer than it.
 */

/** Outlines of marks in a square of 100 by 100, for a path each: those who are meant, and the others. */
export interface VillageMarks {
  those: string;
  others: string;
}

const CHILDREN = 100;
const ACROSS = 10;
const APART = 10;
/** Room around a mark, and its side. */
const ROOM = 2;
const SIDE = 6;

/** @param number of 100, whole */
export function villageMarks(number: number): VillageMarks {
  const marks = Array.from({ length: CHILDREN }, (_, index) => {
    const x = (index % ACROSS) * APART + ROOM;
    const y = Math.floor(index / ACROSS) * APART + ROOM;
    return `M${x} ${y}h${SIDE}v${SIDE}h-${SIDE}z`;
  });
  return { those: marks.slice(0, number).join(''), others: marks.slice(number).join('') };
}
