import { ARABIC_RECALL, primaryTag } from './lists.ts';
import { anyOf, english, everywhere } from './phrases.ts';
import { numbersInWords } from './numbers.ts';

/* How far back a text asks, in days. */

export interface Recall {
  days: number;
  /** What says so, as it is written. */
  words: string;
}

const LIFE = 3653;
const DAYS: Record<string, number> = {
  day: 1,
  night: 1,
  weekend: 7,
  week: 7,
  fortnight: 14,
  month: 30.5,
  term: 92,
  season: 92,
  year: 366,
  decade: 3653,
};
const UNIT = '(?:school |academic |calendar )?(day|night|weekend|week|fortnight|month|term|season|year|decade)s?';
const SOME: Record<string, number> = { few: 3, several: 4, couple: 2, 'couple of': 2, many: 5, some: 3 };
const AMOUNT = '(?:(\\d+|few|several|couple(?: of)?|many|half) )?';

/** "in the last two weeks", "past month", "previous year". */
const PAST = english(`(?:last|past|previous) ${AMOUNT}${UNIT}`);
/** "two months ago", "a year ago". */
const AGO = english(`(\\d+|a|an|few|several|couple of) ${UNIT} ago`);
/** "since you started school", "since P5". */
const SINCE = english(
  "since (?!last|this|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the weekend|the start of (?:the|this) week|breakfast|lunch|break)(?:\\p{L}|\\d)[\\p{L}\\p{N}' ]*",
);
const SINCE_TERM = english(
  'since (?:the )?(?:start of (?:the |this )?(?:term|month|holidays)|christmas|easter|halloween|new year|october|november|december|january|february|march|april|may|june|july|august|september|summer(?: holidays?)?|last (?:month|term|year|summer|christmas|easter))',
);
/** A part of life that is over: "when you were little", "at primary school". */
const EARLIER = english(
  'when you were (?:\\p{L}+ ){0,2}?(?:younger|little|small|young|baby|toddler|nursery|primary|infants?|\\d+|p[1-7]|s[1-6]|first year|child)|(?:in|during|over) your (?:whole |entire )?(?:life|lifetime|childhood)|as a (?:young |small )?child|growing up|before (?:covid|lockdown|the pandemic)|during (?:primary|nursery)|(?:back )?in (?:nursery|p[1-4])|in your (?:life|time at|years at)|(?:all|over) the years|throughout (?:your|primary|secondary|the (?:year|term))|during your time (?:at|in)|your (?:first|last) year (?:at|of|in)|when you (?:first )?(?:started|began|joined|moved to|came to|left) (?:\\p{L}+ ){0,2}?(?:school|primary|secondary|nursery|p1|s1|academy)',
);
const SEASON = english(
  '(?:last|over the|during the|in the) (?:summer|winter|spring|autumn|christmas|easter)(?: holidays?)?(?! is| are)|(?:over|during|in) the (?:school )?holidays|(?:at|from|since) the (?:start|beginning) of (?:the |this |last )?(?:school )?(?:year|term)|last (?:january|february|march|april|may|june|july|august|september|october|november|december|halloween)',
);
/** "this year", where something is said to have been. */
const THIS = english('(?:this|during the|over the) (?:whole |past )?(?:school |academic )?(month|term|year)');
const HAS_BEEN = english("have|has|had|did|were|was|haven't|didn't|you've");
/** Rates and plans are not recalled. */
const AHEAD = english('next|coming|will|would|want|hope|plan|going to|looking forward');

/** The farthest that any of some texts reaches back; undefined where none says. */
export function farthestRecall(texts: readonly string[], language: string): Recall | undefined {
  const find = primaryTag(language) === 'ar' ? arabicRecalls : englishRecalls;
  return texts
    .flatMap(find)
    .toSorted((one, other) => other.days - one.days)
    .at(0);
}

function arabicRecalls(text: string): Recall[] {
  return ARABIC_RECALL.flatMap(([phrase, days]) => {
    const found = anyOf([phrase]).exec(text)?.[0];
    return found === undefined ? [] : [{ days, words: found }];
  });
}

function englishRecalls(original: string): Recall[] {
  const text = numbersInWords(original);
  const recalls: Recall[] = [];
  const say = (pattern: RegExp, days: (found: RegExpExecArray) => number) => {
    for (const found of text.matchAll(everywhere(pattern))) recalls.push({ days: days(found), words: found[0].trim() });
  };
  say(PAST, ([, amount, unit]) => amountOf(amount) * (DAYS[unit ?? ''] ?? 0));
  say(AGO, ([, amount, unit]) => amountOf(amount) * (DAYS[unit ?? ''] ?? 0));
  say(SINCE_TERM, () => DAYS['term'] ?? 0);
  if (!SINCE_TERM.test(text)) say(SINCE, () => LIFE);
  say(EARLIER, () => LIFE);
  if (HAS_BEEN.test(text) && !AHEAD.test(text)) {
    say(SEASON, () => 183);
    say(THIS, ([, unit]) => DAYS[unit ?? ''] ?? 0);
  }
  return recalls;
}

function amountOf(amount: string | undefined): number {
  if (amount === undefined || amount === 'a' || amount === 'an') return 1;
  if (amount === 'half') return 0.5;
  return SOME[amount] ?? Number(amount);
}
