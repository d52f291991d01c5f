import { describe, expect, it } from 'vitest';
import { demonstrationUsefulness } from '../../bench/release/demonstration-usefulness.ts';
import { readOptions } from '../../bench/release/options.ts';
import { loadSolver } from '../../server/core/disclosure/attack/programme.ts';
import { planRelease } from '../../server/core/disclosure/make-release.ts';
import type { PieceId, PieceOutcome } from '../../server/core/disclosure/pieces.ts';
import { inputOf, PLACES, saying, SMALL } from '../support/counted-wave.ts';

const solver = await loadSolver();

describe('the bench of releases', () => {
  it('holds what clusters are shown against the true figures', () => {
    const people = [
      ...saying(141, 'ash', 'P6', 'yes'),
      ...saying(83, 'ash', 'P6', 'no'),
      ...saying(162, 'birch', 'P7', 'yes'),
      ...saying(97, 'birch', 'P7', 'no'),
    ];
    const input = inputOf({ ...PLACES, surveys: [SMALL], people });
    const work = planRelease(input);
    const done = new Map<PieceId, PieceOutcome>();
    for (const piece of [...work.rows, ...work.variables]) done.set(piece, work.run(solver, piece, done));
    const figures = [...done.values()]
      .flatMap((outcome) => (outcome.kind === 'variable' ? outcome.figures : []))
      .filter(({ band, item }) => band === 'p5-p7' && item === 'happy');
    const { wanted, shown, errors } = demonstrationUsefulness(input, 'p5-p7', figures);
    // North has both schools, and of 483 children 303 say yes and 180 no; South has one of them, which is not shown.
    expect({ wanted, shown }).toEqual({ wanted: 4, shown: 2 });
    expect(errors[0]).toBeCloseTo(Math.abs(305 / 485 - 303 / 483) * 100, 6);
    expect(errors[1]).toBeCloseTo(Math.abs(180 / 485 - 180 / 483) * 100, 6);
  });

  it('plants mistakes in the eight clusters only, and says what it takes', () => {
    expect(readOptions(['--mutate', 'withheld', '--json'])).toEqual({
      demonstration: false,
      mutation: 'withheld',
      json: true,
    });
    expect(readOptions(['--demonstration']).demonstration).toBe(true);
    expect(() => readOptions(['--demonstration', '--mutate', 'export'])).toThrow('expected the eight clusters');
    expect(() => readOptions(['--mutate', 'nothing'])).toThrow('expected rounding, withheld, export, found nothing');
    expect(() => readOptions(['--quick'])).toThrow('npm run bench:release');
  });
});
