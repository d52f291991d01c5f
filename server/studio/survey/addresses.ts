import type { WouldBeWish } from './would-be.ts';

/** The page of a survey as it would be. */
export function surveyHref(surveyId: string, wish?: WouldBeWish): string {
  const query = new URLSearchParams((wish?.proposals ?? []).map((id) => ['with', id]));
  if (wish?.withTopics) query.set('topics', 'on');
  const asked = query.toString();
  return `/studio/surveys/${encodeURIComponent(surveyId)}${asked && `?${asked}`}`;
}

/** Where a survey is tried. Its pages hold all that is known of a try, so one address does for every page. */
export const TRIES_HREF = '/studio/tries';
