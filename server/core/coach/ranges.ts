import { numbersInWords } from './numbers.ts';

/* Answers that stand for numbers, as stretches of a line. */

export interface Range {
  from: number;
  to: number;
  /** Whether the end itself belongs to it. */
  hasFrom: boolean;
  hasTo: boolean;
  /** What is counted; empty where the answer does not say. */
  unit: string;
}

const MINUTES: Record<string, number> = { minute: 1, min: 1, hour: 60, hr: 60 };
const PER_WEEK: Record<string, number> = {
  day: 7,
  week: 1,
  fortnight: 1 / 2,
  month: 12 / 52,
  term: 1 / 13,
  year: 1 / 52,
};
const NUMBER = '(\\d+(?:\\.\\d+)?)';
const UNIT =
  ' ?(minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|times?|pm|am|p|pounds?|years old|portions?|people|friends|cups?|glasses|books)?';
const A = `${NUMBER}${UNIT}`;

const SHAPES: [shape: RegExp, range: (one: number, other: number) => Omit<Range, 'unit'>][] = [
  [
    new RegExp(
      `(?:no|not) more than ${A}|up to ${A}|at most ${A}|${A} (?:or|and) (?:less|fewer|under|below|younger|earlier)`,
    ),
    (one) => ({ from: 0, to: one, hasFrom: false, hasTo: true }),
  ],
  [
    new RegExp(
      `(?:no|not) less than ${A}|at least ${A}|${A} ?\\+|${A} (?:or|and) (?:more|over|above|older|longer|later|up)|${A} plus`,
    ),
    (one) => ({ from: one, to: Infinity, hasFrom: true, hasTo: false }),
  ],
  [
    new RegExp(`(?:between |from )?${A} ?(?:to|-|–|—|or|and|until) ?${A}`),
    (one, other) => ({ from: Math.min(one, other), to: Math.max(one, other), hasFrom: true, hasTo: true }),
  ],
  [
    new RegExp(`(?:less|fewer|younger|under|below|before|earlier)(?: than)? ${A}`),
    (one) => ({ from: 0, to: one, hasFrom: false, hasTo: false }),
  ],
  [
    new RegExp(`(?:more|over|above|greater|older|longer|after|later)(?: than)? ${A}`),
    (one) => ({ from: one, to: Infinity, hasFrom: false, hasTo: false }),
  ],
  [
    new RegExp(`^(?:about |around |exactly |only )?${A}`),
    (one) => ({ from: one, to: one, hasFrom: true, hasTo: true }),
  ],
];

/** The range that an answer stands for; undefined where it is none. */
export function rangeOf(option: string): Range | undefined {
  const text = inFigures(option);
  if (/^(?:none|none at all|no|never|not at all|nothing|no (?:days|nights|time|times|hours|books))$/.test(text))
    return { from: 0, to: 0, hasFrom: true, hasTo: true, unit: '' };
  const rate = rateOf(text);
  if (rate) return rate;
  for (const [shape, range] of SHAPES) {
    const found = shape.exec(text);
    if (found) return withUnit(found, range);
  }
  return undefined;
}

/** Numbers, halves, "an hour" and "twice" as figures. */
function inFigures(option: string): string {
  return numbersInWords(option)
    .replace(/[£€$]/g, '')
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/(?:a )?half (?:an?|of an) hour|half[- ]hour/g, '30 minutes')
    .replace(/(\d+) and a half hours?/g, (_all, hours: string) => `${Number(hours) + 0.5} hours`)
    .replace(/(?<!\p{L})an? (?=(?:hour|day|week|month|year|minute))/gu, (_all, at: number, whole: string) =>
      /(?:times?|once|twice|\d) $/.test(whole.slice(0, at)) ? 'per ' : '1 ',
    )
    .replace(/(?<!\p{L})once(?!\p{L})/gu, '1 time')
    .replace(/(?<!\p{L})twice(?!\p{L})/gu, '2 times')
    .trim();
}

/** How often something happens, in times a week. */
function rateOf(text: string): Range | undefined {
  const every = /^(?:every day|daily|1 times? (?:per|each|every) day)$/.test(text)
    ? 7
    : /^(?:every week|weekly)$/.test(text)
      ? 1
      : /^(?:every month|monthly)$/.test(text)
        ? PER_WEEK['month']
        : undefined;
  if (every !== undefined) return { from: every, to: every, hasFrom: true, hasTo: true, unit: 'rate' };
  const found = /^(.*?) (?:per|each|every|in the|in a) (day|week|fortnight|month|term|year)(.*)$/.exec(text);
  if (!found) return undefined;
  const [, amount = '', period = '', rest = ''] = found;
  const range = SHAPES.map(([shape, make]) => {
    const match = shape.exec(amount + rest);
    return match ? withUnit(match, make) : undefined;
  }).find((one) => one !== undefined);
  if (!range || /hour|minute/.test(amount)) return range;
  const factor = PER_WEEK[period] ?? 1;
  return { ...range, from: range.from * factor, to: range.to * factor, unit: 'rate' };
}

function withUnit(found: RegExpExecArray, range: (one: number, other: number) => Omit<Range, 'unit'>): Range {
  const groups = found.slice(1);
  const numbers: { value: number; unit: string }[] = [];
  for (let at = 0; at < groups.length; at += 2) {
    const value = groups[at];
    if (value !== undefined) numbers.push({ value: Number(value), unit: groups[at + 1] ?? '' });
  }
  const [one, other] = numbers;
  const lastUnit = bareUnit(other?.unit || one?.unit || '');
  const inUnit = (number: { value: number; unit: string } | undefined) =>
    (number?.value ?? 0) * (MINUTES[bareUnit(number?.unit ?? '') || lastUnit] ?? 1);
  return { ...range(inUnit(one), inUnit(other)), unit: lastUnit in MINUTES ? 'minute' : lastUnit };
}

function bareUnit(unit: string): string {
  return unit.replace(/ old$/, '').replace(/s$/, '');
}

/** Whether one number fits two ranges of the same unit. */
export function overlap(one: Range, other: Range): boolean {
  if (one.unit !== other.unit && one.unit !== '' && other.unit !== '') return false;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  if (from > to) return false;
  return from < to || (holds(one, from) && holds(other, from));
}

function holds(range: Range, number: number): boolean {
  if (number === range.from) return range.hasFrom;
  if (number === range.to) return range.hasTo;
  return number > range.from && number < range.to;
}
