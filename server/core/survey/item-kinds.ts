import type { SurveyItem } from './definition.ts';

export type ItemKindName = SurveyItem['kind'];

/** The kinds of items by name, in the order in which people are offered them: those that most need first. */
export const ITEM_KINDS = [
  'one-choice',
  'tick-all',
  'faces',
  'ladder',
  'grid',
  'ranking',
  'number',
  'short-text',
  'long-text',
  'place-wheel',
  'information',
] as const satisfies readonly ItemKindName[];
