/*
 * What a person has said to one question. Five states, never mixed: answered, don't know,
 * prefer not to say, skipped (seen, left blank) and not asked; the last is the absence of an
 * entry for a question that is off the path.
 */

/** An option's code, several codes, a step of a ladder, or words. */
export type AnswerValue = string | string[] | number;

export type Answer =
  { state: 'answered'; value: AnswerValue } | { state: 'dont-know' | 'prefer-not-to-say' | 'skipped' };

/** Answers by item id. An information page that was read counts as skipped: seen, nothing to say. */
export type Answers = Record<string, Answer>;

export const SKIPPED: Answer = { state: 'skipped' };

/**
 * States as bytes of a stored response. 0–249 are values.
 * 'unreached' is for a response kept although its author stopped early: the page never came up,
 * so the question was neither skipped nor routed past. It is counted with those skipped (decision 0038).
 */
export const STATE_CODES = {
  'dont-know': 250,
  'prefer-not-to-say': 251,
  skipped: 252,
  'not-asked': 253,
  unreached: 254,
} as const;

/** States that lie inside the base of a question: those who were asked. */
export const ASKED_STATES = ['dont-know', 'prefer-not-to-say', 'skipped'] as const;
export type AskedState = (typeof ASKED_STATES)[number];
