import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { leaningOf, type Leaning } from '../scales.ts';

/** Answers that judge, from which a scale can be told. */
const LEAST = 3;
/** Feelings that are no degrees of each other: a list of them is no scale. */
const EMOTIONS = ['angry', 'worried', 'scared', 'sad', 'bored', 'lonely', 'upset', 'stressed', 'disappointed'];

/** Words of frequency and amount are degrees of one thing and have no other side. */
const AMOUNTS = /^\W*(?:always|never|definitely|yes,? (?:once|more than once|every|most|some|a few|one|two|\d))/u;

/**
 * More answers on one side than on the other. Degrees of one thing ("not so happy" to "as happy as can be") have no
 * sides. English only, and only where the answers are judgements.
 */
export function unbalancedOptions({ isEnglish, draft, options }: LookedAt): Verdict {
  if (draft.kind === 'tick-all' || draft.kind === 'ranking' || options.length < LEAST) return 'kept';
  if (!isEnglish) return 'not-judged';
  const leanings = options.map(leaningOf);
  const known = leanings.filter((leaning) => leaning !== undefined);
  // A list of things in which one or two happen to be judged is no scale.
  if (known.length < options.length - 1 || known.length < LEAST) return 'kept';
  if (options.every((option) => AMOUNTS.test(option) || leaningOf(option)?.root === '')) return yesAndNo(options);
  const favour = count(known, 'for');
  const against = count(known, 'against');
  if (areDegrees(known) || new Set(known.map(({ root }) => root).filter((root) => EMOTIONS.includes(root))).size > 1)
    return 'kept';
  const isOdd = Math.abs(favour - against) > (known.length < options.length ? 1 : 0);
  return isOdd ? unbalanced(favour, against) : 'kept';
}

/** Three ways to say yes and one to say no lean as well, unless they count ("yes, once"). */
function yesAndNo(options: readonly string[]): Verdict {
  const judged = options.filter((option) => !AMOUNTS.test(option) || /^\W*definitely/u.test(option));
  const known = judged.map(leaningOf).filter((leaning) => leaning !== undefined);
  const favour = count(known, 'for');
  const against = count(known, 'against');
  return Math.abs(favour - against) >= 2 ? unbalanced(favour, against) : 'kept';
}

function unbalanced(favour: number, against: number): Verdict {
  return { reason: { why: 'unbalanced-options', values: { favour, against } } };
}

function count(leanings: readonly Leaning[], side: Leaning['side']): number {
  return leanings.filter((leaning) => leaning.side === side).length;
}

/** All judgements are of one word, said more or less strongly, with at most one end that denies it or a yes and no. */
function areDegrees(leanings: readonly Leaning[]): boolean {
  const judging = leanings.filter((leaning) => leaning.side !== 'neutral' && leaning.root !== '');
  const roots = new Set(judging.map((leaning) => leaning.root));
  const hasBoth = count(judging, 'for') > 0 && count(judging, 'against') > 0;
  return roots.size <= 1 && (hasBoth || judging.length < LEAST);
}
