import type { LookedAt } from './looked-at.ts';
import { english } from './phrases.ts';

/* What answers say: for, against or neither, and whether they are degrees of one thing. English only. */

const FOR = [
  'excellent',
  'outstanding',
  'great',
  'amazing',
  'fantastic',
  'brilliant',
  'wonderful',
  'awesome',
  'super',
  'superb',
  'lovely',
  'good',
  'happy',
  'happier',
  'satisfied',
  'safe',
  'easy',
  'like',
  'love',
  'enjoy',
  'agree',
  'better',
  'best',
  'helpful',
  'interested',
  'proud',
  'calm',
  'confident',
  'clean',
  'important',
  'friendly',
  'nice',
  'fun',
  'kind',
  'well',
  'healthy',
  'cool',
  'perfect',
  'pleased',
  'positive',
  'useful',
  'welcome',
  'cheerful',
  'delighted',
  'fab',
  'ace',
  'likely',
  'comfortable',
  'glad',
  'fair',
  'tasty',
  'exciting',
  'interesting',
  'support',
  'approve',
  'improved',
  'right',
  'true',
];
const AGAINST = [
  'bad',
  'poor',
  'terrible',
  'awful',
  'dreadful',
  'horrible',
  'sad',
  'unhappy',
  'dissatisfied',
  'unsatisfied',
  'unsafe',
  'hard',
  'difficult',
  'dislike',
  'hate',
  'disagree',
  'worse',
  'worst',
  'unhelpful',
  'boring',
  'bored',
  'worried',
  'angry',
  'rubbish',
  'badly',
  'unfair',
  'unkind',
  'scared',
  'miserable',
  'disappointed',
  'disappointing',
  'upset',
  'negative',
  'useless',
  'dirty',
  'unfriendly',
  'unimportant',
  'unhealthy',
  'nasty',
  'mean',
  'annoying',
  'uncomfortable',
  'poorly',
  'unlikely',
  'dangerous',
  'rough',
  'disgusting',
  'oppose',
  'disapprove',
  'false',
  'wrong',
  'lonely',
  'meh',
  'dull',
  'stressed',
];
const NEUTRAL = english(
  'ok|okay|neutral|neither|average|so-so|mixed|in the middle|in between|same|alright|all right|fine|not bad|sort of|maybe|sometimes|acceptable|adequate|either|half and half|not sure|undecided',
);
const NOT = /(?<!\p{L})(?:not|never|n't|don't|doesn't|isn't|didn't|wasn't|can't|hardly|no)(?!\p{L})/u;
const FOR_WORD = english(FOR.join('|'));
const AGAINST_WORD = english(AGAINST.join('|'));
const YES = /^\W*(?:yes|yeah|definitely|absolutely|of course|certainly|always|totally)(?!\p{L})/u;
const NO = /^\W*(?:no|nope|never)(?!\p{L})/u;

export type Side = 'for' | 'against' | 'neutral';

export interface Leaning {
  side: Side;
  /** The word that it leans by, as "happy" in "not so happy"; empty for a bare yes or no. */
  root: string;
}

/** Which way an answer leans; undefined for answers that are no judgements. */
export function leaningOf(option: string): Leaning | undefined {
  // "Fair" on its own lies between good and poor; "very fair" says that something is fair.
  if (NEUTRAL.test(option) || /^\W*(?:fair|satisfactory|medium|moderate)\W*$/u.test(option))
    return { side: 'neutral', root: '' };
  const against = AGAINST_WORD.exec(option)?.[0];
  const isNot = NOT.test(option);
  if (against !== undefined) return { side: isNot ? 'for' : 'against', root: against };
  const favour = FOR_WORD.exec(option)?.[0];
  if (favour !== undefined) return { side: isNot ? 'against' : 'for', root: favour };
  if (YES.test(option)) return { side: 'for', root: '' };
  return NO.test(option) ? { side: 'against', root: '' } : undefined;
}

/** Whether an answer begins with a yes or a no. */
export function isYesOrNo(option: string): boolean {
  return YES.test(option) || NO.test(option);
}

const DEGREES = english(
  'always|usually|often|sometimes|rarely|seldom|hardly ever|never|every day|most days|some days|no days|most of the time|some of the time|all of the time|all the time|none of the time|mostly|a lot|a little|a bit|lots|not at all|very|quite|really|completely|totally|fairly|slightly|extremely|somewhat|once|twice|daily|weekly|monthly|every week|every month|\\d+|none|times?|more|less|less often|not much|not very|not so|definitely|probably|maybe|all|most|some|few',
);

/** Whether the options are steps of one scale: all are degrees, amounts or judgements. */
export function isScale({ options }: LookedAt): boolean {
  if (options.length < 3) return false;
  return options.every((option) => DEGREES.test(option) || leaningOf(option) !== undefined);
}
