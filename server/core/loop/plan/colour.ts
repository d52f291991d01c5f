import { measureState, type MeasureWords, type QuarterValue } from './measures.ts';
import type { PlanWords } from './words.ts';

/*
 * Red, amber, green. A rule sets it from dates, progress and measures, the same for every action; a person may set another
 * colour with a reason. Both are always shown: what a person says never hides what the dates say.
 */

export const COLOURS = ['red', 'amber', 'green'] as const;
export type Colour = (typeof COLOURS)[number];

export const ENDINGS = ['open', 'done', 'stopped'] as const;
export type Ending = (typeof ENDINGS)[number];

/** The rules in the order in which they are asked; the first that holds sets the colour. */
export const COLOUR_RULES = {
  done: 'green',
  stopped: null,
  overdue: 'red',
  'not-begun': 'green',
  'measure-worse': 'amber',
  quiet: 'amber',
  'due-soon': 'amber',
  'on-course': 'green',
} as const satisfies Record<string, Colour | null>;
export type ColourRule = keyof typeof COLOUR_RULES;

/** Days without a word of progress after which an action counts as quiet: a quarter. */
export const QUIET_DAYS = 92;
/** Days before its date in which an action that is not done is worth a look. */
export const SOON_DAYS = 28;

/** What the rule looks at. */
export interface Judged {
  words: Pick<PlanWords, 'startsOn' | 'dueOn'>;
  /** When it was put into the plan. */
  madeAt: string;
  state: Ending;
  /** Dates of progress, in any order. */
  progress: readonly { on: string }[];
  measures: readonly { words: MeasureWords; values: readonly QuarterValue[] }[];
}

export interface RuleColour {
  rule: ColourRule;
  /** Null of what was stopped: it is neither well nor badly on its way. */
  colour: Colour | null;
  /** The date that the rule speaks of: since when it is quiet, or by when it is due; empty where it speaks of none. */
  date: string;
}

/** The colour that the rule sets on a day, and which rule. */
export function colourByRule(action: Judged, today: string): RuleColour {
  const { startsOn, dueOn } = action.words;
  const heard = lastWord(action);
  const found = (rule: ColourRule, date = ''): RuleColour => ({ rule, colour: COLOUR_RULES[rule], date });
  if (action.state !== 'open') return found(action.state);
  if (dueOn < today) return found('overdue', dueOn);
  if (startsOn > today) return found('not-begun', startsOn);
  if (action.measures.some(isWorse)) return found('measure-worse');
  if (daysBetween(heard, today) > QUIET_DAYS) return found('quiet', heard);
  if (daysBetween(today, dueOn) <= SOON_DAYS) return found('due-soon', dueOn);
  return found('on-course', dueOn);
}

/** The colour that is shown: the person's where one is set, else the rule's; none of what was stopped. */
export function shownColour(action: {
  state: Ending;
  judgement: { colour: Colour } | null;
  rule: RuleColour;
}): Colour | null {
  return action.state === 'stopped' ? null : (action.judgement?.colour ?? action.rule.colour);
}

/** Worse than where it began, by its newest value. */
function isWorse({ words, values }: Judged['measures'][number]): boolean {
  return measureState(words, values).sinceBaseline === 'worsened';
}

/** When it was last heard of: the newest progress, or its beginning. */
function lastWord({ progress, words, madeAt }: Judged): string {
  const began = words.startsOn === '' ? madeAt.slice(0, 10) : words.startsOn;
  return progress.reduce((latest, { on }) => (on > latest ? on : latest), began);
}

/** Whole days from one civil date to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Whether an action that goes on is past its date. */
export function isOverdue({ words, state }: Pick<Judged, 'words' | 'state'>, today: string): boolean {
  return state === 'open' && words.dueOn < today;
}
