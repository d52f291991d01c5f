import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf } from '../phrases.ts';
import { withoutAsides } from '../clauses.ts';

/**
 * A "not" in what is asked: young readers miss it, and a "no" to a "not" is a riddle. What stands in an aside ("when
 * you can't sleep") or in an option is no riddle; words that hold their own opposite ("unsafe") are single words.
 */
export function negative({ lists, askedTexts, isEnglish }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  const negatives = negativesOf(lists.negatives);
  const harmless = anyOf(lists.harmlessNegatives);
  for (const asked of askedTexts) {
    const bare = (isEnglish ? withoutAsides(asked) : asked).replace(new RegExp(harmless.source, 'gu'), ' ');
    const [found] = allFound(negatives, bare);
    if (found !== undefined) return { reason: { why: 'negative', values: { word: found } } };
  }
  return 'kept';
}

/** "*n't" in the list stands for every word that ends so. */
function negativesOf(phrases: readonly string[]): RegExp {
  const plain = anyOf(phrases.filter((phrase) => !phrase.startsWith('*')));
  return phrases.includes("*n't") ? new RegExp(`${plain.source}|\\p{L}+n't(?!\\p{L})`, 'u') : plain;
}
