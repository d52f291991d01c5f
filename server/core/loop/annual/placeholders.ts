/*
 * What planners write may quote a drawn figure by its number: "{figure 3}". The number stays with the figure for as long as
 * the report is written, so that the same words never come to quote another one. Arabic words may say it in Arabic.
 */

export type TextPiece = { kind: 'words'; words: string } | { kind: 'figure'; number: number };

/** Something in braces that is no figure of the report, as it was written. */
export interface PlaceholderFault {
  problem: 'unknown-figure' | 'not-a-placeholder' | 'open-brace';
  found: string;
}

const PLACEHOLDER = /\{\s*(?:figure|رقم|الرقم)\s*([0-9\u0660-\u0669]{1,4})\s*\}/giu;
/** Anything in braces, else a brace alone. */
const BRACES = /\{[^{}]*\}|[{}]/gu;
/** Characters of what was written wrongly that an error repeats. */
const SHOWN = 40;

export const placeholder = (number: number) => `{figure ${number}}`;

/** A text as words and quoted figures, in order. What is no placeholder stays words. */
export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    if (found.index > end) pieces.push({ kind: 'words', words: text.slice(end, found.index) });
    pieces.push({ kind: 'figure', number: numberIn(found[1]!) });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ kind: 'words', words: text.slice(end) });
  return pieces;
}

/** Numbers of the figures that a text quotes. */
export function quotedIn(text: string): number[] {
  return piecesOf(text).flatMap((piece) => (piece.kind === 'figure' ? [piece.number] : []));
}

/** What a text has in braces that no figure answers to. @param known numbers of the report's figures */
export function placeholderFaults(text: string, known: ReadonlySet<number>): PlaceholderFault[] {
  return piecesOf(text).flatMap((piece): PlaceholderFault[] => {
    if (piece.kind === 'figure')
      return known.has(piece.number) ? [] : [{ problem: 'unknown-figure', found: placeholder(piece.number) }];
    return [...piece.words.matchAll(BRACES)].map(([found]) => ({
      problem: found.length > 1 ? 'not-a-placeholder' : 'open-brace',
      found: found.slice(0, SHOWN),
    }));
  });
}

/** Numbers that somebody typed by hand, which nothing says the source of: each once, in the digits it was typed in. */
export function typedNumbers(text: string): string[] {
  const words = piecesOf(text).flatMap((piece) => (piece.kind === 'words' ? [piece.words] : []));
  return [
    ...new Set(words.flatMap((one) => [...one.matchAll(/\p{Nd}+(?:[.,٫٬]\p{Nd}+)*/gu)].map(([digits]) => digits))),
  ];
}

/** A whole number in the digits of either script. */
function numberIn(digits: string): number {
  return Number([...digits].map((digit) => (digit >= '\u0660' ? digit.charCodeAt(0) - 0x0660 : digit)).join(''));
}
