import { describe, expect, it } from 'vitest';
import { codeTries, passwordTries, type Tries } from '../../server/people/tries.ts';

/** Another address of one line for each number. */
const sameLine = (number: number) => `2001:db8:7:1::${number.toString(16)}`;
const otherLine = '2001:db8:7:2::1';

/** How many tries for a name are let through, each from the next address. */
async function letThrough(tries: Tries, count: number, nameOf: (number: number) => string): Promise<number> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: count }, (_, number) => tries.count(sameLine(number + 1), nameOf(number))),
  );
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

describe.each([
  ['passwords', passwordTries, 10],
  ['codes', codeTries, 5],
])('tries of %s', (_, makeTries, few) => {
  it('are few for a name from one line, however many addresses the line has', async () => {
    const tries = makeTries();
    expect(await letThrough(tries, 12, () => 'adair')).toBe(few);
    await expect(tries.count(otherLine, 'adair')).resolves.toBeUndefined();
  });

  it('are counted anew for the whole line after one that was right', async () => {
    const tries = makeTries();
    await letThrough(tries, few, () => 'adair');
    await tries.forgive(sameLine(200), 'adair');
    expect(await letThrough(tries, 12, () => 'adair')).toBe(few);
  });
});

it('tries of passwords are a hundred from one line, whatever names and addresses they are for', async () => {
  expect(await letThrough(passwordTries(), 120, (number) => `name${number}`)).toBe(100);
});
