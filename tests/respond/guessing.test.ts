import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCode } from '../../server/core/fieldwork/code.ts';
import { seededRandom } from '../../server/core/seeded-random.ts';
import { createCodeDesk, GUESSES_A_DAY, GUESSES_AN_HOUR } from '../../server/respond/code-desk.ts';

/*
 * How many guesses a network has. The desk is tried by itself, so that a day can pass; that the pages use it is seen in
 * bad-input.test.ts and, with 40,000 codes, by npm run guess.
 */
const AN_HOUR = 3_600_000;
const random = seededRandom('guesses');
const guess = () => makeCode(() => random.below(256));

const known = guess();
const days = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const live = { hmac: known, waveId: 'wave', state: 'unspent', stage: 'P5', closing: false, ...days } as const;
const drafts = { findCode: (hmac: string) => Promise.resolve(hmac === known ? live : undefined) };
const services = { secrets: { hashCode: (code: string) => code }, clock: () => '2026-05-04T09:00:00.000Z' };
const desk = () => createCodeDesk(drafts, services);

/** How many of so many guesses are looked up before the desk refuses. */
async function guessesLookedUp(type: (code: string) => Promise<unknown>, tries: number): Promise<number> {
  let lookedUp = 0;
  for (let count = 0; count < tries; count += 1) {
    await type(guess()).then(
      () => (lookedUp += 1),
      () => undefined,
    );
  }
  return lookedUp;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('guessing codes', () => {
  it('is over after a few, and then lets no real code in either', async () => {
    const front = desk();
    expect(await guessesLookedUp((code) => front.take(code, '192.0.2.7'), 500)).toBe(GUESSES_AN_HOUR);
    await expect(front.take(known, '192.0.2.7')).rejects.toThrow(/too-many/);
  });

  it('hits nothing by many guesses sent at once', async () => {
    const front = desk();
    const codes = [...Array.from({ length: 200 }, guess), known, ...Array.from({ length: 200 }, guess)];
    const outcomes = await Promise.allSettled(codes.map((code) => front.take(code, '192.0.2.7')));
    const answered = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(answered).toBeLessThanOrEqual(GUESSES_AN_HOUR);
    expect(outcomes[200]!.status).toBe('rejected');
  });

  it('is over for a whole line with many addresses', async () => {
    const front = desk();
    let last = 0;
    const lookedUp = await guessesLookedUp((code) => front.take(code, `2001:db8::${(last += 1).toString(16)}`), 200);
    expect(lookedUp).toBe(GUESSES_AN_HOUR);
  });

  it('leaves everybody else alone', async () => {
    const front = desk();
    await guessesLookedUp((code) => front.take(code, '192.0.2.7'), 100);
    expect(await front.take(known, '192.0.2.8')).toEqual({ code: live });
  });

  it('may go on an hour later, but not beyond the guesses of a day', async () => {
    const front = desk();
    let all = 0;
    for (let hour = 0; hour < 24; hour += 1) {
      all += await guessesLookedUp((code) => front.take(code, '192.0.2.7'), 2 * GUESSES_AN_HOUR);
      vi.advanceTimersByTime(AN_HOUR + 1000);
    }
    // A refused guess counts too: whoever goes on is refused earlier.
    expect(all).toBeGreaterThan(GUESSES_AN_HOUR);
    expect(all).toBeLessThanOrEqual(GUESSES_A_DAY);
  });

  it('is not what a slip of the finger is: those cost nothing', async () => {
    const front = desk();
    const wrong = `${known.slice(0, 3)}${known[3] === 'A' ? 'C' : 'A'}${known.slice(4)}`;
    for (let typed = 0; typed < 300; typed += 1) expect(await front.take(wrong, '192.0.2.7')).toHaveProperty('fault');
    expect(await front.take(known, '192.0.2.7')).toEqual({ code: live });
  });
});
