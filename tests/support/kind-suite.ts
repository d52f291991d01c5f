import { describe, expect, it } from 'vitest';
import type { AnswerValue } from '../../server/core/survey/answer.ts';
import type { SurveyItem } from '../../server/core/survey/definition.ts';
import type { ItemText } from '../../server/core/survey/text.ts';
import { ANSWER_FIELD, type ReadingFault } from '../../server/core/survey/kinds/kind.ts';
import { kindOf } from '../../server/core/survey/kinds.ts';

/** One kind of question as examples: what a form holds, and what the answer then is. */
export interface KindExamples {
  item: SurveyItem;
  /** Words that are complete in one language. */
  text: ItemText;
  /** Every code that an answer can hold, in order. */
  codes: string[];
  /** Forms that are answers, with the bytes they are stored as and the codes they hold. */
  answers: { fields: string[]; value: AnswerValue; bytes: number[]; holds: string[] }[];
  /** Forms that say nothing. */
  blanks: string[][];
  /** Forms that cannot be an answer. */
  refused: { fields: string[]; fault: ReadingFault }[];
  /** Words with something missing or too much, and the sentence that says so. */
  faultyTexts: { text: ItemText; faults: string[] }[];
}

const form = (fields: readonly string[]) => ({ [ANSWER_FIELD]: [...fields] });

/** What every kind of question has to keep, whatever it asks. */
export function kindSuite(examples: KindExamples): void {
  const { item, text, codes, answers, blanks, refused, faultyTexts } = examples;
  const kind = kindOf(item);

  describe(`a ${item.kind} item`, () => {
    it('is handled by the kind of its own name', () => {
      expect(kind.name).toBe(item.kind);
    });

    it('offers the codes that routes and indicators may name', () => {
      expect(kind.codes(item)).toEqual(codes);
    });

    it.each(answers)('reads $fields as an answer and stores it as $bytes', ({ fields, value, bytes, holds }) => {
      expect(kind.read(item, form(fields))).toEqual({ value });
      expect(kind.encode(item, value)).toEqual(bytes);
      expect(kind.holds(item, value)).toEqual(holds);
    });

    it('stores every answer as one byte a slot, each below the bytes of the states', () => {
      const slots = kind.slots(item);
      for (const { value } of answers) {
        const bytes = kind.encode(item, value);
        expect(bytes).toHaveLength(slots.length);
        bytes.forEach((byte, index) => expect(byte).toBeLessThan(slots[index]!.codes.length));
        expect(Math.max(0, ...bytes)).toBeLessThan(250);
      }
    });

    it('holds only codes that it offers', () => {
      for (const { value } of answers) {
        for (const code of kind.holds(item, value)) expect(codes).toContain(code);
      }
    });

    it('can tell its stored answers apart exactly as far as its codes do', () => {
      const stored = new Map(answers.map(({ bytes, holds }) => [bytes.join(' '), holds.join(' ')]));
      const meanings = new Set(answers.map(({ holds }) => holds.join(' ')));
      expect(stored.size).toBe(meanings.size);
    });

    it('names its own question in every slot, and no option twice', () => {
      const slots = kind.slots(item);
      for (const slot of slots) expect(slot.question).toBe(item.id);
      expect(new Set(slots.map((slot) => slot.part)).size).toBe(slots.length);
    });

    it.each(blanks)('takes the fields [%s] for blank', (...fields) => {
      expect(kind.read(item, form(fields))).toEqual({ blank: true });
    });

    it('takes a form without any answer field for blank', () => {
      expect(kind.read(item, {})).toEqual({ blank: true });
    });

    it.each(refused)('refuses $fields: $fault', ({ fields, fault }) => {
      expect(kind.read(item, form(fields))).toEqual({ fault });
    });

    it('finds nothing wrong with complete words', () => {
      expect(kind.textFaults(item, text)).toEqual([]);
    });

    it.each(faultyTexts)('says of faulty words: $faults', ({ text: faulty, faults }) => {
      expect(kind.textFaults(item, faulty)).toEqual(faults);
    });
  });
}
