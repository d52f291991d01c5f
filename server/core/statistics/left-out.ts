import type { Release } from '../disclosure/release.ts';

/** Whom a survey in schools does not reach, whatever the place. */
const ALWAYS_LEFT_OUT = ['hospital', 'secure', 'home-taught', 'placed-elsewhere', 'opted-out'] as const;
export type LeftOut = (typeof ALWAYS_LEFT_OUT)[number] | 'special-schools';

/** A kind of place that a release may hold, by the beginning of its name; then special schools were asked. */
const SPECIAL = 'special';

/** Who could not be asked for a release; nobody in particular where it was open to all. */
export function leftOutOf({ nodes, reached }: Pick<Release, 'nodes' | 'reached'>): LeftOut[] {
  if (reached === 'open') return [];
  const asksSpecialSchools = nodes.some(({ kind }) => kind.startsWith(SPECIAL));
  return [...(asksSpecialSchools ? [] : (['special-schools'] as const)), ...ALWAYS_LEFT_OUT];
}
