import { Type, type Static } from 'typebox';
import { askedShape, closed, Option } from '../item.ts';
import { optionPieces, type ItemKind, type TextPiece } from './kind.ts';
import type { OneChoiceQuestion } from './one-choice.ts';

export const GridQuestion = Type.Object(
  {
    kind: Type.Literal('grid'),
    ...askedShape,
    rows: Type.Array(Option, { minItems: 2, maxItems: 20 }),
    options: Type.Array(Option, { minItems: 2, maxItems: 7 }),
  },
  closed,
);
export type GridQuestion = Static<typeof GridQuestion>;

/** A kind in rows, each of which is answered like one choice. */
export interface RowsKind<Item> extends ItemKind<Item> {
  rows(item: Item): OneChoiceQuestion[];
}

/** A question in rows as the choices it is made of: one a row, named `question.row`. */
export function rowQuestions(
  { id, tags, optOuts }: Pick<GridQuestion, 'id' | 'tags' | 'optOuts'>,
  rows: readonly Option[],
  options: readonly Option[],
): OneChoiceQuestion[] {
  return rows.map(({ code, ...symbol }) => ({
    kind: 'one-choice',
    id: `${id}.${code}`,
    tags,
    optOuts,
    options: [...options],
    ...symbol,
  }));
}

export function rowPieces(rows: readonly Option[]): TextPiece[] {
  return rows.map(({ code }): TextPiece => `row.${code}`);
}

/** Several things asked in the same way; each row is a choice of its own. */
export const grid: RowsKind<GridQuestion> = {
  name: 'grid',
  rows: (item) => rowQuestions(item, item.rows, item.options),
  pieces: (item) => [...rowPieces(item.rows), ...optionPieces(item.options.map((option) => option.code))],
};
