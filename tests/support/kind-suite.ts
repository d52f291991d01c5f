import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '../../server/core/survey/answer.ts';
import { isQuestion, type Part, type SurveyItem } from '../../server/core/survey/definition.ts';
import type { ReadingFault } from '../../server/core/survey/kinds/kind.ts';
import { answerKindOf, kindOf, partsOf, variablesOf } from '../../server/core/survey/kinds.ts';
import type { ItemText } from '../../server/core/survey/text.ts';
import { itemTextFaults } from '../../server/core/survey/validate.ts';
import { drawnSuite } from './drawn-suite.ts';

/** One kind of item as examples: what a form holds, and what the answer then is. */
export interface KindExamples {
  item: SurveyItem;
  /** Words that are complete in one language. */
  text: ItemText;
  /** The questions with one answer that the item is made of, by id. All of them take the same answers. */
  parts: string[];
  /** Every code that an answer can hold, in order. */
  codes: string[];
  /** Values of a field that are answers, with the bytes they are stored as and the codes they hold. */
  answers: { fields: string[]; value: AnswerValue; bytes: number[]; holds: string[] }[];
  /** Values of a field that say nothing. */
  blanks: string[][];
  /** Values of a field that cannot be an answer. */
  refused: { fields: string[]; fault: ReadingFault }[];
  /** Words with something missing or too much, and the sentence that says so. */
  faultyTexts: { text: ItemText; faults: string[] }[];
}

/** Values of a byte; what lies above are states. */
const VALUES = 250;

/** What every kind of item has to keep, whatever it asks. */
export function kindSuite(examples: KindExamples): void {
  const { item, text, answers, faultyTexts } = examples;
  const kind = kindOf(item);

  describe(`a ${item.kind} item`, () => {
    it('is handled by the kind of its own name', () => {
      expect(kind.name).toBe(item.kind);
    });

    it('is made of the questions that have one answer each', () => {
      expect(partsOf(item).map(({ id }) => id)).toEqual(examples.parts);
    });

    for (const part of partsOf(item)) partSuite(part, examples);

    it('is stored under the variables that it is counted by', () => {
      const slots = partsOf(item).flatMap((part) => answerKindOf(part).slots(part));
      const variables = isQuestion(item) ? variablesOf(item).map(({ id }) => id) : [];
      expect([...new Set(slots.map((slot) => slot.question))]).toEqual(variables);
      expect(new Set(slots.map((slot) => `${slot.question} ${slot.part}`)).size).toBe(slots.length);
    });

    it('finds nothing wrong with complete words', () => {
      expect(itemTextFaults(item, text)).toEqual([]);
    });

    it.each(faultyTexts)('says of faulty words: $faults', ({ text: faulty, faults }) => {
      expect(itemTextFaults(item, faulty)).toEqual(faults);
    });

    drawnSuite(
      item,
      text,
      answers.map(({ value }) => value),
    );
  });
}

function partSuite(part: Part, { codes, answers, blanks, refused }: KindExamples): void {
  const kind = answerKindOf(part);

  describe(`its question ${part.id}`, () => {
    it('offers the codes that routes and indicators may name', () => {
      expect(kind.codes(part)).toEqual(codes);
    });

    it.each(answers)('reads $fields as an answer and stores it as $bytes', ({ fields, value, bytes, holds }) => {
      expect(kind.read(part, fields)).toEqual({ value });
      expect(kind.encode(part, value)).toEqual(bytes);
      expect(kind.holds(part, value)).toEqual(holds);
    });

    it('stores every answer as one byte a slot, each of which has a meaning', () => {
      const slots = kind.slots(part);
      for (const { value } of answers) {
        const bytes = kind.encode(part, value);
        expect(bytes).toHaveLength(slots.length);
        bytes.forEach((byte, at) => {
          const slot = slots[at]!;
          expect(byte).toBeLessThan(slot.groups ? VALUES : slot.codes.length);
          expect(slot.codes.length).toBeLessThanOrEqual(VALUES);
        });
      }
    });

    it('holds only codes that it offers', () => {
      for (const { value } of answers) {
        for (const code of kind.holds(part, value)) expect(codes).toContain(code);
      }
    });

    it('stores no two meanings alike', () => {
      for (const { bytes, holds } of answers) {
        const alike = answers.filter((other) => other.bytes.join() === bytes.join());
        for (const other of alike) expect(other.holds).toEqual(holds);
      }
    });

    it.each(blanks)('takes the fields [%s] for blank', (...fields) => {
      expect(kind.read(part, fields)).toEqual({ blank: true });
    });

    it.each(refused)('refuses $fields: $fault', ({ fields, fault }) => {
      expect(kind.read(part, fields)).toEqual({ fault });
    });
  });
}
