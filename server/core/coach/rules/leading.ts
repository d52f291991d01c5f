import { NEGATIVE_OPENING, TAG } from '../clauses.ts';
import type { Verdict } from '../draft.ts';
import { ENGLISH } from '../lists.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf, english, oneOf } from '../phrases.ts';

const { crowds, crowdNouns, crowdVerbs, loaded } = ENGLISH;
/** "Do most of your friends like …" asks what others do; it does not tell. */
const NOT_ASKED =
  '(?<!(?:do|does|did|are|is|have|has|can|will|would|how|if|think|that|sure|where|so|what|which|whether|than) )';
/** "Most children love …": what others do, told before one answers. */
const CROWD = english(
  `${NOT_ASKED}${oneOf(crowds)} (?:of )?(?:the |your )?(?:\\p{L}+ )?${oneOf(crowdNouns)}(?: \\p{L}+)? ${oneOf(crowdVerbs)}`,
);
const EVERYONE = english(
  `${NOT_ASKED}(?:every(?:one|body)|nobody|no one) (?:\\p{L}+ )?${oneOf([...crowdVerbs, 'loves', 'likes', 'knows', 'agrees', 'thinks', 'says', 'wants', 'enjoys'])}`,
);
/** "our great playground", "the terrible food": a judgement in front of the thing that is to be judged. */
const JUDGED_THING = english(
  `(?:our|your|the|these|those|this|that|such|such a|such an) (?:new |very |really |truly |so |lovely |local |school |school's )*${oneOf(loaded)} (?!(?:thing|things|part|parts|way|reason|person|to|for|enough|is|are|and|or|about|in|at|of|that|when|you)(?!\\p{L}))\\p{L}+`,
);
/** Something told as a fact before the question: "It is important to eat well. Do you …?" */
const SERMON = english(
  "it is (?:very |so |really )?(?:important|good|bad|wrong|right|great|healthy|dangerous) (?:to|that|for)|it's (?:very |so |really )?(?:important|good|bad|wrong|great|healthy|dangerous) (?:to|that|for)|(?:\\p{L}+ )?(?:is|are) (?:very |so |really )?(?:bad|good|great|dangerous|harmful|important) for (?:you|your|us|children|everyone|health)|we (?:think|believe|know|hope|are proud)|(?:has|have) worked (?:very |so |really )?hard",
);
const SHOULD = english(
  'should (?:be ashamed|get rid of|finally)|(?:stop|ban|end) (?:this|these|those|the) (?:terrible|awful|horrible|silly|stupid)',
);
/** "Would you like a fantastic new park?": who would not. */
const OFFERED = english(
  `(?:would you (?:like|want|use|support|enjoy|love|come to|visit)|do you (?:want|support)) (?:to \\p{L}+ )?(?:an?|some|more|the|our) (?:\\p{L}+ )?${oneOf(loaded)} \\p{L}+`,
);
/** "on boring clubs": the same without a "the". */
const JUDGED_THINGS = english(`(?:on|about|of|with|for|from|by) (?:very |really |such )?${oneOf(loaded)} \\p{L}+s`);

const SHAPES = [JUDGED_THINGS, OFFERED, CROWD, EVERYONE, JUDGED_THING, SERMON, SHOULD];

/** A question that says which answer it would like. */
export function leading({ lists, text, asking, isEnglish }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  const found = allFound(anyOf(lists.leadingPhrases), text)[0] ?? (isEnglish ? shapeIn(text, asking) : undefined);
  return found === undefined ? 'kept' : { reason: { why: 'leading', values: { words: found } } };
}

function shapeIn(text: string, asking: string): string | undefined {
  const opening = NEGATIVE_OPENING.exec(asking)?.[0];
  if (opening !== undefined) return opening;
  const tag = TAG.exec(text)?.[0];
  if (tag !== undefined) return tag.replace(/^, ?/, '');
  for (const shape of SHAPES) {
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
