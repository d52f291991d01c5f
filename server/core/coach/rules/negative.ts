import { NEGATIVE_OPENING, TAG, withoutAsides } from '../clauses.ts';
import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf, without } from '../phrases.ts';

/**
 * A "not" in what is asked: young readers miss it, and a "no" to a "not" is a riddle. What stands in an aside ("when
 * you can't sleep") or in an option is no riddle; words that hold their own opposite ("unsafe") are single words.
 */
export function negative({ lists, askedTexts, isEnglish }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  for (const asked of askedTexts) {
    const sentence = isEnglish ? withoutAsides(asked).replace(NEGATIVE_OPENING, '').replace(TAG, '?') : asked;
    // The "not" of "Don't you think" is a fault of leading, and goes with it.
    const bare = without(anyOf(lists.harmlessNegatives), without(anyOf(lists.leadingPhrases), sentence));
    const [found] = allFound(anyOf(lists.negatives), bare);
    if (found !== undefined) return { reason: { why: 'negative', values: { word: found } } };
  }
  return 'kept';
}
