import { describe, expect, it } from 'vitest';
import { optionCodes, questionId, reasonFault, sameWords, tidy } from '../../../server/core/survey/proposal.ts';

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
