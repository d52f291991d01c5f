import { attribute, rowsOf } from '../loop/markup.ts';
import type { PageFigure } from './readings.ts';

/* Reads tables and numbers as our pages print them. */

export interface TableRow {
  name: string;
  tag: string;
  cells: string[];
}

export function tableRows(table: string): TableRow[] {
  return rowsOf(/<tbody>([\s\S]*)<\/tbody>/.exec(table)?.[1] ?? '').map(({ tag, cells: [name = '', ...cells] }) => ({
    name,
    tag,
    cells,
  }));
}

export function tableOf(html: string, id: string): string {
  return new RegExp(`<table id="${id}"[^>]*>[\\s\\S]*?</table>`).exec(html)?.[0] ?? '';
}

/** The data for the picture and the words beside it must be one; where they are not, the words are what counts. */
export function shownIn(tag: string, cells: readonly string[], baseAt: number): PageFigure['shown'] {
  const share = attribute(tag, 'data-share');
  if (share === undefined) return null;
  const printed = percentIn(cells[0] ?? '');
  const drawn = Number(share);
  return { share: printed === Math.round(drawn) ? drawn : (printed ?? drawn), base: numberIn(cells[baseAt] ?? '') };
}

/** The first number of some words, as English pages write it, that is no percentage. */
export function numberIn(words: string): number | null {
  const found = /\d[\d,]*(?![\d,]*\s*%)/.exec(words)?.[0];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}

export function percentIn(words: string): number | undefined {
  const found = /^\s*([\d.]+)\s*%/.exec(words)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Without marks of direction and spaces that only set text. */
export function plain(words: string): string {
  return words
    .replace(/[\u2066-\u2069\u200e\u200f]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
