import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { funnel } from '../../../server/core/statistics/funnel.ts';
import { wilsonInterval } from '../../../server/core/statistics/share.ts';
import { sum } from '../../../server/core/statistics/summaries.ts';

/* Figures from R are in tests/commands/stats.test.ts; here is what can be told without it. */

describe('funnel', () => {
  const anyUnits = fc
    .array(
      fc
        .integer({ min: 5, max: 300 })
        .chain((base) => fc.integer({ min: 0, max: base }).map((count) => ({ count, base }))),
      { minLength: 2, maxLength: 25 },
    )
    .map((units) => units.map((unit, place) => ({ ...unit, id: `unit ${place}` })));

  test('flags exactly the units whose own Wilson interval leaves the target out', () => {
    fc.assert(
      fc.property(anyUnits, (units) => {
        const { target, units: places } = funnel(units, false);
        places.forEach(({ share, flag, adjusted }, place) => {
          expect(adjusted).toBeNull();
          const beyond = [0.998, 0.95].find((level) => {
            const { low, high } = wilsonInterval(share, units[place]?.base ?? NaN, level);
            return target < low - 1e-12 || target > high + 1e-12;
          });
          const expected =
            beyond === undefined ? null : `${share < target ? 'low' : 'high'}${beyond === 0.95 ? 95 : 998}`;
          expect(flag).toBe(expected);
        });
      }),
    );
  });

  test('limits lie around the target, the wider around the narrower, the fewer answers the wider', () => {
    fc.assert(
      fc.property(anyUnits, (units) => {
        const { target, units: places } = funnel(units, true);
        for (const place of places) {
          for (const { warning, alarm } of [place, place.adjusted ?? place]) {
            expect(alarm.low).toBeLessThanOrEqual(warning.low);
            expect(warning.low).toBeLessThanOrEqual(target + 1e-12);
            expect(warning.high).toBeGreaterThanOrEqual(target - 1e-12);
            expect(alarm.high).toBeGreaterThanOrEqual(warning.high);
            expect(alarm.low).toBeGreaterThanOrEqual(0);
            expect(alarm.high).toBeLessThanOrEqual(1);
          }
        }
        expect(places.some(({ adjusted }) => adjusted === null)).toBe(units.length < 10);
      }),
    );
  });

  test('by hand: units at the target have no dispersion', () => {
    const units = Array.from({ length: 10 }, (_, place) => ({
      id: `${place}`,
      count: 10 * (place + 1),
      base: 40 * (place + 1),
    }));
    const found = funnel(units, true);
    expect(found).toMatchObject({ target: 0.25, betweenVariance: 0 });
    expect(found.dispersion).toBeCloseTo(0, 12);
    expect(found.units.map(({ flag }) => flag)).toEqual(Array(10).fill(null));
  });

  test('by hand: ten units of 100, half at 0.2 and half at 0.4', () => {
    // z = (asin √p − asin √0.3) × 2 × 10; winsorising moves none. Ten equal weights of 400: tau² is
    // (Σz² − 9) / (4000 − 400).
    const units = Array.from({ length: 10 }, (_, place) => ({ id: `${place}`, count: place < 5 ? 20 : 40, base: 100 }));
    const z = [0.2, 0.4].map((share) => (Math.asin(Math.sqrt(share)) - Math.asin(Math.sqrt(0.3))) * 20);
    const squares = 5 * sum(z.map((score) => score ** 2));
    const found = funnel(units, true);
    expect(found.dispersion).toBeCloseTo(squares / 10, 12);
    expect(found.betweenVariance).toBeCloseTo((squares - 9) / 3600, 12);
    // By chance alone both halves are beyond 95%; among units that differ so much none is.
    expect(funnel(units, false).units.map(({ flag }) => flag)).toEqual([
      ...Array<string>(5).fill('low95'),
      ...Array<string>(5).fill('high95'),
    ]);
    expect(found.units.map(({ flag }) => flag)).toEqual(Array(10).fill(null));
  });

  test('one odd unit among ten is pulled in and does not widen the limits by itself', () => {
    const units = Array.from({ length: 11 }, (_, place) => ({
      id: `${place}`,
      count: place === 0 ? 90 : 30,
      base: 100,
    }));
    const found = funnel(units, true);
    expect(found.units[0]?.flag).toBe('high998');
    expect(found.dispersion).toBeLessThan(2);
  });

  test.each([
    [[{ id: 'a', count: 1, base: 5 }], 'two units or more, found 1'],
    [
      [
        { id: 'a', count: 1, base: 5 },
        { id: 'a', count: 1, base: 5 },
      ],
      'each unit once, found 1 twice',
    ],
    [
      [
        { id: 'a', count: 1, base: 5 },
        { id: 'b', count: 1, base: 0 },
      ],
      '1 or more, found 0',
    ],
  ])('refuses %j', (units, message) => {
    expect(() => funnel(units, true)).toThrow(message);
  });
});
