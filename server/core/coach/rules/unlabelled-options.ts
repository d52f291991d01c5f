import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { english } from '../phrases.ts';

const LADDER_NUMBERS = 11;
/** An amount that is asked for: its answers are numbers in their own right. */
const ASKS_FOR_NUMBER = english(
  'how many|how old|how much|how long|how far|how often|how tall|what age|which age|what time|when|which year|what year|what size|what number|which number|your age|age|number of|on which day|what date',
);
const SCALE_IN_TEXT = english(
  'on a scale|scale of|from [01] to \\d+|out of (?:5|10|five|ten)|rate|score|rating|between [01] and \\d+',
);
const ENDS_IN_TEXT = /(?<!\d)0(?!\d).*\p{L}.*(?<!\d)10(?!\d)/u;

/**
 * Options without words: bare numbers, single letters, faces or nothing. A ladder from S1 on needs words at its ends
 * only; numbers that are the answer ("How many?") are words enough. How the ends of a ladder are called may be said
 * elsewhere, so that a ladder without options is not judged.
 */
export function unlabelledOptions(looked: LookedAt): Verdict {
  const { draft, limits } = looked;
  const options = looked.options;
  // A letter among words is a name ("X"); letters alone are none.
  const amongWords = options.some(hasWords);
  const count = options.filter((option) => !hasWords(option) && !(amongWords && /^\p{L}$/u.test(option))).length;
  if (isLadder(looked)) {
    if (!limits.ladder) return { reason: { why: 'ladder-too-young', values: {} } };
    return ladderVerdict(looked);
  }
  if (draft.kind === 'faces' && options.length === 0) return unlabelled('options-without-words', 0);
  if (count === 0) return 'kept';
  const isAmount = looked.isEnglish && ASKS_FOR_NUMBER.test(looked.asking) && !SCALE_IN_TEXT.test(looked.text);
  const numbers = options.filter((option) => !hasWords(option) && /\d/.test(option)).length;
  if (isAmount && numbers === count) return 'kept';
  if (!looked.isEnglish && numbers === count && draft.kind === 'one-choice') return 'not-judged';
  return unlabelled('unlabelled-options', count);
}

function ladderVerdict({ text, options }: LookedAt): Verdict {
  if (options.length === 0) return ENDS_IN_TEXT.test(text) ? 'kept' : 'not-judged';
  const [first = '', last = ''] = [options[0], options.at(-1)];
  const endsInText = ENDS_IN_TEXT.test(text) && text.length > 0;
  return (hasWords(first) && hasWords(last)) || endsInText
    ? 'kept'
    : unlabelled('options-without-words', options.length);
}

function unlabelled(why: 'unlabelled-options' | 'options-without-words', count: number): Verdict {
  return { reason: { why, values: { count } } };
}

/** Whether an option says something in words: at least two letters, or one in scripts that write words so. */
function hasWords(option: string): boolean {
  const letters = option.match(/\p{L}/gu) ?? [];
  return letters.length > 1 || /\p{Script=Han}/u.test(option);
}

/** A ladder by its kind, or by options from 0 to 10 that are numbers in all but their ends. */
export function isLadder({ draft, options }: LookedAt): boolean {
  if (draft.kind === 'ladder') return true;
  if (options.length !== LADDER_NUMBERS || draft.kind === 'number') return false;
  return options.every((option, step) => new RegExp(`^\\D{0,3}${step}(?!\\d)`).test(option));
}
