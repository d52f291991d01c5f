import { Type, type Static } from 'typebox';
import { askedShape, closed, Option } from '../item.ts';
import { rowPieces, rowQuestions, type RowsKind } from './grid.ts';
import { optionPieces } from './kind.ts';

export const PlaceWheelQuestion = Type.Object(
  {
    kind: Type.Literal('place-wheel'),
    ...askedShape,
    themes: Type.Array(Option, { minItems: 3, maxItems: 16 }),
    /** Three points below twelve years, seven from twelve. */
    points: Type.Union([Type.Literal(3), Type.Literal(7)]),
  },
  closed,
);
export type PlaceWheelQuestion = Static<typeof PlaceWheelQuestion>;

const pointsOf = ({ points }: PlaceWheelQuestion) =>
  Array.from({ length: points }, (_, index) => ({ code: String(index + 1) }));

/**
 * Themes of a place, each given points from 1 (needs the most) to the best: the spokes of a wheel. Three points
 * have words each, seven have words at their ends.
 */
export const placeWheel: RowsKind<PlaceWheelQuestion> = {
  name: 'place-wheel',
  rows: (item) => rowQuestions(item, item.themes, pointsOf(item)),
  pieces: (item) => [
    ...rowPieces(item.themes),
    ...(item.points === 3 ? optionPieces(pointsOf(item).map(({ code }) => code)) : (['low', 'high'] as const)),
  ],
};
