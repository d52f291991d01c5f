import { FLAG_KINDS, type Flag, type FlagKind } from './flag.ts';
import { nameFlags } from './name-flags.ts';
import { patternFlags, schoolFlags } from './pattern-flags.ts';

/**
 * Parts of a text that look like names of persons, numbers, addresses or anything else by which somebody could be
 * found. Flags too much rather than too little: people decide, and what is flagged is never quoted.
 * @param schools names of the schools of the wave
 * @returns in their order, none over another one
 */
export function flagsOf(text: string, schools: readonly string[] = []): Flag[] {
  const found = [...patternFlags(text), ...schoolFlags(text, schools), ...nameFlags(text)];
  const flags: Flag[] = [];
  for (const flag of found.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const last = flags.at(-1);
    if (last && isOneThing(text, last, flag)) {
      last.end = Math.max(last.end, flag.end);
      last.kind = surer(last.kind, flag.kind);
    } else flags.push({ ...flag });
  }
  return flags;
}

/** Whether two flags lie over each other, or are the first and last name of one person. */
function isOneThing(text: string, before: Flag, after: Flag): boolean {
  if (after.start < before.end) return true;
  return before.kind === 'name' && after.kind === 'name' && text.slice(before.end, after.start) === ' ';
}

function surer(one: FlagKind, other: FlagKind): FlagKind {
  return FLAG_KINDS.indexOf(one) <= FLAG_KINDS.indexOf(other) ? one : other;
}

/** A piece of a text, flagged or not. */
export interface Piece {
  words: string;
  kind: FlagKind | null;
}

/** A text in pieces, line by line, so that what is flagged can be marked. */
export function markedLines(text: string, flags: readonly Flag[]): Piece[][] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const flag of flags) {
    pieces.push({ words: text.slice(end, flag.start), kind: null });
    pieces.push({ words: text.slice(flag.start, flag.end), kind: flag.kind });
    end = flag.end;
  }
  pieces.push({ words: text.slice(end), kind: null });
  const lines: Piece[][] = [[]];
  for (const { words, kind } of pieces) {
    words.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)!.push({ words: part, kind });
    });
  }
  return lines.filter((line) => line.some(({ words }) => words.trim() !== ''));
}
