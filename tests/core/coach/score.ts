import { coachQuestion } from '../../../server/core/coach/coach.ts';
import type { CoachRule, DraftQuestion } from '../../../server/core/coach/draft.ts';

/** A draft with the rules that somebody who knows questionnaires would hold against it, written down before the coach saw it. */
export type Labelled = DraftQuestion & { expected: CoachRule[] };

export interface Score {
  precision: number;
  recall: number;
  /** "id rule" for what the coach said without need, and for what it missed. */
  wrong: string[];
  missed: string[];
}

/** Precision and recall over pairs of question and rule. */
export function score(drafts: readonly Labelled[]): Score {
  const expected = new Set(drafts.flatMap(({ id, expected: rules }) => rules.map((rule) => `${id} ${rule}`)));
  const found = new Set(
    drafts.flatMap((draft) => coachQuestion(draft).findings.map(({ rule }) => `${draft.id} ${rule}`)),
  );
  const right = [...found].filter((pair) => expected.has(pair)).length;
  return {
    precision: found.size === 0 ? 1 : right / found.size,
    recall: expected.size === 0 ? 1 : right / expected.size,
    wrong: [...found].filter((pair) => !expected.has(pair)),
    missed: [...expected].filter((pair) => !found.has(pair)),
  };
}
