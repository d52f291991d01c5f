import { probe, type Attack } from './attack.ts';
import type { Programme } from './programme.ts';
import type { AttackProblem } from './problem.ts';

/*
 * Secondary withholding: which shown figures must be hidden too, so that no target fails. The figure that holds most
 * failing targets for its price goes first, until none fails. (The duals of the attack's own programmes say what holds
 * a target; a programme for the cheapest set, as Fischetti and Salazar solve it, withheld no fewer in trials.)
 */

/** Anything larger can never be withheld. */
export const NEVER = Infinity;

/** Prices count for less than their full weight, so that one dear figure goes before many cheap ones. */
const PRICE_POWER = 0.7;

/**
 * Withholds facts until no target fails.
 * @param priceOf the price of each fact; `NEVER` for what is hidden already or must stay
 * @returns positions of withheld facts, and the targets that no fact at any price would open
 */
export function withhold(
  programme: Programme,
  problem: AttackProblem,
  state: Attack,
  priceOf: (fact: number) => number,
): { withheld: number[]; stuck: number[] } {
  const withheld: number[] = [];
  while (state.failing.size > 0) {
    const best = bestFact(state, priceOf, withheld);
    if (best === undefined) {
      const stuck = [...state.failing.keys()].filter((target) => !state.searchLongest(target));
      if (stuck.length === 0) continue;
      return { withheld, stuck };
    }
    withheld.push(best);
    programme.changeFact(best, { low: 0, high: Infinity });
    for (const [target, held] of [...state.failing]) {
      if (held.has(best)) probe(programme, problem, state, target);
    }
  }
  return { withheld, stuck: [] };
}

function bestFact(
  { failing }: Attack,
  priceOf: (fact: number) => number,
  taken: readonly number[],
): number | undefined {
  const weight = new Map<number, number>();
  for (const held of failing.values()) {
    for (const fact of held) weight.set(fact, (weight.get(fact) ?? 0) + 1 / Math.sqrt(held.size));
  }
  let best: number | undefined;
  let bestWorth = 0;
  for (const [fact, sum] of weight) {
    const worth = sum / priceOf(fact) ** PRICE_POWER;
    if (worth > bestWorth && !taken.includes(fact)) [best, bestWorth] = [fact, worth];
  }
  return best;
}
