import type { SurveyDefinition } from '../survey/definition.ts';
import type { DraftContent, Purpose } from './draft.ts';

/**
 * The survey as it would be with a draft in it. A new item without a place comes last; a changed one without a new place
 * stays where it is.
 */
export function putDraft(
  survey: SurveyDefinition,
  purpose: Purpose,
  { item, after }: Pick<DraftContent, 'item' | 'after'>,
): SurveyDefinition {
  const others = survey.items.filter(({ id }) => id !== item.id);
  if (purpose === 'withdrawal') return { ...survey, items: others };
  const stays = purpose === 'change' && (after === undefined || after === item.id);
  if (stays) return { ...survey, items: survey.items.map((one) => (one.id === item.id ? item : one)) };
  const place = after === null ? 0 : after === undefined ? others.length : placeAfter(others, after);
  return { ...survey, items: others.toSpliced(place, 0, item) };
}

function placeAfter(items: readonly { id: string }[], after: string): number {
  const index = items.findIndex(({ id }) => id === after);
  return index < 0 ? items.length : index + 1;
}
