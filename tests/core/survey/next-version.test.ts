import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  contentFaults,
  nextVersion,
  translationFaults,
  usualPlace,
  type VersionContent,
} from '../../../server/core/survey/next-version.ts';
import { makeQuestion } from '../../../server/core/survey/proposal.ts';
import { readSurveyFolders } from '../../../server/storage/survey-folders.ts';

const found = readSurveyFolders().find(({ definition }) => definition.id === 'primary');
if (!found) throw new Error('surveys/primary is missing.');
const primary: VersionContent = found;
const survey = primary.definition;

describe('the next version', () => {
  const { question, text } = makeQuestion(
    {
      kind: 'one-choice',
      question: 'Is there enough to do after school?',
      language: 'en',
      options: ['Yes, plenty', 'A little', 'No'],
      lastStandsAlone: false,
      low: '',
      high: '',
      domain: 'local-area',
      whyAsk: 'So that somebody opens the hall.',
    },
    [],
  );
  const arabic = {
    text: 'هل هناك ما يكفي من الأنشطة؟',
    options: { 'yes-plenty': 'نعم', 'a-little': 'بعض الشيء', no: 'لا' },
  };

  it('adds the question where it was put and leaves the rest as it was', () => {
    const after = usualPlace(survey);
    const next = nextVersion(primary, [{ question, after, texts: { en: text, ar: arabic } }]);
    expect(contentFaults(next)).toEqual([]);
    expect(next.definition.items.at(-2)?.id).toBe(question.id);
    expect(changesBetween(primary, next)).toEqual({
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
    const next = nextVersion(primary, [
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
    const reviewed = { ...primary, texts: primary.texts.map((one) => ({ ...one, status: 'reviewed' as const })) };
    const next = nextVersion(reviewed, [{ question, after: null, texts: { en: text, ar: arabic } }]);
    expect(next.texts.map((one) => one.status)).toEqual(['drafted', 'drafted']);
  });

  it('names every fault of a language that lacks words, and of an id that stands twice', () => {
    const next = nextVersion(primary, [{ question, after: null, texts: { en: text } }]);
    expect(contentFaults(next)).toEqual([`text.ar: item "${question.id}" has no words`]);
    const twice = nextVersion(primary, [
      { question: { ...question, id: 'sleep' }, after: null, texts: { en: text, ar: arabic } },
    ]);
    expect(contentFaults(twice)).toContain('item "sleep" stands twice: give each item an id of its own');
  });

  it('refuses a place that is not there, and names what changed or went', () => {
    expect(() => nextVersion(primary, [{ question, after: 'nowhere', texts: {} }])).toThrow(/nowhere/);
    const fewer = { ...primary, definition: { ...survey, items: survey.items.slice(1) } };
    expect(changesBetween(primary, fewer).removed).toEqual([survey.items[0]?.id]);
    const [first, ...others] = primary.texts;
    const sleep = first?.items['sleep'];
    if (!first || !sleep) throw new Error('The survey has no words for "sleep".');
    const reworded = { ...first, items: { ...first.items, sleep: { ...sleep, text: 'Other words' } } };
    expect(changesBetween(primary, { definition: survey, texts: [reworded, ...others] }).changed).toEqual(['sleep']);
  });

  it('says which piece of a translation is missing, too long or there twice', () => {
    const words: Record<string, string> = { text: 'س'.repeat(201), 'option.yes-plenty': 'نعم', 'option.no': 'نعم.' };
    expect(translationFaults(question, (part) => words[part] ?? '')).toEqual([
      { part: 'text', code: 'words-too-long' },
      { part: 'option.a-little', code: 'words-missing' },
      { part: 'option.no', code: 'option-twice' },
    ]);
  });
});
