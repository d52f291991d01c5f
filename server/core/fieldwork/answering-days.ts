import { schoolDate } from './school-days.ts';

/** The first and the last day on which a wave is answered, as civil dates. */
export interface AnsweringDays {
  startsOn: string;
  endsOn: string;
}

/**
 * Whether somebody may begin to answer: families have been told these days, and until the first one they may still say
 * no. Whoever has begun may finish until the wave is closed.
 * @param at a time as ISO-8601 text; the day is that of schools, from midnight to midnight
 * @returns 'early' before the first day, 'late' after the last
 */
export function answeringDay({ startsOn, endsOn }: AnsweringDays, at: string): 'early' | 'open' | 'late' {
  const today = schoolDate(at);
  if (today < startsOn) return 'early';
  return today > endsOn ? 'late' : 'open';
}
