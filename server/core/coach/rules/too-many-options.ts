import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { onlyOneOf } from '../phrases.ts';
import { isScale } from '../scales.ts';
import { isLadder } from './unlabelled-options.ts';

/** Steps of a ladder from 0 to 10. */
const LADDER_STEPS = 11;

/**
 * More options than a level reads well, opt-outs not counted. The place wheel is exempt, and a ladder where the level
 * may have one. Five degrees of one thing are read well at every age (Hall, Hume and Tazzyman), and things to tick are
 * answered one by one: there only what is over the most counts.
 */
export function tooManyOptions(looked: LookedAt): Verdict {
  const { draft, options, limits } = looked;
  if (draft.kind === 'place-wheel') return 'kept';
  const ladder = isLadder(looked);
  if (ladder && limits.ladder) return 'kept';
  const count = ladder ? Math.max(LADDER_STEPS, options.length) : options.length - noneOfThese(looked);
  const { wellUpTo, most } = limits.options;
  const reason = { why: 'too-many-options', values: { count, most } } as const;
  if (count > most) return { reason };
  const readEasily = draft.kind !== 'one-choice' || isScale(looked);
  return count > wellUpTo && !readEasily ? { severity: 'warn', reason } : 'kept';
}

/** How many options are a way out of the list ("None of these") and not one more thing to choose. */
function noneOfThese({ lists, options }: LookedAt): number {
  const none = onlyOneOf(lists?.noneOfThese ?? []);
  return options.filter((option) => none.test(option)).length;
}
