import { describe, expect, it } from 'vitest';
import type { DraftQuestion } from '../../../server/core/coach/draft.ts';
import { severityOf } from './drafts.ts';

/* Rules that look at the answers and the rows. */

const LADDER = Array.from({ length: 11 }, (_step, at) => String(at));
const WORDED = LADDER.map((step) => (step === '0' ? '0 Worst' : step === '10' ? '10 Best' : step));
const lines = (count: number) => Array.from({ length: count }, (_line, at) => `Thing ${'abcdefghij'.charAt(at)}x`);

describe('too-many-options', () => {
  it.each([
    ['p5-p7', 4, 'none'],
    ['p5-p7', 5, 'warn'],
    ['p5-p7', 6, 'block'],
    ['s1-s3', 5, 'none'],
    ['s1-s3', 6, 'block'],
    ['s4-s6', 7, 'none'],
    ['s4-s6', 8, 'block'],
  ] as const)('at %s %i answers: %s', (level, count, severity) => {
    expect(severityOf('too-many-options', { level, options: lines(count) })).toBe(severity);
  });

  it('counts no opt-outs, in English and Arabic', () => {
    const english = [...lines(4), "Don't know", 'Prefer not to say', 'Not sure', "I'd rather not say"];
    expect(severityOf('too-many-options', { level: 'p5-p7', options: english })).toBe('none');
    const arabic = ['دائما', 'غالبا', 'أحيانا', 'أبدا', 'لا أعرف', 'أفضّل عدم الإجابة'];
    expect(severityOf('too-many-options', { level: 'p5-p7', language: 'ar', options: arabic })).toBe('none');
  });

  it('leaves five degrees of a smile, the place wheel and the ladder of older pupils alone', () => {
    const smiles = ['Not so happy', 'A little happy', 'Happy', 'Very happy', 'As happy as can be'];
    expect(severityOf('too-many-options', { level: 'p5-p7', kind: 'faces', options: smiles })).toBe('none');
    expect(severityOf('too-many-options', { level: 'p5-p7', kind: 'place-wheel', options: lines(9) })).toBe('none');
    expect(severityOf('too-many-options', { level: 's1-s3', kind: 'ladder', options: WORDED })).toBe('none');
    expect(severityOf('too-many-options', { level: 'p5-p7', kind: 'ladder', options: WORDED })).toBe('block');
  });
});

describe('unlabelled-options', () => {
  it.each([[['1', '2', '3']], [['😀', '😐', '🙁']], [['A', 'B', 'C']], [['Good', '', 'Bad']]])(
    'is held against %j',
    (options) => {
      expect(severityOf('unlabelled-options', { level: 'p5-p7', options })).toBe('block');
      expect(severityOf('unlabelled-options', { level: 's4-s6', options })).toBe('warn');
    },
  );

  it.each<[string, Partial<DraftQuestion>]>([
    ['numbers that are the answer', { text: 'How many books did you read?', options: ['0', '1', '2 or 3', '4+'] }],
    ['a ladder with words at its ends', { kind: 'ladder', options: WORDED }],
    ['a choice from 0 to 10 with words at its ends', { options: WORDED }],
    ['words', { options: ['Yes', 'No'] }],
  ])('is not held against %s', (_name, draft) => {
    expect(severityOf('unlabelled-options', draft)).toBe('none');
  });

  it('is held against a ladder below S1, and against one without words later', () => {
    expect(severityOf('unlabelled-options', { level: 'p5-p7', kind: 'ladder', options: WORDED })).toBe('block');
    expect(severityOf('unlabelled-options', { kind: 'ladder', options: LADDER })).toBe('warn');
  });
});

describe('unbalanced-options', () => {
  it.each([
    [['Great', 'Good', 'Nice', 'Bad']],
    [['Very bad', 'Bad', 'Quite bad', 'Good']],
    [['Yes, definitely', 'Yes, very much', 'Yes', 'No']],
    [['Very satisfied', 'Satisfied', 'Quite satisfied', 'Dissatisfied']],
  ])('is held against %j', (options) => {
    expect(severityOf('unbalanced-options', { options })).toBe('warn');
  });

  it.each([
    [['Very good', 'Good', 'Bad', 'Very bad']],
    [['Not so happy', 'A little happy', 'Happy', 'Very happy']],
    [['Always', 'Often', 'Sometimes', 'Never']],
    [['Yes, once', 'Yes, a few times', 'Yes, every week', 'No']],
    [['Happy', 'Sad', 'Angry', 'Worried']],
    [['Football', 'Swimming', 'Reading', 'Good films']],
  ])('is not held against %j', (options) => {
    expect(severityOf('unbalanced-options', { options })).toBe('none');
  });
});

describe('overlapping-options', () => {
  it.each([
    [['0–1', '1–2', '3 or more']],
    [['1 to 3 hours', '3 or more hours']],
    [['Half an hour', 'Up to 1 hour', 'More than 1 hour']],
    [['Every day', 'Once a week or more', 'Never']],
    [['£1 to £5', '£5 to £10']],
    [['Yes', 'No', 'Yes']],
  ])('is held against %j', (options) => {
    expect(severityOf('overlapping-options', { options })).toBe('block');
  });

  it.each([
    [['1 to 2', '3 to 4', '5 or more']],
    [['None', 'Less than 1 hour', '1 to 2 hours', 'More than 2 hours']],
    [['Under 10', '10 to 15', '16 and over']],
    [['Every day', '2 or 3 times a week', 'Once a week', 'Never']],
    [['Before 9pm', '9pm', 'After 9pm']],
    [['30 minutes', '1 hour', '2 hours']],
  ])('is not held against %j', (options) => {
    expect(severityOf('overlapping-options', { options })).toBe('none');
  });

  it('lets people tick two things that overlap', () => {
    expect(severityOf('overlapping-options', { kind: 'tick-all', options: ['1 to 2', '2 to 3'] })).toBe('none');
  });
});

describe('agree-disagree', () => {
  it.each([
    [['Strongly agree', 'Agree', 'Disagree', 'Strongly disagree']],
    [['I agree', 'I do not agree']],
    [['Totally agree', 'Kind of agree', 'Not sure', 'Totally disagree']],
  ])('is held against %j', (options) => {
    expect(severityOf('agree-disagree', { level: 'p5-p7', options })).toBe('warn');
  });

  it('is held against a text that asks for it, in English and Arabic', () => {
    expect(severityOf('agree-disagree', { text: 'How much do you agree with this?' })).toBe('warn');
    expect(severityOf('agree-disagree', { language: 'ar', options: ['أوافق', 'لا أوافق'] })).toBe('warn');
  });

  it('is not held against agreeing to something', () => {
    const options = ['Yes, I agree', 'No, I do not agree'];
    expect(severityOf('agree-disagree', { text: 'Do you agree to take part?', options })).toBe('none');
  });
});

describe('grid-too-big', () => {
  it.each([
    ['p5-p7', 1, 'none'],
    ['p5-p7', 2, 'warn'],
    ['p5-p7', 6, 'block'],
    ['s1-s3', 5, 'none'],
    ['s1-s3', 6, 'block'],
    ['s4-s6', 7, 'none'],
    ['s4-s6', 8, 'block'],
  ] as const)('at %s %i rows: %s', (level, count, severity) => {
    expect(severityOf('grid-too-big', { level, kind: 'grid', rows: lines(count) })).toBe(severity);
  });
});
