import { describe, expect, it } from 'vitest';
import { makeCode, readCode } from '../../../server/core/fieldwork/code.ts';
import { mistyped } from '../../../server/commands/guess/typing.ts';
import { seededRandom } from '../../../server/core/seeded-random.ts';

describe('codes that are typed wrongly', () => {
  it('are nearly always told as such by the check character, and by two slips in one now and then not', () => {
    const random = seededRandom('typing');
    let [wrong, told, same] = [0, 0, 0];
    for (let count = 0; count < 20_000; count += 1) {
      const code = makeCode(() => random.below(256));
      const typed = mistyped(code, random);
      if (typed === code) same += 1;
      else wrong += 1;
      if (typed !== code && 'fault' in readCode(typed)) told += 1;
    }
    expect(same / 20_000).toBeLessThan(0.02);
    expect(told / wrong).toBeGreaterThan(0.98);
    // One in 23 of those with two slips fits the check character.
    expect(told).toBeLessThan(wrong);
  });
});
