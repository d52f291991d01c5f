import { Type } from 'typebox';
import { hedgesG } from '../../core/statistics/effect-size.ts';
import { cronbachAlpha } from '../../core/statistics/reliability.ts';
import { requireThat } from '../../core/statistics/requirements.ts';
import { mean, sampleVariance } from '../../core/statistics/summaries.ts';
import { scoreScale, turnedRound, type ItemAnswers, type ItemScale } from '../../core/survey/scales.ts';
import { call, closed, Level, Numbers, Positions } from './call.ts';

/* Scales: scores, how far their items belong together, and differences between groups. */

const Answers = Type.Array(Type.Array(Type.Union([Type.Number(), Type.Null()])));

interface ScaleRules {
  reverse?: number[];
  min: number;
  max: number;
  minAnswered?: number;
  score?: 'mean' | 'sum';
}

/** A scale of as many items as the first person was asked; half of them are enough unless it is said otherwise. */
function scaleOf(items: number, rules: ScaleRules): ItemScale {
  const { reverse = [], min, max, score = 'mean', minAnswered = Math.ceil(items / 2) } = rules;
  requireReverse(reverse, items);
  requireThat(
    minAnswered >= 1 && minAnswered <= items,
    `Scale: expected at least 1 and at most ${items} answered items to be enough, found ${minAnswered}.`,
  );
  return {
    id: 'scale',
    method: score,
    missing: { rule: 'prorate', least: minAnswered },
    asked: items,
    range: { lowest: min, highest: max },
    items: Array.from({ length: items }, (_, item) => ({
      number: item + 1,
      ...(reverse.includes(item) ? { reverse: true as const } : {}),
    })),
  };
}

function requireReverse(reverse: readonly number[], items: number): void {
  const outside = reverse.find((item) => item >= items);
  requireThat(
    outside === undefined,
    `Scale: expected positions of reverse items from 0 to ${items - 1}, found ${outside}.`,
  );
}

/** Those who answered every item, all items pointing the same way. */
function completeAnswers(items: readonly ItemAnswers[], reverse: readonly number[], range: [number, number] | null) {
  const complete = items.filter((person): person is number[] => person.every((answer) => answer !== null));
  requireReverse(reverse, items[0]?.length ?? 0);
  requireThat(
    range !== null || reverse.length === 0,
    'Alpha: expected min and max where items are reversed, found none. Give the lowest and highest answer.',
  );
  if (!range) return complete;
  const [lowest, highest] = range;
  const outside = complete.flat().find((answer) => answer < lowest || answer > highest);
  requireThat(
    outside === undefined,
    `Alpha: expected answers from ${lowest} to ${highest}, found ${outside}. Give null where nothing was answered.`,
  );
  return complete.map((person) =>
    person.map((answer, item) => (reverse.includes(item) ? turnedRound(answer, { lowest, highest }) : answer)),
  );
}

export const scaleCalls = {
  scale: call(
    Type.Object(
      {
        items: Answers,
        reverse: Type.Optional(Positions),
        min: Type.Integer(),
        max: Type.Integer(),
        minAnswered: Type.Optional(Type.Integer()),
        score: Type.Optional(Type.Union([Type.Literal('mean'), Type.Literal('sum')])),
      },
      closed,
    ),
    ({ items, ...rules }) => {
      const [first] = items;
      requireThat(first !== undefined && first.length > 0, 'Scale: expected a person with items, found none.');
      const scale = scaleOf(first.length, rules);
      const scores = items.map((person) => scoreScale(scale, person).value);
      const given = scores.filter((score) => score !== null);
      return {
        scores,
        mean: given.length > 0 ? mean(given) : null,
        sd: given.length > 1 ? Math.sqrt(sampleVariance(given)) : null,
        n: given.length,
      };
    },
  ),

  alpha: call(
    Type.Object(
      {
        items: Answers,
        reverse: Type.Optional(Positions),
        min: Type.Optional(Type.Number()),
        max: Type.Optional(Type.Number()),
        level: Level,
      },
      closed,
    ),
    ({ items, reverse = [], min, max, level }) => {
      const range: [number, number] | null = min === undefined || max === undefined ? null : [min, max];
      const { alpha, low, high, persons } = cronbachAlpha(completeAnswers(items, reverse, range), level);
      return { alpha, low, high, n: persons };
    },
  ),

  hedgesG: call(Type.Object({ a: Numbers, b: Numbers }, closed), ({ a, b }) => {
    const { d, g, t, degrees, p } = hedgesG(a, b);
    return { d, g, t, df: degrees, p };
  }),
};
