import { ITEM_KINDS, type ItemKindName } from '../survey/item-kinds.ts';
import { FacesQuestion } from '../survey/kinds/faces.ts';
import { GridQuestion } from '../survey/kinds/grid.ts';
import { LongTextQuestion } from '../survey/kinds/long-text.ts';
import { NumberQuestion } from '../survey/kinds/number.ts';
import { OneChoiceQuestion } from '../survey/kinds/one-choice.ts';
import { PlaceWheelQuestion } from '../survey/kinds/place-wheel.ts';
import { RankingQuestion } from '../survey/kinds/ranking.ts';
import { ShortTextQuestion } from '../survey/kinds/short-text.ts';
import { TickAllQuestion } from '../survey/kinds/tick-all.ts';

/*
 * What each kind needs besides the words of its question, so that a form shows these fields and no others. Bounds are
 * those of the kinds' own schemas.
 */

/** From and to, both included. */
export interface Bounds {
  least: number;
  most: number;
}

export interface KindFields {
  /** Answers to choose from, groups of a number, words of three points; null where the kind has none. */
  options: Bounds | null;
  /** Rows of a grid, themes of a wheel. */
  rows: Bounds | null;
  /** Words at two ends. */
  ends: boolean;
  /** Each answer is a group of numbers, from one to another. */
  groups: boolean;
  /** One of the answers may mean none of the others. */
  alone: boolean;
  /** How many places a ranking may give. */
  places: Bounds | null;
  /** How many characters somebody may write. */
  length: Bounds | null;
  /** The number of points is chosen. */
  points: boolean;
}

const NOTHING: KindFields = {
  options: null,
  rows: null,
  ends: false,
  groups: false,
  alone: false,
  places: null,
  length: null,
  points: false,
};

/** The bounds of a list or a number as its schema has them. */
function boundsOf(schema: object): Bounds {
  const { minItems, maxItems, minimum, maximum } = schema as Record<string, number | undefined>;
  const [least, most] = [minItems ?? minimum, maxItems ?? maximum];
  if (least === undefined || most === undefined) {
    throw new Error('A field of a kind has no bounds: expected minItems and maxItems, or minimum and maximum.');
  }
  return { least, most };
}

const FIELDS: Record<ItemKindName, KindFields> = {
  'one-choice': { ...NOTHING, options: boundsOf(OneChoiceQuestion.properties.options) },
  'tick-all': { ...NOTHING, options: boundsOf(TickAllQuestion.properties.options), alone: true },
  faces: { ...NOTHING, options: boundsOf(FacesQuestion.properties.options) },
  ladder: { ...NOTHING, ends: true },
  grid: {
    ...NOTHING,
    rows: boundsOf(GridQuestion.properties.rows),
    options: boundsOf(GridQuestion.properties.options),
  },
  ranking: {
    ...NOTHING,
    options: boundsOf(RankingQuestion.properties.options),
    places: boundsOf(RankingQuestion.properties.places),
  },
  number: { ...NOTHING, options: boundsOf(NumberQuestion.properties.groups), groups: true },
  'short-text': { ...NOTHING, length: boundsOf(ShortTextQuestion.properties.maxLength) },
  'long-text': { ...NOTHING, length: boundsOf(LongTextQuestion.properties.maxLength) },
  'place-wheel': { ...NOTHING, rows: boundsOf(PlaceWheelQuestion.properties.themes), points: true },
  information: NOTHING,
};

/** Points of a wheel that have words each; with more points only the two ends have. */
export const WORDED_POINTS = 3;
export const WHEEL_POINTS = [3, 7] as const;

/** @param points the points of a wheel as they were typed */
export function kindFields(kind: ItemKindName, points: string): KindFields {
  const fields = FIELDS[kind];
  if (!fields.points) return fields;
  if (points === String(WORDED_POINTS)) {
    return { ...fields, options: { least: WORDED_POINTS, most: WORDED_POINTS } };
  }
  return { ...fields, ends: points !== '' };
}

export function isKind(text: string): text is ItemKindName {
  return (ITEM_KINDS as readonly string[]).includes(text);
}
