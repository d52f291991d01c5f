import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Answers } from '../../../server/core/survey/answer.ts';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import { walk, type Step, type Traveller } from '../../../server/core/survey/journey.ts';
import { fieldOf, optOutValue, type Form } from '../../../server/core/survey/read-answer.ts';
import { tryMove, tryPlace, type HeldPages, type TryOutcome } from '../../../server/core/survey/try-out.ts';
import { allAnswers, anySurvey, EVERY_KIND, travellerOf } from '../../support/arbitrary-surveys.ts';

const NOTHING: HeldPages = new Map();

/** A page's form as somebody with these answers would send it. */
function formOf(step: Step, answers: Answers): Form {
  return Object.fromEntries(step.parts.map((part) => [fieldOf(step, part), valuesOf(answers[part.id]!)]));
}

function valuesOf(answer: Answer): string[] {
  if (answer.state === 'skipped') return [];
  if (answer.state !== 'answered') return [optOutValue(answer.state)];
  return Array.isArray(answer.value) ? answer.value : [String(answer.value)];
}

/** Goes to the end with these answers; a page with none of them is skipped. */
function toTheEnd(survey: SurveyDefinition, traveller: Traveller, answers: Answers): TryOutcome[] {
  const outcomes: TryOutcome[] = [];
  let step = walk(survey, traveller, {})[0];
  let held = NOTHING;
  while (step) {
    const blank = step.parts.length > 0 && step.parts.every((part) => answers[part.id]!.state === 'skipped');
    const move = blank ? 'skip' : 'next';
    const outcome = tryMove(survey, traveller, held, { page: step.id, move, form: formOf(step, answers) });
    expect(outcome.fault).toBeUndefined();
    outcomes.push(outcome);
    ({ held, step } = outcome);
  }
  return outcomes;
}

const tried = anySurvey.chain((survey) =>
  fc.record({ survey: fc.constant(survey), traveller: travellerOf(survey), answers: allAnswers(survey) }),
);

describe('trying a survey', () => {
  it('shows the very pages that somebody with the same answers would come to, in their order', () => {
    fc.assert(
      fc.property(tried, ({ survey, traveller, answers }) => {
        const outcomes = toTheEnd(survey, traveller, answers);
        const way = walk(survey, traveller, answers).map(({ id }) => id);
        const shown = [way[0], ...outcomes.map(({ step }) => step?.id)];
        expect(shown.filter((id) => id !== undefined)).toEqual(way);
      }),
      { numRuns: 60 },
    );
  });

  it('goes back page by page, to the same answers', () => {
    fc.assert(
      fc.property(tried, ({ survey, traveller, answers }) => {
        const end = toTheEnd(survey, traveller, answers).at(-1);
        if (!end) return;
        const { path } = end.place.way;
        let page = 'end';
        for (const expected of path.toReversed()) {
          const back = tryMove(survey, traveller, end.held, { page, move: 'back', form: {} });
          expect(back.step?.id).toBe(expected.id);
          expect(back.place.answers).toEqual(end.place.answers);
          page = expected.id;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never throws and never shows a page before its turn, whatever it is brought', () => {
    const value = fc.oneof(fc.constantFrom('good', 'bad', 'yes', 'state:dont-know', '7'), fc.string({ maxLength: 5 }));
    const anyForm = fc.dictionary(fc.constantFrom('answer', 'answer-lessons', 'answer-air'), fc.array(value));
    const ids = EVERY_KIND.items.map(({ id }) => id);
    const anyHeld = fc.dictionary(fc.constantFrom(...ids), fc.oneof(anyForm, fc.constant('skipped' as const)));
    const moves = fc.constantFrom('next', 'skip', 'back');
    fc.assert(
      fc.property(
        travellerOf(EVERY_KIND),
        anyHeld,
        fc.record({ page: fc.constantFrom('end', ...ids), move: moves, form: anyForm }),
        (traveller, brought, move) => {
          const { step, place } = tryMove(EVERY_KIND, traveller, new Map(Object.entries(brought)), move);
          const { path, unseen } = place.way;
          expect(step ? path.indexOf(step) : path.length).toBeLessThanOrEqual(unseen);
          expect(step ? path.indexOf(step) : 0).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('keeps on a page whose form says nothing, with what was wrong', () => {
    const traveller: Traveller = { stage: 'P6', textAllowed: true, topics: [] };
    const { step, fault, held } = tryMove(EVERY_KIND, traveller, NOTHING, { page: 'mood', move: 'next', form: {} });
    expect(step?.id).toBe('mood');
    expect(fault).toEqual({ fault: 'blank', partId: 'mood', given: {} });
    expect(tryPlace(EVERY_KIND, traveller, held).way.unseen).toBe(0);
  });
});
