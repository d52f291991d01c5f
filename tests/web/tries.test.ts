import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTries, DAY, HOUR } from '../../server/web/tries.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const make = () =>
  createTries([
    { most: 3, seconds: HOUR },
    { most: 5, seconds: DAY },
  ]);

describe('tries that failed', () => {
  it('are too many beyond the limit, for their own place alone', async () => {
    const tries = make();
    for (let failed = 0; failed < 3; failed += 1) await tries.count('here');
    expect(await tries.areTooMany('here')).toBe(false);
    await tries.count('here');
    expect(await tries.areTooMany('here')).toBe(true);
    expect(await tries.areTooMany('there')).toBe(false);
  });

  it('are forgotten after the hour, but not those of the day', async () => {
    const tries = make();
    for (let failed = 0; failed < 4; failed += 1) await tries.count('here');
    vi.advanceTimersByTime(HOUR * 1000 + 1);
    expect(await tries.areTooMany('here')).toBe(false);
    for (let failed = 0; failed < 2; failed += 1) await tries.count('here');
    expect(await tries.areTooMany('here')).toBe(true);
    vi.advanceTimersByTime(DAY * 1000);
    expect(await tries.areTooMany('here')).toBe(false);
  });
});
