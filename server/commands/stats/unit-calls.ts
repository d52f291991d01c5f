import { Type } from 'typebox';
import { coOccurrence } from '../../core/statistics/co-occurrence.ts';
import { funnel, type FunnelLimits } from '../../core/statistics/funnel.ts';
import { slopeIndexOfInequality } from '../../core/statistics/inequality.ts';
import { requireLength } from '../../core/statistics/requirements.ts';
import { boundsOf } from './bounds.ts';
import { call, closed, Labels, Level, Numbers, Positions } from './call.ts';

/* Groups and units beside each other, outcomes that come together, and what sums give away. */

const Bound = Type.Optional(Type.Union([Type.Number(), Type.Null()]));

function flatLimits(limits: FunnelLimits | null, [low95, high95, low998, high998]: [string, string, string, string]) {
  return {
    [low95]: limits?.warning.low ?? null,
    [high95]: limits?.warning.high ?? null,
    [low998]: limits?.alarm.low ?? null,
    [high998]: limits?.alarm.high ?? null,
  };
}

export const unitCalls = {
  slopeIndex: call(Type.Object({ x: Numbers, n: Numbers, level: Level }, closed), ({ x, n, level }) => {
    requireLength('Slope index', x, n.length);
    const groups = n.map((base, group) => ({ count: x[group] ?? NaN, base }));
    const found = slopeIndexOfInequality(groups, level);
    return {
      sii: found.slopeIndex,
      se: found.error,
      low: found.low,
      high: found.high,
      riiScotpho: found.relativeToMean,
      riiPhe: found.relativeToEnd,
      gap: found.gap,
      ratio: found.ratio,
    };
  }),

  funnel: call(
    Type.Object(
      {
        units: Type.Array(Type.Object({ id: Type.String(), x: Type.Number(), n: Type.Number() }, closed)),
        overdispersion: Type.Optional(Type.Boolean()),
      },
      closed,
    ),
    ({ units, overdispersion = true }) => {
      const places = units.map(({ id, x, n }) => ({ id, count: x, base: n }));
      const found = funnel(places, overdispersion);
      return {
        target: found.target,
        phi: found.dispersion,
        tau2: found.betweenVariance,
        units: found.units.map((unit) => ({
          id: unit.id,
          share: unit.share,
          ...flatLimits(unit, ['low95', 'high95', 'low998', 'high998']),
          ...flatLimits(unit.adjusted, ['adjustedLow95', 'adjustedHigh95', 'adjustedLow998', 'adjustedHigh998']),
          flag: unit.flag,
        })),
      };
    },
  ),

  cooccurrence: call(
    Type.Object({ outcomes: Type.Array(Numbers), stratum: Type.Optional(Labels), level: Level }, closed),
    ({ outcomes, stratum, level }) => {
      const { observed, expected, ratio, low, high } = coOccurrence(outcomes, stratum, level);
      return { observed, expected, ratioThreeOrMore: ratio, low, high };
    },
  ),

  bounds: call(
    Type.Object(
      {
        cells: Type.Integer({ minimum: 1 }),
        rows: Type.Array(Type.Object({ cells: Positions, low: Bound, high: Bound }, closed)),
        targets: Type.Array(Positions),
      },
      closed,
    ),
    async (question) => ({ bounds: await boundsOf(question) }),
  ),
};
