import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../../server/commands/stats/bounds.ts';
import sdc from '../../core/statistics/reference/expected_sdc.json' with { type: 'json' };

describe('bounds', () => {
  const [table] = sdc;
  const cells = table?.cells ?? [];
  const inner = cells.filter(({ Hair, Eye, Sex }) => ![Hair, Eye, Sex].includes('Total'));

  /** The base cells that a cell of the published table is the sum of. */
  function partsOf({ Hair, Eye, Sex }: { Hair: string; Eye: string; Sex: string }): number[] {
    return inner.flatMap((one, place) =>
      (Hair === 'Total' || Hair === one.Hair) &&
      (Eye === 'Total' || Eye === one.Eye) &&
      (Sex === 'Total' || Sex === one.Sex)
        ? [place]
        : [],
    );
  }

  it.each([
    [
      'primary',
      4,
      (cell: (typeof cells)[number]) => cell.primary,
      (cell: (typeof cells)[number]) => cell.attack_primary_only,
    ],
    [
      'secondary',
      12,
      (cell: (typeof cells)[number]) => cell.suppressed,
      (cell: (typeof cells)[number]) => cell.attack_after_secondary,
    ],
  ])('are what an attacker of the table works out after %s suppression', async (_name, many, isHidden, expectedOf) => {
    const hidden = cells.filter(isHidden);
    expect(hidden).toHaveLength(many);
    const shown = cells.filter((cell) => !isHidden(cell));
    const found = await boundsOf({
      cells: inner.length,
      rows: shown.map((cell) => ({ cells: partsOf(cell), low: cell.freq, high: cell.freq })),
      targets: hidden.map(partsOf),
    });
    hidden.forEach((cell, place) => {
      const [low, high] = expectedOf(cell) ?? [];
      expect(Math.abs((found[place]?.low ?? NaN) - (low ?? NaN))).toBeLessThanOrEqual(table?.tolerance ?? 0);
      expect(Math.abs((found[place]?.high ?? NaN) - (high ?? NaN))).toBeLessThanOrEqual(table?.tolerance ?? 0);
    });
  });

  it('are the same whatever was asked before', async () => {
    const rows = [
      { cells: [0, 1, 2], low: 5, high: 9 },
      { cells: [1, 2, 3], low: 2, high: 4 },
      { cells: [0, 3], low: 1, high: 7 },
    ];
    const targets = [[0], [1, 3], [0, 2], [3], [0, 1, 2, 3]];
    const together = await boundsOf({ cells: 4, rows, targets });
    for (const [place, target] of targets.entries()) {
      const [alone] = await boundsOf({ cells: 4, rows, targets: [target] });
      expect(alone?.low).toBeCloseTo(together[place]?.low ?? NaN, 9);
      expect(alone?.high).toBeCloseTo(together[place]?.high ?? NaN, 9);
    }
  });

  it('an empty sum is 0, whatever is known; a bound that it cannot meet contradicts', async () => {
    const question = { cells: 1, rows: [{ cells: [], low: 0 }], targets: [[]] };
    expect(await boundsOf(question)).toEqual([{ low: 0, high: 0 }]);
    await expect(boundsOf({ ...question, rows: [{ cells: [], low: 1 }] })).rejects.toThrow(
      'found rows that contradict',
    );
  });

  it('a row whose ends are swapped contradicts itself', async () => {
    await expect(boundsOf({ cells: 1, rows: [{ cells: [0], low: 3, high: 2 }], targets: [[0]] })).rejects.toThrow(
      'expected low to be at most high, found 3 and 2',
    );
  });

  it('hold the truth that the rows were made from, and are not wider than rows alone allow', async () => {
    const anyCase = fc.record({
      truth: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 4, maxLength: 8 }),
      masks: fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 8 }),
      slack: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ truth, masks, slack }) => {
        const sumOf = (positions: readonly number[]) => positions.reduce((sum, place) => sum + (truth[place] ?? 0), 0);
        const sets = masks.map((mask) => truth.flatMap((_count, place) => ((mask >> place) & 1 ? [place] : [])));
        const rows = sets.map((positions) => ({
          cells: positions,
          low: Math.max(0, sumOf(positions) - slack),
          high: sumOf(positions) + slack,
        }));
        const singles = truth.map((_count, place) => [place]);
        const found = await boundsOf({ cells: truth.length, rows, targets: [...sets, ...singles] });
        [...sets, ...singles].forEach((positions, place) => {
          const { low, high } = found[place] ?? { low: NaN, high: NaN };
          expect(low).toBeLessThanOrEqual(sumOf(positions) + 1e-6);
          expect(high ?? Infinity).toBeGreaterThanOrEqual(sumOf(positions) - 1e-6);
          const row = rows[place];
          if (!row) return;
          expect(low).toBeGreaterThanOrEqual(row.low - 1e-6);
          expect(high ?? Infinity).toBeLessThanOrEqual(row.high + 1e-6);
        });
      }),
      { numRuns: 60 },
    );
  });
});
