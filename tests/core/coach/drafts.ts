import { coachQuestion } from '../../../server/core/coach/coach.ts';
import type { CoachRule, DraftQuestion, Finding } from '../../../server/core/coach/draft.ts';

/** A draft that says as little as it can, with what a test gives. */
export function draftOf(given: Partial<DraftQuestion>): DraftQuestion {
  return {
    id: 'q',
    level: 's1-s3',
    language: 'en',
    kind: 'one-choice',
    text: 'Do you like your school?',
    options: [],
    rows: [],
    topic: '',
    ...given,
  };
}

/** What one rule says of a draft; undefined where it finds nothing. */
export function findingOf(rule: CoachRule, given: Partial<DraftQuestion>): Finding | undefined {
  return coachQuestion(draftOf(given)).findings.find((finding) => finding.rule === rule);
}

/** The severity of one rule's finding, or none. */
export function severityOf(rule: CoachRule, given: Partial<DraftQuestion>): string {
  return findingOf(rule, given)?.severity ?? 'none';
}
