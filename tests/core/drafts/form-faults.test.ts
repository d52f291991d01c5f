import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../server/core/drafts/draft-of-form.ts';
import { emptyForm } from '../../../server/core/drafts/draft-form.ts';
import { readFields, type FormFields } from '../../../server/core/drafts/form-fields.ts';
import { codeNotices, formFaults } from '../../../server/core/drafts/form-faults.ts';
import { formOf } from '../../../server/core/drafts/form-of-draft.ts';
import type { DraftPlace } from '../../../server/core/drafts/form-fault.ts';
import { ITEM_KINDS } from '../../../server/core/survey/item-kinds.ts';
import { putDraft } from '../../../server/core/drafts/put-draft.ts';
import { usesOf } from '../../../server/core/drafts/uses.ts';
import type { SurveyDefinition, SurveyItem } from '../../../server/core/survey/definition.ts';
import { definitionFaults, itemTextFaults } from '../../../server/core/survey/validate.ts';
import { EVERY_KIND, wordsFor } from '../../support/arbitrary-surveys.ts';

const PLACE: DraftPlace = {
  survey: EVERY_KIND,
  languages: ['en', 'ar'],
  optOutWords: ['Don’t know', 'لا أعرف'],
  symbols: ['sun'],
  before: undefined,
};
const GOOD: FormFields = {
  survey: ['every-kind'],
  kind: ['one-choice'],
  language: ['en'],
  written: ['en'],
  question: ['Is there enough to do?'],
  option: ['Yes', 'No'],
  why: ['The hall is shut.'],
  domain: ['local-area'],
};

function faultsOf(fields: FormFields, place: Partial<DraftPlace> = {}): string[] {
  const form = readFields({ ...GOOD, ...fields }, ['en', 'ar']);
  return formFaults(form, { ...PLACE, ...place }, 'enough').map(({ field, code }) => `${field} ${code}`);
}

/** Faults of a form that changes an item of the survey. */
function faultsOfChange(id: string, more: (form: ReturnType<typeof formOf>) => object, survey = EVERY_KIND): string[] {
  const before = survey.items.find((item) => item.id === id)!;
  const texts = Object.fromEntries(['en', 'ar'].map((one) => [one, wordsFor(survey, one).items[id]!]));
  const form = formOf({ item: before, language: 'en', texts, whyAsk: 'Because.' }, survey.id);
  const faults = formFaults({ ...form, ...more(form) }, { ...PLACE, survey, before }, id);
  return faults.map(({ field, code }) => `${field} ${code}`);
}

