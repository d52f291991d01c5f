import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createJoinDesk, JOIN_GUESSES } from '../../server/respond/join-desk.ts';
import { openHouse, type House } from '../support/house.ts';

const AN_HOUR = 3_600_000;
const [HOURLY, DAILY] = JOIN_GUESSES;

let house: House;

beforeAll(async () => {
  house = await openHouse();
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterAll(async () => {
  vi.useRealTimers();
  await house.close();
});

describe('guessing join codes for a day', () => {
  it('may go on an hour later, but not beyond the guesses of a day', async () => {
    const desk = createJoinDesk(house.services);
    let lookedUp = 0;
    for (let hour = 0; hour < 8; hour += 1) {
      for (let guess = 0; guess < HOURLY.most + 20; guess += 1) {
        const outcome = await desk.take('ACDEFG', '192.0.2.7');
        if ('fault' in outcome && outcome.fault === 'faultUnknown') lookedUp += 1;
      }
      vi.setSystemTime(Date.now() + AN_HOUR + 1000);
    }
    expect(lookedUp).toBeGreaterThan(HOURLY.most);
    expect(lookedUp).toBeLessThanOrEqual(DAILY.most);
  });
});
