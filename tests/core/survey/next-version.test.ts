import { describe, expect, it } from 'vitest';
import { contentFaults, nextVersion, usualPlace } from '../../../server/core/survey/next-version.ts';
import {
  makeText,
  textParts,
  translationFaults,
  wordsOf,
  type TextPart,
} from '../../../server/core/survey/translation.ts';
import type { ItemText } from '../../../server/core/survey/text.ts';
import { changesBetween, type VersionContent } from '../../../server/core/survey/version-changes.ts';
import { isQuestion, type Question } from '../../../server/core/survey/definition.ts';
import { EVERY_KIND, wordsFor } from '../../support/arbitrary-surveys.ts';

const survey = EVERY_KIND;
const content: VersionContent = { definition: survey, texts: [wordsFor(survey, 'en'), wordsFor(survey, 'ar')] };

describe('the next version', () => {
  const question: Question = {
    id: 'enough-to-do',
    kind: 'one-choice',
    tags: { domain: 'local-area', shanarri: [], uncrc: [] },
    optOuts: ['dont-know', 'prefer-not-to-say'],
    options: [{ code: 'yes-plenty' }, { code: 'a-little' }, { code: 'no' }],
  };
  const text = {
    text: 'Is there enough to do after school?',
    options: { 'yes-plenty': 'Yes, plenty', 'a-little': 'A little', no: 'No' },
  };
  const arabic = {
    text: 'هل هناك ما يكفي من الأنشطة؟',
    options: { 'yes-plenty': 'نعم', 'a-little': 'بعض الشيء', no: 'لا' },
  };

  it('adds the question where it was put and leaves the rest as it was', () => {
    const after = usualPlace(survey);
    const next = nextVersion(content, {
      additions: [{ item: question, after, texts: { en: text, ar: arabic } }],
    }).content;
    expect(contentFaults(next)).toEqual([]);
    expect(next.definition.items.at(-2)?.id).toBe(question.id);
    expect(changesBetween(content, next)).toEqual({
      added: [question.id],
      removed: [],
      changed: [],
      unchanged: survey.items.map((item) => item.id),
    });
    expect(next.texts.map((one) => one.status)).toEqual(['drafted', 'drafted']);
  });

  it('keeps the order of questions that go to the same place, first of all included', () => {
    const second = { ...question, id: 'second' };
    const texts = { en: text, ar: arabic };
    const additions = [question, second].map((item) => ({ item, after: null, texts }));
    const next = nextVersion(content, { additions }).content;
    expect(next.definition.items.slice(0, 3).map((item) => item.id)).toEqual([
      question.id,
      'second',
      survey.items[0]?.id,
    ]);
  });

  it('counts reviewed words as drafted again', () => {
    const reviewed = { ...content, texts: content.texts.map((one) => ({ ...one, status: 'reviewed' as const })) };
    const next = nextVersion(reviewed, {
      additions: [{ item: question, after: null, texts: { en: text, ar: arabic } }],
    }).content;
    expect(next.texts.map((one) => one.status)).toEqual(['drafted', 'drafted']);
  });

  it('names every fault of a language that lacks words, and of an id that stands twice', () => {
    const next = nextVersion(content, { additions: [{ item: question, after: null, texts: { en: text } }] }).content;
    expect(contentFaults(next)).toEqual([`text.ar: item "${question.id}" has no words`]);
    const twice = nextVersion(content, {
      additions: [{ item: { ...question, id: 'smile' }, after: null, texts: { en: text, ar: arabic } }],
    }).content;
    expect(contentFaults(twice)).toContain('item "smile" stands twice: give each item an id of its own');
  });

  it('refuses a place that is not there, and names what changed or went', () => {
    expect(() => nextVersion(content, { additions: [{ item: question, after: 'nowhere', texts: {} }] })).toThrow(
      /nowhere/,
    );
    const fewer = { ...content, definition: { ...survey, items: survey.items.slice(1) } };
    expect(changesBetween(content, fewer).removed).toEqual([survey.items[0]?.id]);
    const [first, ...others] = content.texts;
    const smile = first?.items['smile'];
    if (!first || !smile) throw new Error('The survey has no words for "smile".');
    const reworded = { ...first, items: { ...first.items, smile: { ...smile, text: 'Other words' } } };
    expect(changesBetween(content, { definition: survey, texts: [reworded, ...others] }).changed).toEqual(['smile']);
  });

  it('says which piece of a translation is missing, too long or there twice', () => {
    const words: Record<string, string> = { text: 'س'.repeat(201), 'option.yes-plenty': 'نعم', 'option.no': 'نعم.' };
    expect(translationFaults(textParts(question, text), (part) => words[part] ?? '')).toEqual([
      { part: 'text', code: 'words-too-long' },
      { part: 'option.a-little', code: 'words-missing' },
      { part: 'option.no', code: 'option-twice' },
    ]);
  });

  it('can be translated whatever the kind: its pieces are what its words are made of', () => {
    for (const item of survey.items.filter(isQuestion)) {
      const original = content.texts[0]!.items[item.id]!;
      const words = (part: TextPart) => wordsOf(original, part);
      const parts = textParts(item, original);
      expect(translationFaults(parts, words), item.id).toEqual([]);
      expect(makeText(parts, words)).toEqual(original);
      const missing = translationFaults(parts, () => '');
      expect(missing).toEqual(parts.map((part) => ({ part, code: 'words-missing' })));
    }
  });

  it('needs whatever the words that it is translated from have besides', () => {
    const source: ItemText = {
      ...text,
      hint: 'Think of this year.',
      unit: 'days',
      levels: { 'p5-p7': { text: 'Enough to do?' }, adult: { text: 'Is there enough?', hint: 'For your child.' } },
    };
    const parts = textParts(question, source);
    expect(parts.slice(4)).toEqual(['hint', 'level.p5-p7.text', 'level.adult.text', 'level.adult.hint', 'unit']);
    expect(makeText(parts, (part) => wordsOf(source, part))).toEqual(source);
  });

  it('may call an option like a row, but no two rows alike', () => {
    const grid = survey.items.filter(isQuestion).find(({ id }) => id === 'school')!;
    const words: Partial<Record<TextPart, string>> = {
      text: 'How?',
      'row.lessons': 'Often',
      'row.breaks': 'often!',
      'option.often': 'Often',
      'option.never': 'Never',
    };
    expect(translationFaults(textParts(grid, { text: '' }), (part) => words[part] ?? '')).toEqual([
      { part: 'row.breaks', code: 'option-twice' },
    ]);
  });
});