describe('a form of a draft', () => {
  it('that is whole has no faults', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it('with nothing in it names everything at once, in the order of the form', () => {
    const faults = formFaults({ ...emptyForm(''), optOuts: [] }, { ...PLACE, survey: undefined }, 'x');
    expect(faults.map(({ field }) => field)).toEqual(['survey', 'language', 'kind', 'question', 'domain', 'why']);
  });

  it.each([
    ['one-choice', { option: ['Yes'] }, 'option-1 options-count'],
    ['faces', { option: ['Sad', 'Happy', ''] }, 'option-3 options-count'],
    ['faces', { option: ['1', '2', '3', '4', '5', '6'] }, 'option-6 options-count'],
    ['grid', { row: ['Lessons'] }, 'row-1 rows-count'],
    ['ranking', { option: ['A', 'B', 'C'], places: ['9'] }, 'places number-out-of-bounds'],
    ['ladder', { low: ['Worst'] }, 'high end-missing'],
    ['place-wheel', { row: ['A', 'B', 'C'] }, 'points points-missing'],
    ['place-wheel', { row: ['A', 'B', 'C'], points: ['3'] }, 'option-1 options-count'],
    ['place-wheel', { row: ['A', 'B', 'C'], points: ['7'] }, 'low end-missing'],
    ['short-text', { length: ['5000'] }, 'length number-out-of-bounds'],
    ['long-text', {}, 'length number-out-of-bounds'],
    ['information', {}, 'hint page-missing'],
  ] as [string, FormFields, string][])('of a %s says what it needs: %j', (kind, fields, expected) => {
    const option = kind === 'place-wheel' ? ['', ''] : ['A', 'B'];
    expect(faultsOf({ option, kind: [kind], ...fields })).toContain(expected);
  });

  it('of a number wants each number in one group', () => {
    const number = { kind: ['number'], least: ['0'], most: ['١٠'], option: ['Few', 'Many'] };
    expect(faultsOf({ ...number, 'option-from': ['0', '6'], 'option-to': ['5', '10'] })).toEqual([]);
    expect(faultsOf({ ...number, 'option-from': ['0', '7'], 'option-to': ['5', '10'] })).toEqual([
      'option-2 group-gap',
    ]);
    expect(faultsOf({ ...number, 'option-from': ['0', '6'], 'option-to': ['5', '9'] })).toEqual(['option-2 group-gap']);
    expect(faultsOf({ ...number, 'option-from': ['0'], 'option-to': ['5'] })).toEqual(['option-2 group-missing']);
    expect(faultsOf({ ...number, most: ['many'] })).toEqual(['most number-out-of-bounds']);
  });

  it('tells answers that are alike and answers that repeat a way out', () => {
    expect(faultsOf({ option: ['Yes', 'yes!', 'No', 'don’t know'] })).toEqual([
      'option-2 option-twice',
      'option-4 option-repeats-opt-out',
    ]);
  });

  it('takes 10,000 characters in every field and says which are too many', () => {
    const long = 'word '.repeat(2000);
    expect(
      faultsOf({ question: [long], hint: [long], option: [long, 'No'], why: [long], 'level-s1-s3-text': [long] }),
    ).toEqual(['question too-long', 'hint too-long', 'option-1 too-long', 'why too-long', 'level-s1-s3-text too-long']);
  });

  it('refuses no words that look like web code, and says that they do', () => {
    const pasted = { question: ['<p>Is it <b>safe</b>?</p>'], 'ar-question': ['a < b and c > d'] };
    expect(faultsOf(pasted)).toEqual([]);
    expect(codeNotices(readFields({ ...GOOD, ...pasted }, ['en', 'ar']))).toEqual(['question']);
  });

  it('wants the question in another language where anything of it is there', () => {
    expect(faultsOf({ 'ar-option': ['نعم', ''] })).toEqual(['ar-question words-without-question']);
    expect(faultsOf({ 'ar-question': ['هل هناك ما يكفي؟'], 'ar-option': ['نعم', 'نعم'] })).toEqual([
      'ar-option-2 option-twice',
    ]);
  });

  it('wants a language of the survey, articles that there are, pictures that there are', () => {
    expect(faultsOf({ language: ['pl'], written: ['pl'] })).toContain('language language-not-held');
    expect(faultsOf({ uncrc: ['12, 99'] })).toEqual(['uncrc articles']);
    expect(faultsOf({ uncrc: ['١٢، 24'] })).toEqual([]);
    expect(faultsOf({ symbol: ['moon'] })).toEqual(['symbol symbol-unknown']);
  });
});

describe('a form without faults', () => {
  it('always fits into its survey, whatever was typed', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.constantFrom('constructor', 'Skipped', '3 times', 'option 1', 'ß', 'نعم', "Don't"),
    );
    const lines = fc.array(words, { maxLength: 6 });
    const typed = fc.record({
      kind: fc.constantFrom(...ITEM_KINDS),
      question: words,
      option: lines,
      row: lines,
      hint: words,
    });
    const rest = {
      low: ['No'],
      high: ['Yes'],
      places: ['2'],
      least: ['0'],
      most: ['9'],
      points: ['7'],
      length: ['300'],
    };
    let sound = 0;
    fc.assert(
      fc.property(typed, ({ kind, question, option, row, hint }) => {
        const fields = { ...GOOD, ...rest, kind: [kind], question: [question], option, row, hint: [hint] };
        const form = readFields(fields, ['en', 'ar']);
        if (formFaults(form, PLACE, 'enough').length > 0) return;
        sound += 1;
        const content = contentOf(form, 'enough');
        expect(definitionFaults(putDraft(EVERY_KIND, 'new', content))).toEqual([]);
        expect(itemTextFaults(content.item, content.texts.en!)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(sound).toBeGreaterThan(50);
  });

  it('needs a survey that has room', () => {
    const items = Array.from({ length: 120 }, (_, index) => ({ ...EVERY_KIND.items[0]!, id: `q-${index}` }));
    expect(faultsOf({}, { survey: { ...EVERY_KIND, items } })).toEqual(['survey survey-full']);
  });

  it('has a question in words, and answers that are not those offered anyway in any language', () => {
    expect(faultsOf({ question: [' \u200b '] })).toEqual(['question question-missing']);
    expect(faultsOf({ question: ['???'] })).toEqual(['question question-missing']);
    expect(faultsOf({ option: ['نعم', 'لا', 'لا أعرف.'] })).toEqual(['option-3 option-repeats-opt-out']);
  });
});

describe('a route', () => {
  const route = (question: string, anyOf: string[], more: FormFields = {}) =>
    faultsOf({ when: [question], 'when-answer': anyOf, ...more });

  it('leads from an earlier question with one answer', () => {
    expect(route('mood', ['bad'])).toEqual([]);
    expect(route('mood', [])).toEqual(['when-answer route-answers-missing']);
    expect(route('mood', ['fine'])).toEqual(['when-answer route-answer-unknown']);
    expect(route('school', ['often'])).toEqual(['when route-in-rows']);
    expect(route('nowhere', ['yes'])).toEqual(['when route-unknown']);
    expect(route('mood', ['bad'], { after: [':first'] })).toEqual(['when route-later']);
    expect(route('drink', ['yes'])).toEqual(['when route-across']);
  });

  it('never goes in a circle', () => {
    const on = (question: string) => () => ({ when: { question, anyOf: ['yes'] } });
    expect(faultsOfChange('mood', on('mood'))).toContain('when route-to-itself');
    expect(faultsOfChange('wishes', on('wishes-more'))).toContain('when route-circular');
    expect(faultsOfChange('mood', on('hungry'))).toContain('when route-later');
  });

  it('can be taken by somebody', () => {
    const stages = {
      ...EVERY_KIND,
      items: [{ ...EVERY_KIND.items[0]!, stages: ['P6'] }, ...EVERY_KIND.items.slice(1)],
    };
    const survey = stages as SurveyDefinition;
    expect(faultsOf({ when: ['mood'], 'when-answer': ['bad'], stage: ['S4'] }, { survey })).toEqual([
      'when route-unreachable',
    ]);
    // Through a question that hangs on it, too: "things" is asked after "mood" only.
    expect(faultsOf({ when: ['things'], 'when-answer': ['park'], stage: ['S4'] }, { survey })).toEqual([
      'when route-unreachable',
    ]);
    expect(faultsOf({ when: ['mood'], 'when-answer': ['bad'], stage: ['P6'] }, { survey })).toEqual([]);
  });

  it('and stages and topics leave somebody to ask', () => {
    expect(faultsOf({ stage: ['S1'] })).toEqual(['stage stage-not-asked']);
    expect(faultsOf({ topic: ['drugs'], stage: ['P7'] })).toEqual(['topic topic-nobody']);
    expect(faultsOf({ topic: ['drugs'] })).toEqual([]);
  });
});

describe('a change of a question that others need', () => {
  it('names what needs it: routes, indicators', () => {
    expect(usesOf(EVERY_KIND, 'mood').map(({ by, id }) => `${by} ${id}`)).toEqual([
      'route things',
      'indicator good-mood',
    ]);
    expect(usesOf(EVERY_KIND, 'wishes').map(({ by, id }) => `${by} ${id}`)).toEqual([
      'route wishes-more',
      'indicator swing-first',
    ]);
  });

  it('may not take an answer away that a route or an indicator reads', () => {
    const without = (index: number) => (form: ReturnType<typeof formOf>) => ({
      words: {
        en: { ...form.words.en!, options: form.words.en!.options.map((line, at) => (at === index ? '' : line)) },
      },
    });
    expect(faultsOfChange('things', without(0))).toEqual(['options used-answer-gone']);
    expect(faultsOfChange('things', without(2))).toEqual([]);
  });

  it('may not become a kind that they cannot read, nor come after those that hang on it', () => {
    expect(faultsOfChange('mood', () => ({ kind: 'ladder' }))).toContain('options used-answer-gone');
    expect(faultsOfChange('mood', () => ({ kind: 'information' }))).toContain('kind used-question-gone');
    expect(faultsOfChange('mood', () => ({ after: 'things' }))).toEqual(['after comes-before-route']);
  });

  it('may not leave a question without anybody who could get there', () => {
    const narrowed = (item: SurveyItem): SurveyItem => (item.id === 'things' ? { ...item, stages: ['S4'] } : item);
    const survey = { ...EVERY_KIND, items: EVERY_KIND.items.map(narrowed) };
    expect(faultsOfChange('mood', () => ({ stages: ['P6'] }), survey)).toEqual(['stage leaves-unreachable']);
  });

  it('may not give a scale an answer that it has no number for', () => {
    const survey: SurveyDefinition = {
      ...EVERY_KIND,
      scales: [
        {
          id: 'feeling',
          method: 'sum',
          items: [{ question: 'mood' }, { question: 'smile' }],
          codes: { good: 1, bad: 0, low: 0, middle: 1, high: 2 },
        } as unknown as NonNullable<SurveyDefinition['scales']>[number],
      ],
    };
    const more = (form: ReturnType<typeof formOf>) => ({
      options: [...form.options, { ...form.options[0]!, code: '' }],
      words: { en: { ...form.words.en!, options: [...form.words.en!.options, 'Other'] } },
    });
    expect(faultsOfChange('mood', more, survey)).toEqual(['options scale-new-answer']);
  });
});
