import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../server/core/seeded-random.ts';
import { sumOf } from '../../../server/core/disclosure/attack/problem.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { figuresOf, type ItemFigures } from '../../../server/core/disclosure/figures.ts';
import { cellKeyProtection } from '../../../server/core/disclosure/protection.ts';
import { auditItem, makeItemSafe, withholdRows } from '../../../server/core/disclosure/safe-item.ts';
import { smallWave, type SmallWave } from '../../support/small-wave.ts';

const solver = await loadSolver();
const chance = () => seededRandom('safe item');
const waves = smallWave({ schools: 8, quintiles: 3, categories: 3, most: 25 });

function madeSafe({ ground, item }: SmallWave) {
  const all = item.counts[0]!.map((_, cell) => item.counts.reduce((sum, counts) => sum + counts[cell]!, 0));
  const asked = { id: 'everybody', categories: ['asked'], counts: [all], shown: [] };
  const rows = withholdRows(solver, ground, asked, chance());
  return makeItemSafe(solver, ground, item, chance(), { rows, cells: new Set() });
}

function audited(wave: SmallWave, figures: ItemFigures) {
  return auditItem(solver, wave.ground, wave.item, figures, chance());
}

const exact = ({ ground, item }: SmallWave, category: number, unit: number) =>
  sumOf(item.counts[category]!, ground.plan.units[unit]!.cells);

describe('an item made safe', () => {
  it('leaves three whole numbers of every count, whatever the children answered', () => {
    let withheld = 0;
    fc.assert(
      fc.property(waves, (wave) => {
        const { figures, audit } = madeSafe(wave);
        expect(audit.failing).toEqual([]);
        expect(audit.narrowest).toBeGreaterThanOrEqual(3);
        // Nothing that it keeps in mind is needed: whoever attacks the figures anew finds no more.
        expect(audited(wave, figures).failing).toEqual([]);
        withheld += audit.withheld;
      }),
      { numRuns: 25 },
    );
    expect(withheld, 'some of these waves need withholding').toBeGreaterThan(0);
  });

  it('shows rounded figures near the truth, and of a remainder the difference of what is shown', () => {
    fc.assert(
      fc.property(waves, (wave) => {
        const { figures } = madeSafe(wave);
        const { units, remainders } = wave.ground.plan;
        figures.counts.forEach((own, category) =>
          own.forEach(({ value, standing }, unit) => {
            if (standing !== 'shown') return;
            expect(value % 5).toBe(0);
            const from = remainders[unit];
            expect(Math.abs(value - exact(wave, category, unit)), units[unit]!.id).toBeLessThanOrEqual(from ? 4 : 2);
            if (!from) return;
            expect([own[from.whole]!.standing, own[from.part]!.standing]).toEqual(['shown', 'shown']);
            expect(value).toBe(Math.max(0, own[from.whole]!.value - own[from.part]!.value));
          }),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('is the same whenever it is made', () => {
    fc.assert(
      fc.property(waves, (wave) => {
        expect(madeSafe(wave).figures).toEqual(madeSafe(wave).figures);
      }),
      { numRuns: 5 },
    );
  });
});

describe('figures by keys', () => {
  it('take the keys of the children counted, so that other children get another change and the same ones the same', () => {
    const protection = cellKeyProtection(5, 2);
    fc.assert(
      fc.property(waves, fc.integer({ min: 0, max: 255 }), (wave, key) => {
        const { item, ground } = wave;
        const keys = item.counts.map((counts) => counts.map((count, cell) => count * (key + cell)));
        const { units, remainders } = ground.plan;
        const { counts } = figuresOf(item, { ...ground.plan, protection, keysOf: () => keys });
        counts.forEach((own, category) =>
          own.forEach(({ value }, unit) => {
            if (remainders[unit]) return;
            const cellKey = sumOf(keys[category]!, units[unit]!.cells);
            expect(value).toBe(protection.protect(exact(wave, category, unit), cellKey));
          }),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('the audit names what is given away', () => {
  const [wave] = fc.sample(waves, { numRuns: 1, seed: 7 });

  it('by a figure that was not rounded', () => {
    const { figures } = madeSafe(wave!);
    const unit = figures.counts[0]!.findIndex(
      ({ standing }, index) =>
        standing === 'shown' && exact(wave!, 0, index) % 5 !== 0 && !wave!.ground.plan.remainders[index],
    );
    figures.counts[0]![unit] = { value: exact(wave!, 0, unit), standing: 'shown' };
    const names = audited(wave!, figures).failing.map(({ target, left }) => [target, left]);
    expect(names).toContainEqual([`${wave!.ground.plan.units[unit]!.id} item option-0`, 1]);
  });

  it('by a count that a rule hides', () => {
    const { figures } = madeSafe(wave!);
    const category = figures.counts.findIndex((own, index) =>
      own.some(({ standing }, unit) => standing === 'small' && exact(wave!, index, unit) > 0),
    );
    const unit = figures.counts[category]!.findIndex(
      ({ standing }, index) => standing === 'small' && exact(wave!, category, index) > 0,
    );
    figures.counts[category]![unit] = { value: exact(wave!, category, unit), standing: 'shown' };
    expect(audited(wave!, figures).failing.map(({ target }) => target)).toContain(
      `${wave!.ground.plan.units[unit]!.id} item option-${category}`,
    );
  });

  it('by what was withheld, if it is shown after all', () => {
    const needing = fc.sample(waves, { numRuns: 60, seed: 3 }).find((one) => madeSafe(one).withheld.cells.size > 0);
    expect(needing).toBeDefined();
    const { withheld } = madeSafe(needing!);
    const shown = figuresOf(needing!.item, needing!.ground.plan, { rows: withheld.rows, cells: new Set() });
    expect(audited(needing!, shown).failing.length).toBeGreaterThan(0);
  });

  it('by figures that exclude the truth, which are a bug', () => {
    const { figures } = madeSafe(wave!);
    const unit = figures.counts[0]!.findIndex(
      ({ standing }, index) => standing === 'shown' && !wave!.ground.plan.remainders[index],
    );
    figures.counts[0]![unit]!.value += 10;
    expect(() => audited(wave!, figures)).toThrow(/exclude the truth/);
  });
});
