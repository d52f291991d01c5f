import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyDefinition } from '../../../server/core/survey/definition.ts';
import {
  draftFaults,
  fitFaults,
  makeQuestion,
  optionCodes,
  PROPOSAL_KINDS,
  questionId,
  reasonFault,
  sameWords,
  tidy,
  type ProposalDraft,
} from '../../../server/core/survey/proposal.ts';
import { itemTextFaults } from '../../../server/core/survey/validate.ts';
import { shipped } from '../../support/arbitrary-surveys.ts';

const OPT_OUTS = ['Don’t know', 'Prefer not to say', 'لا أعرف'];
const survey: SurveyDefinition = shipped('primary');

const draft = (more: Partial<ProposalDraft> = {}): ProposalDraft => ({
  kind: 'one-choice',
  question: 'Is there enough to do after school?',
  language: 'en',
  options: ['Yes, plenty', 'A little', 'No', '', '', ''],
  lastStandsAlone: false,
  low: '',
  high: '',
  domain: 'local-area',
  whyAsk: 'So that somebody opens the hall.',
  ...more,
});
const faultsOf = (more: Partial<ProposalDraft>) =>
  draftFaults(draft(more), { survey, languages: ['ar', 'en'], optOutWords: OPT_OUTS }).map(
    ({ field, code }) => `${field} ${code}`,
  );

