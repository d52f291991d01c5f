import { withoutAsides } from '../clauses.ts';
import type { Verdict } from '../draft.ts';
import { drinksAlcohol } from '../drinking.ts';
import { ENGLISH } from '../lists.ts';
import type { LookedAt } from '../looked-at.ts';
import { anyOf, english, oneOf } from '../phrases.ts';

const RISKY = oneOf(ENGLISH.risky);
const MISFORTUNES = oneOf(ENGLISH.misfortunes);
const ASKS_HOW =
  '(?:how (?:often|much|many|long|old|regularly|frequently|many times)|when|where|why|what|which|who|whom|with whom|how|at what age)';
const NOT_ASIDE = "(?:(?!when|if|because|anyone|someone|people|others|your)[\\p{L}'-]+ ){0,4}?(?:your )?";
const RISKY_THINGS = oneOf(ENGLISH.riskyThings);
const SUBJECT = `(?:(?:do|did|have|are|were|can|would|will|had) you|you(?:'ve| have)?)(?: and your \\p{L}+)?`;
/** "How often do you smoke?": asked as if everybody did. */
const RISK_TAKEN = english(
  `${ASKS_HOW} (?:[\\p{L}'-]+ ){0,4}?${SUBJECT} ${NOT_ASIDE}${RISKY}|how (?:much|many) ${RISKY_THINGS} ${SUBJECT}|(?:what|which) (?:\\p{L}+ ){0,3}?(?:${RISKY}|${RISKY_THINGS}) (?:do|did|have) you`,
);
/** "How often are you bullied?": asked as if it had happened. */
const MISFORTUNE_MET = english(
  `${ASKS_HOW} (?:[\\p{L}'-]+ ){0,3}?${SUBJECT} ${NOT_ASIDE}${MISFORTUNES}|why (?:do|does|did) (?:[\\p{L}'-]+ ){1,3}(?:bully|hit|hurt|tease|ignore|exclude|hate|pick on) you|who (?:bullies|bullied|hits|hit|hurts|hurt|threatens|threatened|picks on|picked on|excludes|excluded|teases|teased|is mean to|was mean to) you|when you (?:were|got|are|get) (?:last )?${MISFORTUNES}`,
);
/** "Have you stopped vaping?", "When did you first smoke?". */
const STILL = english(
  `(?:have|did) you (?:stopped|stop|quit|given up|give up|cut down on|managed to stop) (?:\\p{L}+ing|\\p{L}+)|do you still ${NOT_ASIDE}(?:${RISKY}|${MISFORTUNES})|when did you (?:first|last|start|stop|begin) ${NOT_ASIDE}(?:${RISKY}|${MISFORTUNES})|how old were you when you (?:first |last |started |began ){0,2}(?:\\p{L}+ing |to )?(?:tried|had|took|drank|smoked|vaped|used|got|${RISKY})`,
);
/** What a habit did to somebody who may not have it. */
const EFFECT = english(
  `how (?:much )?(?:does|did|has|have|do) (?:your |being |getting )?(?:${RISKY}|${MISFORTUNES}) (?:\\p{L}+ )?(?:affect|affected|make|made|change|changed|help|helped|hurt|impact|impacted|harm|harmed)`,
);
/** "Why do you hate maths?": the reason of what nobody has said. */
const WHY = english(
  "why (?:do|did|are|were|don't|didn't|aren't|have|haven't|can't|won't) (?:you|your)(?! (?:think|say|feel that way|choose that answer|give that answer))",
);

const HAVE = `(?:${oneOf(ENGLISH.having)} ){0,2}?`;
const YOUR_THING = (things: readonly string[]) =>
  english(`your (?:own )?${HAVE}${oneOf(things)}(?! (?:school|lessons?|class|classes|room|rules|park|crossing|time))`);
const WHICH_THING = english(
  `(?:what|which|whose) (?:\\p{L}+ )?(?:${oneOf([...ENGLISH.things, 'sport', 'sports', 'team', 'video games', 'musical instrument', 'prayers', 'drugs', 'alcohol', 'part-time work', 'social media', 'gang'])}) (?:do|did|are|have|were) you(?! (?:like|want|think|enjoy|prefer|love|wish))|where (?:did|do) you (?:and your family )?(?:go on holiday|worship|pray|work|go to church|spend your holidays?)|how (?:often|much|many times|regularly) (?:do|did) you (?:go to (?:church|mosque|temple|a club|your club|work)|pray|worship|go on holiday|go abroad|go skiing|walk your|feed your)|when you (?:pray|go on holiday|went on holiday|go to church|go to mosque|go to work)`,
);
const ASKS_WHETHER = english(
  "(?:do|does|did|have|has|would|can|could) you (?:have|own|got|ever had|like to have|want)(?! to)|have you got|is there|are there|do you (?:belong to|go to|take part in) (?:a|any)|are you (?:in|part of) (?:a|any)|if you have|if you've got|if you've",
);

/** A question that takes for granted what not everybody does, has or has met. English only. */
export function presumes({ isEnglish, draft, text, asking, rows, options }: LookedAt): Verdict {
  if (!isEnglish) return 'not-judged';
  if (options.some((option) => anyOf(ENGLISH.denials).test(option)) || draft.kind === 'information') return 'kept';
  if (anyOf(ENGLISH.hedges).test(text.replace(/what if|as if/g, ' '))) return 'kept';
  const taken = takenIn(asking, options);
  if (taken !== undefined) return { reason: { why: 'presumes', values: { words: taken } } };
  const thing = [asking, ...rows]
    .map((one) => thingIn(one, draft.level === 'p5-p7', options))
    .find((one) => one !== undefined);
  return thing === undefined ? 'kept' : { reason: { why: 'own-thing', values: { words: thing } } };
}

/** Something done or met that the question is sure of. */
function takenIn(asking: string, options: readonly string[]): string | undefined {
  const always = [RISK_TAKEN, STILL, EFFECT, WHY]
    .map((pattern) => pattern.exec(asking)?.[0])
    .find((one) => one !== undefined);
  if (always !== undefined) return always;
  if (drinksAlcohol(asking)) return asking.replace(/\?$/, '');
  return hasNone(options) ? undefined : MISFORTUNE_MET.exec(asking)?.[0];
}

/** Something had that not everybody has. */
function thingIn(asked: string, isYoung: boolean, options: readonly string[]): string | undefined {
  const sentence = withoutAsides(asked);
  if (ASKS_WHETHER.test(sentence)) return undefined;
  const things = isYoung ? [...ENGLISH.things, ...ENGLISH.youngThings] : ENGLISH.things;
  const own = YOUR_THING(things).exec(asked)?.[0];
  if (own !== undefined) return own;
  return hasNone(options) ? undefined : WHICH_THING.exec(sentence)?.[0];
}

const NONE = /^\W*(?:no|none|never|nothing|nowhere|nobody|no one|not\b.*|0)(?!\p{L})/u;

/** Whether an answer is there for those to whom it has not happened. */
function hasNone(options: readonly string[]): boolean {
  return options.some((option) => NONE.test(option));
}
