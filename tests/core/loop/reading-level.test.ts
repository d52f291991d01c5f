import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingAgeFor, readingLevel } from '../../../server/core/loop/reading-level.ts';

const EASY =
  'We put new lights on the path. Now you can see the way home. It took us two months. We asked you where they should go. You told us near the school and by the water. The lights come on when it gets dark.';
const HARD =
  'Notwithstanding considerable infrastructural constraints, the partnership commissioned comprehensive illumination of the aforementioned pedestrian corridor, subject to procurement regulations, budgetary appropriation, environmental assessment and statutory consultation with affected stakeholders throughout the municipality.';

describe('the reading level of a passage', () => {
  it('is an age in English, low for everyday words and high for an office’s', () => {
    const easy = readingLevel([EASY], 'en');
    expect(easy).toMatchObject({ sentences: 6, hardWords: 0 });
    expect(easy.age).toBeLessThanOrEqual(8);
    expect(readingLevel([HARD], 'en').age).toBeGreaterThanOrEqual(14);
  });

  it('is counts alone in Arabic, and where there is too little to say', () => {
    const arabic = readingLevel(['وضعنا أضواء جديدة على الطريق. الآن نرى طريق البيت.'], 'ar');
    expect(arabic).toEqual({ words: 9, sentences: 2, wordsPerSentence: 4.5, hardWords: null, age: null });
    expect(readingLevel(['We put up lights.'], 'en')).toMatchObject({ words: 4, age: null, hardWords: 0 });
    expect(readingLevel(['', ' '], 'en')).toMatchObject({ words: 0, sentences: 0, wordsPerSentence: 0, age: null });
  });

  it('takes the end of a part for the end of a sentence, and names for no hard words', () => {
    expect(readingLevel(['Lights by the canal', 'We put them up'], 'en').sentences).toBe(2);
    expect(readingLevel(['We asked in Strathlorn and Invermuir.'], 'en').hardWords).toBe(0);
  });

  it('never falls when hard words take the place of easy ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 0, max: 29 }), (length, hard) => {
        const sentence = (many: number) =>
          `${Array.from({ length }, (_, index) => (index < many ? 'infrastructural' : 'path')).join(' ')}.`;
        const age = (many: number) =>
          readingLevel(
            Array.from({ length: 7 }, () => sentence(many)),
            'en',
          ).age!;
        const fewer = Math.min(hard, length - 1);
        expect(age(fewer + 1)).toBeGreaterThanOrEqual(age(fewer));
      }),
    );
  });

  it('should suit the youngest of a band', () => {
    expect(readingAgeFor({ stages: ['P5', 'P6', 'P7'] })).toBe(8);
    expect(readingAgeFor({ stages: ['S3', 'S4'] })).toBe(11);
    expect(readingAgeFor({ stages: ['S5', 'S6'] })).toBe(12);
  });
});
