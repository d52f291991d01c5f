import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attackOn, groundOf } from '../../../server/core/disclosure/attack/knowledge.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { attackStatistically } from '../../../server/core/disclosure/attack/statistical.ts';
import { askedOf, figuresOf } from '../../../server/core/disclosure/figures.ts';
import { demandNoMoreThanGuessing, statisticalTotals } from '../../../server/core/disclosure/guessing.ts';
import { planRelease } from '../../../server/core/disclosure/make-release.ts';
import type { PieceId, PieceOutcome } from '../../../server/core/disclosure/pieces.ts';
import type { ProtectedCount, Protection } from '../../../server/core/disclosure/protection.ts';
import { makeItemSafe, withholdRows } from '../../../server/core/disclosure/safe-item.ts';
import { seededRandom } from '../../../server/core/seeded-random.ts';
import { inputOf, PLACES, saying, sha256, SMALL } from '../../support/counted-wave.ts';
import { smallWave, type SmallWave } from '../../support/small-wave.ts';

const solver = await loadSolver();
const waves = smallWave({ schools: 12, quintiles: 4, categories: 3, most: 25 });

/** Small figures are hidden, and all others shown as they are. */
const UNROUNDED: Protection = {
  name: 'none',
  most: 0,
  variance: 0,
  protect: (count) => count as ProtectedCount,
  mostBelow: (figure) => figure - 1,
  leastFrom: (figure) => figure,
};

/** The wave with no more than small figures hidden. */
function onlyHidden({ ground, item }: SmallWave): SmallWave {
  const { plan, rollOf } = ground;
  const remainders = plan.units.map(() => undefined);
  return { ground: groundOf({ ...plan, remainders, protection: UNROUNDED }, item.counts[0]!.length, rollOf), item };
}

function attacked({ ground, item }: SmallWave, figures = figuresOf(item, ground.plan)) {
  return attackStatistically(ground, item, figures, attackOn(ground, item, figures));
}

const SAMPLE = fc.sample(waves, { numRuns: 20, seed: 5 });

describe('the statistical attacker', () => {
  it('beats guessing by far where small figures are hidden and nothing is rounded', () => {
    const audits = SAMPLE.map((wave) => ({ statistical: attacked(onlyHidden(wave)) }));
    const { hidden, hits, guesses } = statisticalTotals(audits);
    expect(hidden).toBeGreaterThan(200);
    expect((hits - guesses) / hidden).toBeGreaterThan(0.3);
    expect(() => demandNoMoreThanGuessing(audits)).toThrow(/Least squares name \d+% of \d+ hidden figures rightly/);
  });

  it('hardly beats guessing where a release protects', () => {
    const audits = SAMPLE.slice(0, 8).map(({ ground, item }) => {
      const asked = { id: 'everybody', categories: ['asked'], counts: [askedOf(item)], shown: [] };
      const rows = withholdRows(solver, ground, asked, seededRandom('rows'));
      return makeItemSafe(solver, ground, item, seededRandom('guess'), { rows, cells: new Set() }).audit;
    });
    const { hidden, hits, guesses } = statisticalTotals(audits);
    expect(hidden).toBeGreaterThan(80);
    expect(guesses).toBeGreaterThan(0);
    expect((hits - guesses) / hidden).toBeLessThan(0.15);
    expect(() => demandNoMoreThanGuessing(audits)).not.toThrow();
  }, 60_000);

  it('names no more figures than are hidden, nor does who guesses', () => {
    fc.assert(
      fc.property(waves, (wave) => {
        for (const one of [wave, onlyHidden(wave)]) {
          const { hidden, hits, guesses } = attacked(one);
          const all = figuresOf(one.item, one.ground.plan).counts.flat();
          expect(hidden).toBeLessThanOrEqual(all.filter(({ standing }) => standing !== 'shown').length);
          expect(hits).toBeLessThanOrEqual(hidden);
          expect(guesses).toBeLessThanOrEqual(hidden);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('finds a figure that is what others leave', () => {
    // Two clusters: 3 of one cannot be shown, and all others can.
    const [wave] = fc.sample(smallWave({ schools: 4, quintiles: 1, categories: 2, most: 25 }), 1);
    const { ground, item } = onlyHidden(wave!);
    const counts = [Int32Array.of(2, 1, 20, 20), Int32Array.of(20, 20, 15, 15)];
    expect(attacked({ ground, item: { ...item, counts } })).toMatchObject({ hits: 1, hidden: 1 });
  });
});

describe('a release', () => {
  it('is not sealed where hidden figures are guessed from what is shown', () => {
    const people = [...saying(60, 'ash', 'P6', 'yes'), ...saying(60, 'birch', 'P7', 'no')];
    const work = planRelease(inputOf({ ...PLACES, surveys: [SMALL], people }));
    const done = new Map<PieceId, PieceOutcome>();
    for (const piece of [...work.rows, ...work.variables]) done.set(piece, work.run(solver, piece, done));
    expect(() => work.seal(done, sha256)).not.toThrow();
    const [piece, outcome] = [...done].find(([, { kind }]) => kind === 'variable')!;
    const { audits } = outcome as PieceOutcome & { kind: 'variable' };
    const guessed = audits.map((audit) => ({ ...audit, statistical: { hidden: 500, hits: 300, guesses: 100 } }));
    done.set(piece, { ...(outcome as PieceOutcome & { kind: 'variable' }), audits: guessed });
    expect(() => work.seal(done, sha256)).toThrow('expected at most 15 points more');
  });

  it.each([
    ['of fewer than 50 hidden figures nothing is said', { hidden: 49, hits: 49, guesses: 0 }, false],
    ['of 50 it is', { hidden: 50, hits: 20, guesses: 12 }, true],
    ['15 points more are allowed', { hidden: 100, hits: 40, guesses: 25 }, false],
    ['and no more', { hidden: 100, hits: 41, guesses: 25 }, true],
  ])('%s', (_, statistical, isRefused) => {
    const demanded = () => demandNoMoreThanGuessing([{ statistical }, { statistical: undefined }]);
    if (isRefused) expect(demanded).toThrow('Release fewer places or groups');
    else expect(demanded).not.toThrow();
  });
});
