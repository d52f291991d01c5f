import { flagsOf } from '../texts/flags.ts';
import { tidy } from '../survey/proposal.ts';

/* Whom a forum knows a member as: a made-up name. Who is who stays with the council. */

export const LONGEST_PSEUDONYM = 30;
const SHORTEST_PSEUDONYM = 3;

export type PseudonymFault = 'short' | 'long' | 'signs' | 'gives-away' | 'unkind';

/**
 * What is wrong with a made-up name, if anything. That it is nobody's real name only its writer knows; the page asks.
 * @param isUnkind as in screening.ts
 */
export function pseudonymFault(typed: string, isUnkind: (words: string) => boolean): PseudonymFault | null {
  const name = tidy(typed);
  const length = [...name].length;
  if (length < SHORTEST_PSEUDONYM) return 'short';
  if (length > LONGEST_PSEUDONYM) return 'long';
  if (!/^\p{L}[\p{L}\p{M}\p{Nd} '’-]*$/u.test(name)) return 'signs';
  const givesAway = flagsOf(name).some(({ kind }) => ['email', 'web', 'phone', 'postcode', 'date'].includes(kind));
  if (givesAway) return 'gives-away';
  return isUnkind(name) ? 'unkind' : null;
}
