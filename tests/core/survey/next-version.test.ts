import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  contentFaults,
  makeText,
  nextVersion,
  textParts,
  translationFaults,
  usualPlace,
  wordsOf,
  type TextPart,
  type VersionContent,
} from '../../../server/core/survey/next-version.ts';
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
    const next = nextVersion(content, [{ question, after, texts: { en: text, ar: arabic } }]);
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
    const next = nextVersion(content, [
      { question, after: null, texts },
      { question: second, after: null, texts },
    ]);
    expect(next.definition.items.slice(0, 3).map((item) => item.id)).toEqual([
      question.id,
      'second',
      survey.items[0]?.id,
    ]);
  });

  it('counts reviewed words as drafted again', () => {
    const reviewed = { ...content, texts: content.texts.map((one) => ({ ...one, status: 'reviewed' as const })) };
    const next = nextVersion(reviewed, [{ question, after: null, texts: { en: text, ar: arabic } }]);
    expect(next.texts.map((one) => one.status)).toEqual(['drafted', 'drafted']);
  });

  it('names every fault of a language that lacks words, and of an id that stands twice', () => {
    const next = nextVersion(content, [{ question, after: null, texts: { en: text } }]);
    expect(contentFaults(next)).toEqual([`text.ar: item "${question.id}" has no words`]);
    const twice = nextVersion(content, [
      { question: { ...question, id: 'smile' }, after: null, texts: { en: text, ar: arabic } },
    ]);
    expect(contentFaults(twice)).toContain('item "smile" stands twice: give each item an id of its own');
  });

  it('refuses a place that is not there, and names what changed or went', () => {
    expect(() => nextVersion(content, [{ question, after: 'nowhere', texts: {} }])).toThrow(/nowhere/);
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
    expect(translationFaults(question, (part) => words[part] ?? '')).toEqual([
      { part: 'text', code: 'words-too-long' },
      { part: 'option.a-little', code: 'words-missing' },
      { part: 'option.no', code: 'option-twice' },
    ]);
  });

  it('can be translated whatever the kind: its pieces are what its words are made of', () => {
    for (const item of survey.items.filter(isQuestion)) {
      const original = content.texts[0]!.items[item.id]!;
      const words = (part: TextPart) => wordsOf(original, part);
      expect(translationFaults(item, words), item.id).toEqual([]);
      expect(makeText(item, words)).toEqual(original);
      const missing = translationFaults(item, () => '');
      expect(missing).toEqual(textParts(item).map((part) => ({ part, code: 'words-missing' })));
    }
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
    expect(translationFaults(grid, (part) => words[part] ?? '')).toEqual([
      { part: 'row.breaks', code: 'option-twice' },
    ]);
  });
});
