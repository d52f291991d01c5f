import type { SurveyItem } from './definition.ts';
import { information } from './kinds/information.ts';
import type { Kind } from './kinds/kind.ts';
import { ladder } from './kinds/ladder.ts';
import { faces, oneChoice } from './kinds/one-choice.ts';
import { shortText } from './kinds/short-text.ts';
import { tickAll } from './kinds/tick-all.ts';

/** Every kind of question that Heard knows, by name. */
export const KINDS = {
  'one-choice': oneChoice,
  'tick-all': tickAll,
  faces,
  ladder,
  'short-text': shortText,
  information,
};

/** The kind of an item, ready to be asked about that item. */
export function kindOf(item: SurveyItem): Kind<SurveyItem> {
  // Each entry handles exactly the items that carry its name, which the schema guarantees.
  return KINDS[item.kind];
}
