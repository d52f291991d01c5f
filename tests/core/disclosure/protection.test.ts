import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noiseTable } from '../../../server/core/disclosure/noise-table.ts';
import { BASE_5, cellKeyProtection, KEYS, type Protection } from '../../../server/core/disclosure/protection.ts';

interface ReferenceTable {
  id: string;
  D: number;
  V: number;
  rows: { i: number; v: number[]; p: number[] }[];
  tolerance: number;
}

const REFERENCE = JSON.parse(
  readFileSync(join(import.meta.dirname, 'reference', 'expected_ptable.json'), 'utf8'),
) as ReferenceTable[];

describe('the noise table', () => {
  for (const { id, D, V, rows, tolerance } of REFERENCE) {
    it(`equals the reference ${id}`, () => {
      const table = noiseTable(D, V);
      expect(rows.length).toBeGreaterThan(2);
      for (const { i, v, p } of rows) {
        expect(table[i]!.changes).toEqual(v);
        p.forEach((probability, index) =>
          expect(Math.abs(table[i]!.probabilities[index]! - probability)).toBeLessThan(tolerance),
        );
      }
    });
  }

  it('has mean 0 and at most the variance asked for, and never likelier falls than stays', () => {
    const sizes = fc.record({
      most: fc.integer({ min: 2, max: 8 }),
      variance: fc.double({ min: 0.5, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(sizes, ({ most, variance }) => {
        for (const { changes, probabilities } of noiseTable(most, variance).slice(1)) {
          const moment = (power: number) =>
            changes.reduce((sum, change, index) => sum + change ** power * probabilities[index]!, 0);
          expect(moment(0)).toBeCloseTo(1, 9);
          expect(moment(1)).toBeCloseTo(0, 6);
          expect(moment(2)).toBeLessThan(variance + 1e-6);
          const [fall, stay] = [probabilities[changes.indexOf(-1)]!, probabilities[changes.indexOf(0)]!];
          expect(fall).toBeLessThanOrEqual(stay + 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses sizes that no noise can have', () => {
    expect(() => noiseTable(0, 1)).toThrow(RangeError);
    expect(() => noiseTable(2, 4)).toThrow(RangeError);
  });
});

describe('protection', () => {
  const kinds: Protection[] = [BASE_5, cellKeyProtection(2, 1), cellKeyProtection(5, 2)];
  const count = fc.integer({ min: 0, max: 3000 });
  const key = fc.integer({ min: 0, max: 20_000 });

  for (const protection of kinds) {
    it(`by ${protection.name} stays near the count, below nobody, and the same for the same children`, () => {
      fc.assert(
        fc.property(count, key, (children, cellKey) => {
          const figure = protection.protect(children, cellKey);
          expect(Math.abs(figure - children)).toBeLessThanOrEqual(protection.most);
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(protection.protect(children, cellKey + KEYS)).toBe(figure);
        }),
      );
    });

    it(`by ${protection.name} says rightly what a figure's side of a threshold tells of the count`, () => {
      for (let children = 0; children < 60; children += 1) {
        for (let cellKey = 0; cellKey < KEYS; cellKey += 1) {
          const figure = protection.protect(children, cellKey);
          for (const threshold of [5, 10, 20]) {
            if (figure < threshold) expect(children).toBeLessThanOrEqual(protection.mostBelow(threshold));
            else expect(children).toBeGreaterThanOrEqual(protection.leastFrom(threshold));
          }
        }
      }
    });
  }

  it('by keys changes a count as often as its table says', () => {
    const protection = cellKeyProtection(5, 2);
    const changes = Array.from({ length: KEYS }, (_, cellKey) => protection.protect(100, cellKey) - 100);
    const row = noiseTable(5, 2)[5]!;
    row.changes.forEach((change, index) => {
      const often = changes.filter((one) => one === change).length / KEYS;
      expect(Math.abs(often - row.probabilities[index]!)).toBeLessThan(1 / KEYS);
    });
    expect(changes.reduce((sum, change) => sum + change, 0)).toBe(0);
  });
});