describe('a draft', () => {
  it('of every kind becomes a question that fits the survey, with opt-outs', () => {
    const drafts = [
      draft(),
      draft({ kind: 'tick-all', lastStandsAlone: true }),
      draft({ kind: 'faces' }),
      draft({ kind: 'ladder', options: [], low: 'Worst', high: 'Best' }),
    ];
    expect(drafts.map((one) => one.kind)).toEqual(expect.arrayContaining([...PROPOSAL_KINDS]));
    for (const one of drafts) {
      expect(draftFaults(one, { survey, languages: ['en'], optOutWords: OPT_OUTS })).toEqual([]);
      const { question, text } = makeQuestion(one, []);
      expect(fitFaults(survey, question)).toEqual([]);
      expect(itemTextFaults(question, text)).toEqual([]);
      expect(question.optOuts).toEqual(['dont-know', 'prefer-not-to-say']);
    }
  });

  it('marks the last answer of a tick-all question as standing alone, and of no other kind', () => {
    const ticked = makeQuestion(draft({ kind: 'tick-all', lastStandsAlone: true }), []).question;
    expect(ticked).toMatchObject({ options: [{ code: 'yes-plenty' }, { code: 'a-little' }, { exclusive: true }] });
    const chosen = makeQuestion(draft({ lastStandsAlone: true }), []).question;
    expect(JSON.stringify(chosen)).not.toContain('exclusive');
  });

  it.each<[string, Partial<ProposalDraft>, string[]]>([
    ['no question', { question: ' \u200b ' }, ['question question-missing']],
    ['marks instead of words', { question: '???' }, ['question question-missing']],
    ['a long question', { question: 'a'.repeat(201) }, ['question question-too-long']],
    ['no language', { language: '' }, ['language language-missing']],
    ['a language that the survey lacks', { language: 'gd' }, ['language language-not-held']],
    ['one answer', { options: ['Yes', ' '] }, ['option-2 options-too-few']],
    ['no answers', { options: [] }, ['option-1 options-too-few']],
    ['two faces', { kind: 'faces', options: ['Sad', 'Glad', ''] }, ['option-3 faces-count']],
    ['six faces', { kind: 'faces', options: ['a', 'b', 'c', 'd', 'e', 'f'] }, ['option-6 faces-count']],
    ['equal answers', { options: ['Yes', 'No', 'yes!'] }, ['option-3 option-twice']],
    ['a long answer', { options: ['Yes', 'n'.repeat(81)] }, ['option-2 option-too-long']],
    ['an opt-out as answer', { options: ['Yes', 'No', "Don't know"] }, ['option-3 option-repeats-opt-out']],
    ['an opt-out in Arabic', { options: ['نعم', 'لا', 'لا أعرف.'] }, ['option-3 option-repeats-opt-out']],
    ['a ladder with answers', { kind: 'ladder', low: 'a', high: 'b' }, ['option-1 ladder-has-options']],
    ['a ladder without an end', { kind: 'ladder', options: [], low: 'a' }, ['high end-missing']],
    ['a long end', { kind: 'ladder', options: [], low: 'a', high: 'b'.repeat(61) }, ['high end-too-long']],
    ['ends without a ladder', { low: 'a' }, ['low ends-without-ladder']],
    ['no domain', { domain: undefined }, ['domain domain-missing']],
    ['no reason to ask', { whyAsk: '' }, ['why why-missing']],
    ['a long reason to ask', { whyAsk: 'w'.repeat(501) }, ['why why-too-long']],
    ['no kind', { kind: undefined, options: [] }, ['kind kind-missing']],
  ])('with %s is told so beside the field', (_name, more, expected) => {
    expect(faultsOf(more)).toEqual(expected);
  });

  it('needs a survey that has room', () => {
    const item = survey.items[0];
    if (!item) throw new Error('The survey is empty.');
    const full = { ...survey, items: Array.from({ length: 120 }, (_, index) => ({ ...item, id: `q-${index}` })) };
    const place = { languages: ['en'], optOutWords: [] };
    expect(draftFaults(draft(), { ...place, survey: undefined })).toEqual([
      { field: 'survey', code: 'survey-missing' },
    ]);
    expect(draftFaults(draft(), { ...place, survey: full })).toEqual([{ field: 'survey', code: 'survey-full' }]);
  });

  it('without faults always fits, whatever was typed', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.constantFrom('constructor', 'Skipped', '3 times', 'option 1', 'ß', 'نعم', "Don't"),
    );
    const drafts = fc.record({
      kind: fc.constantFrom(...PROPOSAL_KINDS),
      question: words,
      options: fc.array(words, { maxLength: 6 }),
      lastStandsAlone: fc.boolean(),
    });
    let sound = 0;
    fc.assert(
      fc.property(drafts, (typed) => {
        const ladder = typed.kind === 'ladder';
        const one = draft({ ...typed, ...(ladder ? { options: [], low: 'No', high: 'Yes' } : {}) });
        if (draftFaults(one, { survey, languages: ['en'], optOutWords: OPT_OUTS }).length > 0) return;
        sound += 1;
        const taken = survey.items.map((item) => item.id);
        const { question, text } = makeQuestion(one, taken);
        expect(fitFaults(survey, question)).toEqual([]);
        expect(itemTextFaults(question, text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(sound).toBeGreaterThan(50);
  });
});

describe('names made from words', () => {
  it('are slugs of Latin words, numbers for others, and all different', () => {
    expect(optionCodes(['Yes, plenty', 'À peu près', '3 times', 'نعم', 'Option 4'])).toEqual([
      'yes-plenty',
      'a-peu-pres',
      'option-3',
      'option-4',
      'option-4-2',
    ]);
    expect(optionCodes(['A+', 'A'])).toEqual(['a', 'a-2']);
    expect(optionCodes(['Not asked', 'constructor'])).toEqual(['not-asked-2', 'constructor-2']);
  });

  it('leave taken ids alone and stay within forty characters', () => {
    expect(questionId('Is it fun?', ['is-it-fun', 'is-it-fun-2'])).toBe('is-it-fun-3');
    expect(questionId('هل هذا ممتع؟', ['question-1'])).toBe('question-2');
    expect(questionId('word '.repeat(30), []).length).toBeLessThanOrEqual(40);
    expect(questionId('w'.repeat(90), []).length).toBeLessThanOrEqual(40);
  });

  it('tell what looks alike from what differs', () => {
    expect(sameWords('Don’t  KNOW', "don't know.")).toBe(true);
    expect(sameWords('+', '−')).toBe(false);
    expect(tidy(' a\u202e b\n c ')).toBe('a b c');
  });
});

describe('the reason of a decision', () => {
  it('has ten characters at least, not counting spaces around', () => {
    expect(reasonFault('because  \n')).toBe('reason-missing');
    expect(reasonFault('a fair ask')).toBeUndefined();
    expect(reasonFault('a'.repeat(1001))).toBe('reason-too-long');
  });
});
