import type { Colour, Ending } from './colour.ts';
import type { MeasureWords, QuarterValue } from './measures.ts';
import type { PlanWords } from './words.ts';

/** A dated entry of progress or evidence: added, never rewritten. */
export interface Progress {
  on: string;
  words: string;
  writtenAt: string;
  /** The sign-in name of whoever wrote it; empty where nobody is known. */
  by: string;
}

/** A colour that a person set instead of the rule's. */
export interface Judgement {
  colour: Colour;
  reason: string;
  at: string;
  by: string;
}

export interface PlanMeasure {
  id: string;
  words: MeasureWords;
  /** By quarter, the earliest first. */
  values: QuarterValue[];
}

/** An action of the plan as it stands. */
export interface PlanAction {
  id: string;
  /** How the partnership numbers it; stays. */
  reference: string;
  words: PlanWords;
  madeAt: string;
  state: Ending;
  /** The newest first. */
  progress: Progress[];
  /** Null where the rule's colour holds. */
  judgement: Judgement | null;
  measures: PlanMeasure[];
  /** Ids of findings that it follows from. */
  findings: string[];
}

/** One thing to write into the plan. Ids are made by whoever asks, so that asking twice writes once. */
export type PlanChange =
  /** An empty reference is numbered by the plan. */
  | { kind: 'make'; id: string; reference: string; words: PlanWords }
  | { kind: 'reword'; action: string; words: PlanWords }
  | { kind: 'progress'; action: string; on: string; words: string }
  | { kind: 'judge'; action: string; colour: Colour | null; reason: string }
  | { kind: 'end'; action: string; state: Ending; reason: string }
  | { kind: 'measure'; id: string; action: string; words: MeasureWords }
  | { kind: 'remeasure'; measure: string; words: MeasureWords }
  | { kind: 'value'; measure: string; quarter: string; value: string }
  | { kind: 'link'; action: string; finding: string };

/** One line of an action's history. */
export type PlanEvent = { at: string; by: string } & (
  | { kind: 'made' }
  | { kind: 'reworded'; before: PlanWords; after: PlanWords }
  | { kind: 'progress'; on: string; words: string }
  | { kind: 'judged'; colour: Colour | null; reason: string }
  | { kind: 'ended'; state: Ending; reason: string }
  | { kind: 'measured'; words: MeasureWords }
  | { kind: 'remeasured'; before: MeasureWords; after: MeasureWords }
  | { kind: 'value'; measure: string; quarter: string; before: string; after: string }
);

/** The number that the plan gives to an action without one: one more than the largest. */
export function nextReference(references: readonly string[]): string {
  const numbers = references.map((reference) => (/^\d{1,6}$/.test(reference) ? Number(reference) : 0));
  return String(Math.max(0, ...numbers) + 1);
}
