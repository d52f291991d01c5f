import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATE_CODES, type Answers } from '../../../server/core/survey/answer.ts';
import { isQuestion } from '../../../server/core/survey/definition.ts';
import { walk } from '../../../server/core/survey/journey.ts';
import { kindOf } from '../../../server/core/survey/kinds.ts';
import { encodeAnswers, layoutOf } from '../../../server/core/survey/slots.ts';
import { SHIPPED, shipped, traveller } from '../../support/arbitrary-surveys.ts';

const primary = shipped('primary');
const layout = layoutOf(primary);
const p6 = { stage: 'P6', textAllowed: false } as const;

function bytesOf(answers: Answers, question: string): number[] {
  const bytes = encodeAnswers(primary, walk(primary, p6, answers), answers);
  return layout.flatMap((slot, index) => (slot.question === question ? [bytes[index]!] : []));
}

describe('the bytes of a response', () => {
  it('are as many as the layout of its version has slots', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const bytes = encodeAnswers(survey, walk(survey, who, answers), answers);
        expect(bytes).toHaveLength(layoutOf(survey).length);
      }),
    );
  });

  it('hold under a question exactly what was answered to it', () => {
    fc.assert(
      fc.property(traveller, ({ survey, answers, ...who }) => {
        const path = walk(survey, who, answers);
        const bytes = encodeAnswers(survey, path, answers);
        for (const item of survey.items.filter(isQuestion)) {
          const slots = layoutOf(survey).map((slot, index) => ({ ...slot, byte: bytes[index]! }));
          const own = slots.filter((slot) => slot.question === item.id);
          const answer = answers[item.id];
          if (!path.includes(item)) expect(new Set(own.map(({ byte }) => byte))).toEqual(new Set([253]));
          else if (answer?.state === 'answered') {
            const read = own.flatMap(({ part, codes, byte }) => (part === null ? [codes[byte]] : byte ? [part] : []));
            expect(read).toEqual(kindOf(item).holds(item, answer.value));
          } else
            expect(new Set(own.map(({ byte }) => byte))).toEqual(new Set([STATE_CODES[answer?.state ?? 'unreached']]));
        }
      }),
    );
  });

  it('tell the five states and "never reached" apart', () => {
    expect(bytesOf({ 'feel-safe': { state: 'answered', value: 'sometimes' } }, 'feel-safe')).toEqual([2]);
    expect(bytesOf({ 'feel-safe': { state: 'dont-know' } }, 'feel-safe')).toEqual([250]);
    expect(bytesOf({ 'feel-safe': { state: 'prefer-not-to-say' } }, 'feel-safe')).toEqual([251]);
    expect(bytesOf({ 'feel-safe': { state: 'skipped' } }, 'feel-safe')).toEqual([252]);
    expect(bytesOf({}, 'feel-safe')).toEqual([254]);
  });

  it('say "not asked" for another stage, a route not taken and words that are off', () => {
    expect(bytesOf({}, 'caring')).toEqual([253]);
    expect(bytesOf({}, 'one-thing-better')).toEqual([253]);
    const left = bytesOf(
      {
        club: { state: 'answered', value: 'every-week' },
        'club-barriers': { state: 'answered', value: ['cost'] },
      },
      'club-barriers',
    );
    expect(new Set(left)).toEqual(new Set([253]));
  });

  it('repeat a state in every slot of a tick-all question', () => {
    const bytes = bytesOf({ 'talk-to': { state: 'skipped' } }, 'talk-to');
    expect(bytes).toEqual([252, 252, 252, 252, 252]);
  });
});

describe('the layout of a version', () => {
  it('is the same for equal definitions and names each question by id', () => {
    for (const survey of SHIPPED) {
      expect(layoutOf(structuredClone(survey))).toEqual(layoutOf(survey));
      const questions = survey.items.filter(isQuestion).map((item) => item.id);
      expect([...new Set(layoutOf(survey).map((slot) => slot.question))]).toEqual(questions);
    }
  });

  it('leaves no place for a page that asks nothing', () => {
    expect(layout.some((slot) => slot.question === 'more-personal')).toBe(false);
  });
});
