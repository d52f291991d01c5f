import { Type } from 'typebox';
import { compareShares } from '../../core/statistics/differences.ts';
import { benjaminiHochberg } from '../../core/statistics/multiple-comparisons.ts';
import { hypergeometricInterval, wilsonFiniteInterval, type RollShare } from '../../core/statistics/proportions.ts';
import { shareWithInterval } from '../../core/statistics/share.ts';
import { call, closed, Level, Numbers } from './call.ts';

/* Shares and their differences. */

const SIMPLE = { designEffect: 1, noiseVariance: 0 };

const OfRoll = Type.Object({ x: Type.Number(), n: Type.Number(), N: Type.Number(), level: Level }, closed);

function rollShare({ x, n, N }: { x: number; n: number; N: number }): RollShare {
  return { count: x, base: n, roll: N };
}

export const shareCalls = {
  wilson: call(
    Type.Object(
      {
        x: Type.Number(),
        n: Type.Number(),
        level: Level,
        deff: Type.Optional(Type.Number()),
        noiseVariance: Type.Optional(Type.Number()),
      },
      closed,
    ),
    ({ x, n, level, deff = 1, noiseVariance = 0 }) => {
      const { share, low, high, effectiveSize } = shareWithInterval({
        count: x,
        base: n,
        designEffect: deff,
        noiseVariance,
        ...(level === undefined ? {} : { level }),
      });
      return { share, low, high, effectiveN: effectiveSize };
    },
  ),

  wilsonFinite: call(OfRoll, (args) => wilsonFiniteInterval(rollShare(args), args.level)),

  hypergeometric: call(OfRoll, (args) => hypergeometricInterval(rollShare(args), args.level)),

  /** p is that of the z beside it; testP is that of the test which a release goes by, named in `test`. */
  newcombe: call(
    Type.Object({ x1: Type.Number(), n1: Type.Number(), x2: Type.Number(), n2: Type.Number(), level: Level }, closed),
    ({ x1, n1, x2, n2, level }) => {
      const { difference, low, high, z, scoreP, test, p } = compareShares(
        { count: x1, base: n1, ...SIMPLE },
        { count: x2, base: n2, ...SIMPLE },
        level,
      );
      return { difference, low, high, z, p: scoreP, test, testP: p };
    },
  ),

  benjaminiHochberg: call(Type.Object({ p: Numbers }, closed), ({ p }) => ({ adjusted: benjaminiHochberg(p) })),
};
