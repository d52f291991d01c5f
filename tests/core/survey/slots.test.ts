import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATE_CODES, type Answers } from '../../../server/core/survey/answer.ts';
import {
  isQuestion,
  unlinkedSectionOf,
  type Part,
  type SurveyDefinition,
} from '../../../server/core/survey/definition.ts';
import { walk, type Traveller } from '../../../server/core/survey/journey.ts';
import { partsOf, variablesOf } from '../../../server/core/survey/kinds.ts';
import { encodeAnswers, layoutOf, unlinkedSections } from '../../../server/core/survey/slots.ts';
import { EVERY_KIND, journey, SHIPPED } from '../../support/arbitrary-surveys.ts';

const S4: Traveller = { stage: 'S4', textAllowed: false, topics: [] };

/** The records of a survey: the response, and one for each unlinked section. */
const recordsOf = (survey: SurveyDefinition) => [null, ...unlinkedSections(survey)];

function bytesOf(answers: Answers, question: string, who = S4, section: string | null = null): number[] {
  const bytes = encodeAnswers(EVERY_KIND, walk(EVERY_KIND, who, answers), answers, section);
  return layoutOf(EVERY_KIND, section).flatMap((slot, index) => (slot.question === question ? [bytes[index]!] : []));
}

/** The bytes of one question or row, each with its slot. */
function slotsOf(survey: SurveyDefinition, section: string | null, part: Part, bytes: Uint8Array) {
  const own = new Set(part.kind === 'ranking' ? variablesOf(part).map(({ id }) => id) : [part.id]);
  return layoutOf(survey, section)
    .map((slot, index) => ({ ...slot, byte: bytes[index]! }))
    .filter(({ question }) => own.has(question));
}

/** What bytes below the states say, read by question and code alone. */
function readBack(part: Part, slots: ReturnType<typeof slotsOf>): unknown {
  if (part.kind === 'number') return slots[0]!.byte * 250 + slots[1]!.byte;
  if (part.kind === 'tick-all') return slots.flatMap((slot) => (slot.byte === 1 ? [slot.part] : []));
  if (part.kind === 'ranking') {
    const placed = slots.filter(({ codes, byte }) => codes[byte] !== 'no-place');
    const inOrder = placed.toSorted((a, b) => a.byte - b.byte);
    return inOrder.map(({ question }) => question.slice(part.id.length + 1));
  }
  return slots[0]!.codes[slots[0]!.byte];
}

describe('the bytes of a record', () => {
  it('are as many as the layout of its version has slots', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        for (const section of recordsOf(survey)) {
          const bytes = encodeAnswers(survey, walk(survey, who, answers), answers, section);
          expect(bytes).toHaveLength(layoutOf(survey, section).length);
        }
      }),
    );
  });

  it('hold under a question exactly what was answered to it', () => {
    fc.assert(
      fc.property(journey, ({ survey, who, answers }) => {
        const path = walk(survey, who, answers);
        const keys = path.flatMap((step) => step.keys);
        for (const item of survey.items) {
          const section = unlinkedSectionOf(survey, item);
          const bytes = encodeAnswers(survey, path, answers, section);
          for (const part of partsOf(item)) {
            const slots = slotsOf(survey, section, part, bytes);
            const answer = answers[part.id];
            const states = [...new Set(slots.map(({ byte }) => byte))];
            if (!keys.includes(part.id)) expect(states).toEqual([253]);
            else if (answer?.state !== 'answered') expect(states).toEqual([STATE_CODES[answer?.state ?? 'unreached']]);
            else {
              const isWritten = part.kind === 'short-text' || part.kind === 'long-text';
              expect(readBack(part, slots), part.id).toEqual(isWritten ? 'written' : answer.value);
              expect(states.every((byte) => byte < 250)).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('tell the five states and "never reached" apart', () => {
    expect(bytesOf({ smile: { state: 'answered', value: 'high' } }, 'smile')).toEqual([2]);
    expect(bytesOf({ smile: { state: 'dont-know' } }, 'smile')).toEqual([250]);
    expect(bytesOf({ smile: { state: 'prefer-not-to-say' } }, 'smile')).toEqual([251]);
    expect(bytesOf({ smile: { state: 'skipped' } }, 'smile')).toEqual([252]);
    expect(bytesOf({}, 'smile')).toEqual([254]);
  });

  it('say "not asked" for another stage, a topic that is off, a route not taken and words that are off', () => {
    expect(bytesOf({}, 'place.air')).toEqual([253]);
    expect(bytesOf({}, 'few-words')).toEqual([253]);
    expect(bytesOf({}, 'drink', S4, 'private')).toEqual([253]);
    expect(bytesOf({}, 'drink', { ...S4, topics: ['alcohol'] }, 'private')).toEqual([254]);
    const left = bytesOf(
      { mood: { state: 'answered', value: 'good' }, things: { state: 'answered', value: ['park'] } },
      'things',
    );
    expect(left).toEqual([253, 253, 253]);
  });

  it('repeat a state in every byte of a question', () => {
    const skipped = { state: 'skipped' } as const;
    expect(bytesOf({ mood: { state: 'answered', value: 'bad' }, things: skipped }, 'things')).toEqual([252, 252, 252]);
    expect(bytesOf({ minutes: skipped }, 'minutes')).toEqual([252, 252]);
    for (const code of ['bus', 'lamp', 'swing', 'tree']) {
      expect(bytesOf({ wishes: skipped }, `wishes.${code}`)).toEqual([252]);
    }
  });

  it('hold a number in two bytes below the states, and the place of each ranked option', () => {
    expect(bytesOf({ minutes: { state: 'answered', value: 1000 } }, 'minutes')).toEqual([4, 0]);
    expect(bytesOf({ minutes: { state: 'answered', value: 249 } }, 'minutes')).toEqual([0, 249]);
    const wishes: Answers = { wishes: { state: 'answered', value: ['tree', 'bus'] } };
    expect(['bus', 'lamp', 'swing', 'tree'].flatMap((code) => bytesOf(wishes, `wishes.${code}`))).toEqual([1, 3, 3, 0]);
  });
});

describe('the layout of a version', () => {
  it('is the same for equal definitions and names each variable by id, in the order of the survey', () => {
    for (const survey of [EVERY_KIND, ...SHIPPED]) {
      for (const section of recordsOf(survey)) {
        expect(layoutOf(structuredClone(survey), section)).toEqual(layoutOf(survey, section));
        const variables = survey.items
          .filter(isQuestion)
          .filter((item) => unlinkedSectionOf(survey, item) === section)
          .flatMap(variablesOf)
          .map(({ id }) => id);
        expect([...new Set(layoutOf(survey, section).map((slot) => slot.question))]).toEqual(variables);
      }
    }
  });

  it('leaves no place for a page that asks nothing', () => {
    expect(layoutOf(EVERY_KIND).some((slot) => slot.question === 'page')).toBe(false);
  });

  it('keeps an unlinked section out of the response, and the rest out of its record', () => {
    const named = (section: string | null) => new Set(layoutOf(EVERY_KIND, section).map((slot) => slot.question));
    expect([...named('private')]).toEqual(['alone', 'drink', 'drink-where.home', 'drink-where.out']);
    for (const question of named('private')) expect(named(null).has(question)).toBe(false);
    expect(named(null).has('mood')).toBe(true);
  });
});
