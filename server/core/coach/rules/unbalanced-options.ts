import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { wordsIn } from '../read-text.ts';
import { isYesOrNo, leaningOf, type Leaning } from '../scales.ts';

/** Answers that judge, from which a scale can be told. */
const LEAST = 3;
/** Feelings that are no degrees of each other: a list of them is no scale. */
const EMOTIONS = ['angry', 'worried', 'scared', 'sad', 'bored', 'lonely', 'upset', 'stressed', 'disappointed'];

/** A longer yes describes something and is no degree of a yes. */
const MOST_DEGREE_WORDS = 4;
/** Words of frequency and amount are degrees of one thing and have no other side. */
const AMOUNTS =
  /^\W*(?:always|never|definitely|yes,? (?:once|more than once|every|most|some|a few|one|two|\d+))(?!\p{L})/u;

/**
 * More answers on one side than on the other. Degrees of one thing ("not so happy" to "as happy as can be") have no
 * sides. English only, and only where the answers are judgements.
 */
export function unbalancedOptions({ isEnglish, draft, options }: LookedAt): Verdict {
  if (draft.kind === 'tick-all' || draft.kind === 'ranking' || options.length < LEAST) return 'kept';
  if (!isEnglish) return 'not-judged';
  const found = options.map(leaningOf);
  const known = withEnds(found).filter((leaning) => leaning !== undefined);
  // A list of things in which one or two happen to be judged is no scale.
  if (found.filter((leaning) => leaning !== undefined).length < options.length - 1 || known.length < LEAST)
    return 'kept';
  if (options.every((option) => AMOUNTS.test(option) || isYesOrNo(option))) return yesAndNo(options);
  const favour = count(known, 'for');
  const against = count(known, 'against');
  if (areDegrees(known) || new Set(known.map(({ root }) => root).filter((root) => EMOTIONS.includes(root))).size > 1)
    return 'kept';
  // One more on a side is no lean where there is a middle to go to.
  const room = known.some(({ side }) => side === 'neutral') || known.length < options.length ? 1 : 0;
  const isOdd = Math.abs(favour - against) > room;
  return isOdd ? unbalanced(favour, against) : 'kept';
}

/** Three ways to say yes and one to say no lean as well, unless they count ("yes, once"). */
function yesAndNo(options: readonly string[]): Verdict {
  if (options.some((option) => wordsIn(option).length > MOST_DEGREE_WORDS)) return 'kept';
  const judged = options.filter((option) => !AMOUNTS.test(option) || /^\W*definitely/u.test(option));
  const known = judged.map(leaningOf).filter((leaning) => leaning !== undefined);
  const favour = count(known, 'for');
  const against = count(known, 'against');
  return Math.abs(favour - against) >= 2 ? unbalanced(favour, against) : 'kept';
}

/** An end of a scale that no list knows ("Spotless") leans as the answer next to it. */
function withEnds(leanings: readonly (Leaning | undefined)[]): (Leaning | undefined)[] {
  const like = (neighbour: Leaning | undefined) => (neighbour ? { ...neighbour, root: '' } : undefined);
  return leanings.map((leaning, at) => {
    if (leaning || (at > 0 && at < leanings.length - 1)) return leaning;
    return like(leanings[at === 0 ? 1 : at - 1]);
  });
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
