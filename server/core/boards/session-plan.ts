/*
 * How a session of a board runs where there is no wall to stick notes on: with slips of paper on tables. Written for Heard.
 */

export const PLAN_STEPS = [
  { id: 'welcome', minutes: 10 },
  { id: 'write', minutes: 15 },
  { id: 'sort', minutes: 20 },
  { id: 'stars', minutes: 10 },
  { id: 'end', minutes: 5 },
] as const;

/** Keys of what has to be on the tables. */
export const PLAN_MATERIALS = ['slips', 'pens', 'tables', 'stickers', 'device'] as const;
