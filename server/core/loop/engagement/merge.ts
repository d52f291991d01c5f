import { canonical } from '../../canonical.ts';

/*
 * Two people change the same thing at once. What only one of them changed is taken over from both; of what both changed, the
 * newer writer's stays in the form and the other's is shown beside it, so that nothing is lost and nothing written over unseen.
 */

export interface Merged<Whole> {
  merged: Whole;
  /** Parts that the other changed alone, and which are taken over. */
  theirs: (keyof Whole)[];
  /** Parts that both changed, each to something else. */
  both: (keyof Whole)[];
}

/**
 * @param base what both began from
 * @param mine what was typed
 * @param latest what was kept meanwhile
 */
export function merge<Whole extends object>(base: Whole, mine: Whole, latest: Whole): Merged<Whole> {
  const parts = Object.keys(latest) as (keyof Whole)[];
  const differs = (one: Whole, other: Whole, part: keyof Whole) => canonical(one[part]) !== canonical(other[part]);
  const changedByThem = parts.filter((part) => differs(base, latest, part) && differs(mine, latest, part));
  const [theirs, both]: [(keyof Whole)[], (keyof Whole)[]] = [[], []];
  for (const part of changedByThem) (differs(base, mine, part) ? both : theirs).push(part);
  const taken = Object.fromEntries(theirs.map((part) => [part, latest[part]]));
  return { merged: { ...mine, ...taken }, theirs, both };
}
