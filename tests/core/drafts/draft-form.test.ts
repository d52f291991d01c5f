import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../server/core/drafts/draft-of-form.ts';
import type { DraftContent } from '../../../server/core/drafts/draft.ts';
import { emptyForm, wordsIn } from '../../../server/core/drafts/draft-form.ts';
import { fieldNames, fieldsOf, readFields } from '../../../server/core/drafts/form-fields.ts';
import { formFaults } from '../../../server/core/drafts/form-faults.ts';
import { formOf } from '../../../server/core/drafts/form-of-draft.ts';
import { readExamples, readSurveyFolders } from '../../../server/storage/survey-folders.ts';
import { anyDraft } from '../../support/arbitrary-drafts.ts';

const LANGUAGES = ['en', 'ar'];
const SYMBOLS = readdirSync('public/symbols').map((name) => name.replace('.svg', ''));
const SURVEYS = [...readSurveyFolders(), readExamples()];

/** Every item of every survey, as a draft that changes nothing. */
const UNCHANGED = SURVEYS.flatMap(({ definition, texts }) =>
  definition.items.map((item) => ({
    survey: definition,
    content: {
      item,
      language: 'en',
      texts: Object.fromEntries(texts.map((text) => [text.language, text.items[item.id]!])),
      whyAsk: 'It is asked already.',
    } satisfies DraftContent,
  })),
);

/** Fields whose values are not words that somebody types. */
const OWN_MEANING = ['written', 'language', 'kind', 'option-alone', 'clustering'];
/** Lists in which an empty value means nothing, so that places do not count. */
const TICKED = ['stage', 'when-answer', 'opt-out', 'shanarri'];
const MANY = /^(..-)?(option|row)$|-(code|symbol|from|to)$/;

/** What was typed, each with its place among lines where that counts. */
function filled(values: string[] | undefined): string[] {
  return (values ?? [])
    .map((value, index) => (value === '' ? '' : `${index} ${value}`))
    .filter((value) => value !== '');
}

function through(content: DraftContent): DraftContent {
  const sent = fieldsOf(formOf(content, 'primary'));
  for (const name of Object.keys(sent)) expect(fieldNames(LANGUAGES)).toContain(name);
  return contentOf(readFields(sent, LANGUAGES), content.item.id, content.item);
}

describe('a draft in a form', () => {
  it('comes back as it was, item and words, for every item of every survey', () => {
    expect(UNCHANGED.length).toBeGreaterThan(150);
    for (const { content } of UNCHANGED) expect(through(content)).toEqual(content);
  });

  it('comes back as it was for drafts of every kind in words of any script', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(through(draft)).toEqual(draft);
      }),
    );
  });

  it('comes back field by field, whatever was typed and however unfinished', () => {
    const names = fieldNames(['ar']).filter((name) => !OWN_MEANING.includes(name));
    const lines = fc.array(fc.string(), { maxLength: 5 });
    const ticks = fc.array(fc.string({ minLength: 1 }), { maxLength: 5 });
    const valuesOf = (name: string) => (TICKED.includes(name) ? ticks : MANY.test(name) ? lines : one);
    const one = fc.string().map((typed) => [typed]);
    const typed = fc.record(Object.fromEntries(names.map((name) => [name, valuesOf(name)])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(typed, (fields) => {
        const again = fieldsOf(readFields({ ...fields, language: ['en'], written: ['en'] }, LANGUAGES));
        for (const name of names) expect([name, filled(again[name])]).toEqual([name, filled(fields[name])]);
      }),
    );
  });

  it('of a question that is in a survey has no faults there', () => {
    for (const { survey, content } of UNCHANGED) {
      const place = {
        survey,
        languages: LANGUAGES,
        optOutWords: ['Don’t know'],
        symbols: SYMBOLS,
        before: content.item,
      };
      expect({ id: content.item.id, faults: formFaults(formOf(content, survey.id), place, content.item.id) }).toEqual({
        id: content.item.id,
        faults: [],
      });
    }
  });
});

const BASE: Record<string, string[]> = {
  kind: ['one-choice'],
  language: ['en'],
  written: ['en'],
  question: ['How are you?'],
};
const draftOf = (fields: Record<string, string[]>) => contentOf(readFields({ ...BASE, ...fields }, LANGUAGES), 'mood');

describe('the codes of answers', () => {
  it('stay while the words change, and new lines get codes that nobody has', () => {
    const { item } = draftOf({ option: ['Very well', 'Good', 'Bad', ''], 'option-code': ['good', 'bad', '', ''] });
    expect(item).toMatchObject({ options: [{ code: 'good' }, { code: 'bad' }, { code: 'bad-2' }] });
  });

  it('of an answer in another script are numbers that nobody has', () => {
    const { item } = draftOf({ option: ['جيد', 'سيئ'], 'option-code': ['option-2', ''] });
    const codes = (item as { options: { code: string }[] }).options.map(({ code }) => code);
    expect(codes[0]).toBe('option-2');
    expect(new Set(codes).size).toBe(2);
  });

  it('that somebody made up or gave twice are not taken', () => {
    const { item } = draftOf({ option: ['A', 'B', 'C'], 'option-code': ['Not a code', 'x', 'x'] });
    expect(item).toMatchObject({ options: [{ code: 'a' }, { code: 'x' }, { code: 'c' }] });
  });

  it('of an answer that was emptied are gone, with its words in every language', () => {
    const draft = draftOf({
      option: ['A', '', 'C'],
      'option-code': ['a', 'b', 'c'],
      'ar-question': ['س'],
      'ar-option': ['أ', 'ب', 'ج'],
    });
    expect(draft.texts.en?.options).toEqual({ a: 'A', c: 'C' });
    expect(draft.texts.ar?.options).toEqual({ a: 'أ', c: 'ج' });
  });
});

describe('the language of a draft', () => {
  it('takes the words along when somebody finds that it was the wrong one', () => {
    const form = readFields({ ...BASE, language: ['ar'], question: ['كيف الحال؟'] }, LANGUAGES);
    expect(wordsIn(form, 'ar').text).toBe('كيف الحال؟');
    expect(wordsIn(form, 'en').text).toBe('');
  });

  it('leaves both where they are when both have words', () => {
    const form = readFields({ ...BASE, language: ['ar'], 'ar-question': ['كيف الحال؟'] }, LANGUAGES);
    expect([form.language, wordsIn(form, 'ar').text, wordsIn(form, 'en').text]).toEqual([
      'ar',
      'كيف الحال؟',
      'How are you?',
    ]);
  });

  it('is that of an empty form', () => {
    expect(wordsIn(emptyForm('ar'), 'ar').text).toBe('');
  });
});
