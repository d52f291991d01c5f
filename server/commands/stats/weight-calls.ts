import { Type } from 'typebox';
import { postStratifiedMean, rakedMean } from '../../core/statistics/calibrated-mean.ts';
import { surveyMean } from '../../core/statistics/survey-mean.ts';
import { postStratify, rake, type Margin } from '../../core/statistics/weighting.ts';
import { call, closed, designOf, drawn, Labels, Level, Numbers } from './call.ts';

/* Weights, and means under them. */

const Roll = Type.Record(Type.String(), Type.Number());

function margin(of: (string | number)[], roll: Record<string, number>): Margin {
  return { of: of.map(String), roll: new Map(Object.entries(roll)) };
}

export const weightCalls = {
  weightedMean: call(Type.Object({ y: Numbers, w: Numbers, ...drawn, level: Level }, closed), (args) => {
    const found = surveyMean(args.y, designOf(args.w, args), args.level);
    return {
      mean: found.mean,
      se: found.error,
      deff: found.designEffect,
      df: found.degrees,
      low: found.low,
      high: found.high,
      logitLow: found.logit?.low ?? null,
      logitHigh: found.logit?.high ?? null,
      kornGraubardLow: found.kornGraubard?.low ?? null,
      kornGraubardHigh: found.kornGraubard?.high ?? null,
      lonelyStrata: found.lonelyStrata,
    };
  }),

  postStratify: call(Type.Object({ w: Numbers, cell: Labels, roll: Roll, y: Numbers, ...drawn }, closed), (args) => {
    const cells = margin(args.cell, args.roll);
    const weights = postStratify(args.w, cells);
    const { mean, error } = postStratifiedMean(args.y, designOf(weights, args), cells.of, args.w);
    return { weights, mean, se: error };
  }),

  /** Mean and se only if values are given. */
  rake: call(
    Type.Object(
      {
        w: Numbers,
        margins: Type.Array(Type.Object({ of: Labels, roll: Roll }, closed), { minItems: 1 }),
        tolerance: Type.Optional(Type.Number()),
        y: Type.Optional(Numbers),
        ...drawn,
      },
      closed,
    ),
    (args) => {
      const margins = args.margins.map(({ of, roll }) => margin(of, roll));
      const { weights, iterations } = rake(args.w, margins, args.tolerance);
      if (!args.y) return { weights, iterations };
      const kinds = margins.map(({ of }) => of);
      const { mean, error } = rakedMean(args.y, designOf(weights, args), kinds);
      return { weights, iterations, mean, se: error };
    },
  ),
};
