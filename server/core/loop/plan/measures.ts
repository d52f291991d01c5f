import { LINE_LENGTH, textProblem } from '../fields.ts';
import type { PlanFault, PlanProblem } from './words.ts';

/** What an action is measured by. Numbers are decimal text, so that they come back as they were written. */
export interface MeasureWords {
  name: string;
  /** What is counted: "%", "families"; may be empty. */
  unit: string;
  /** Which way is good. */
  better: 'higher' | 'lower';
  /** Where it stood before; empty where nobody knows yet. */
  baseline: string;
  target: string;
}

export interface QuarterValue {
  quarter: string;
  value: string;
}

export type MeasureField = keyof MeasureWords;

export function measureFaults(words: MeasureWords): PlanFault<MeasureField>[] {
  const found: [MeasureField, PlanProblem | undefined][] = [
    ['name', textProblem(words.name, LINE_LENGTH)],
    ['unit', words.unit.length > LINE_LENGTH ? 'too-long' : undefined],
    ['baseline', words.baseline === '' || isDecimal(words.baseline) ? undefined : 'not-a-number'],
    ['target', words.target === '' || isDecimal(words.target) ? undefined : 'not-a-number'],
  ];
  return found.flatMap(([field, problem]) => (problem ? [{ field, problem }] : []));
}

/** Whether a text is a number as it is kept: "62", "-3.25". */
export function isDecimal(text: string): boolean {
  return /^-?\d{1,9}(\.\d{1,4})?$/.test(text);
}

/** A number as somebody wrote it, as it is kept: without blanks, marks of thousands and a percent sign. */
export function readDecimal(text: string): string {
  const plain = text
    .trim()
    .replace(/\s*%$/, '')
    .replace(/,(?=\d{3}(\D|$))/g, '');
  return isDecimal(plain) ? String(Number(plain)) : text.trim();
}

/** Which way a measure went, by the way that is good. */
export type Movement = 'improved' | 'worsened' | 'same' | 'unknown';

export interface MeasureState {
  latest: QuarterValue | undefined;
  sinceBaseline: Movement;
  /** Since the value before the latest. */
  sinceLast: Movement;
  target: 'reached' | 'not-yet' | 'unknown' | 'none';
  /** A target that nobody can say the way to. */
  lacksBaseline: boolean;
}

/** @param values by quarter, the earliest first */
export function measureState(words: MeasureWords, values: readonly QuarterValue[]): MeasureState {
  const latest = values.at(-1);
  const from = (start: string | undefined) => movement(words.better, start, latest?.value);
  return {
    latest,
    sinceBaseline: from(words.baseline),
    sinceLast: from(values.at(-2)?.value),
    target: targetState(words, latest?.value),
    lacksBaseline: words.target !== '' && words.baseline === '',
  };
}

function movement(better: MeasureWords['better'], from: string | undefined, to: string | undefined): Movement {
  if (!from || !to) return 'unknown';
  const change = Number(to) - Number(from);
  if (change === 0) return 'same';
  return change > 0 === (better === 'higher') ? 'improved' : 'worsened';
}

function targetState({ better, target }: MeasureWords, latest: string | undefined): MeasureState['target'] {
  if (target === '') return 'none';
  if (latest === undefined) return 'unknown';
  const beyond = Number(latest) - Number(target);
  return (better === 'higher' ? beyond >= 0 : beyond <= 0) ? 'reached' : 'not-yet';
}

/** Which parts of a measure are others than before. */
export function measureChanges(before: MeasureWords, after: MeasureWords): MeasureField[] {
  return (['name', 'unit', 'better', 'baseline', 'target'] as const).filter((field) => before[field] !== after[field]);
}
