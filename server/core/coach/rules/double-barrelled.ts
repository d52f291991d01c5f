import { withoutAsides } from '../clauses.ts';
import type { Verdict } from '../draft.ts';
import { ENGLISH } from '../lists.ts';
import type { LookedAt } from '../looked-at.ts';
import { anyOf, english, everywhere, oneOf } from '../phrases.ts';
import { plain, sentencesIn } from '../read-text.ts';

/** Glues the words of what counts as one thing ("fruit and vegetables"): a letter that no text here has. */
const GLUE = 'ˑ';
const SINGLE = anyOf(ENGLISH.singleSubjects);
const TIMES = oneOf(ENGLISH.timeWords);
/** Numbers, times and places of a range are ends of one thing. */
const RANGES = english(
  `between (?:\\p{L}+ ){0,3}?\\S+ and|\\d+ ?(?:and|or) ?\\d+|from \\S+ to \\S+|(?:${TIMES}) (?:and|or)(?: (?:at|on|in|during|every|the|then))* (?:${TIMES})|(?:after|before|at|during|to) (?:school|class|lunch|work) (?:and|or) (?:(?:at|on|in|during|the) )*(?:${TIMES})`,
);
const SAME_TWICE = /(?<!\p{L})(\p{L}+) and \1(?!\p{L})/gu;
const COMMAND =
  /^(?:please )?(?:look|read|think|pick|choose|tick|put|listen|use|move|imagine|drag|write|draw|tell|circle|place|rank|order|press|click|finish|complete)\b/u;
const COMMANDED = english(
  'and (?:then )?(?:look|read|think|pick|choose|tick|put|listen|use|move|imagine|drag|write|draw|tell|circle|say|press|click|answer|mark|rank)',
);
const JOINED = english('and|and also|as well as|plus|but|along with|together with');
const FEELING_OR_QUALITY = oneOf([...ENGLISH.feelings, ...ENGLISH.qualities]);
const VERBS = oneOf(ENGLISH.verbs);
const AUXILIARIES = oneOf(ENGLISH.auxiliaries);
/** "sad or angry", "smoke or drink", "… or do you …": two questions to one answer. */
const EITHER = english(
  `${FEELING_OR_QUALITY} or (?:very |too |more )?${FEELING_OR_QUALITY}|or ${AUXILIARIES} (?:you|your|the|they|there|it)|${VERBS} (?:\\S+ ){0,3}or (?:\\p{L}+ly )?${VERBS}|${VERBS} (?:\\S+ ){0,2}or \\p{L}+ (?:your|the|my|their|other|others|people)`,
);
const AND_OR = /(?<!\p{L})and ?\/ ?or(?!\p{L})|&/u;
/** Beginnings of one question that is said twice over. */
const ASKS = english(`${AUXILIARIES}|how|what|which|who|when|where|why`);

/**
 * Two questions that get one answer. English only: whether "and" joins two things or names one needs the words of a
 * language. What is known to be one thing stands in the list `singleSubjects`; everything else that is joined counts
 * as two, since a reader can be of two minds about it.
 */
export function doubleBarrelled({ isEnglish, text, asking, rows }: LookedAt): Verdict {
  if (!isEnglish) return 'not-judged';
  const questions = sentencesIn(text).filter((sentence) => sentence.endsWith('?') && ASKS.test(sentence));
  if (questions.length > 1) return two(questions.slice(0, 2).join(' '));
  for (const one of [asking, ...rows]) {
    const joint = jointIn(one);
    if (joint !== undefined) return two(joint);
  }
  return 'kept';
}

function two(words: string): Verdict {
  return { reason: { why: 'double-barrelled', values: { words: words.trim() } } };
}

/** What joins two things in a sentence, with a word on either side; undefined where nothing does. */
function jointIn(sentence: string): string | undefined {
  const andOr = AND_OR.exec(glued(sentence, SINGLE));
  if (andOr) return around(sentence, andOr);
  const bare = asOneThing(withoutAsides(plain(sentence)));
  const joined = JOINED.exec(bare);
  if (joined && joined.index > 0) return around(bare, joined);
  const either = EITHER.exec(bare);
  return either?.[0].replaceAll(GLUE, ' ');
}

function asOneThing(sentence: string): string {
  const bare = glued(glued(sentence, SINGLE), RANGES).replace(SAME_TWICE, '$1');
  return COMMAND.test(bare) ? bare.replace(COMMANDED, ' ') : bare;
}

/** A sentence in which what a pattern finds is one word. */
function glued(sentence: string, pattern: RegExp): string {
  return sentence.replace(everywhere(pattern), (found) => found.replaceAll(/[ /&]/g, GLUE));
}

/** A joint with the words beside it, for the reason. */
function around(sentence: string, { 0: found, index }: RegExpExecArray): string {
  const before = sentence.slice(0, index).trim().split(' ').slice(-2).join(' ');
  const after = sentence
    .slice(index + found.length)
    .trim()
    .split(' ')
    .slice(0, 2)
    .join(' ');
  return `${before} ${found} ${after}`
    .replace(/[?.,!]+$/, '')
    .replaceAll(GLUE, ' ')
    .trim();
}
