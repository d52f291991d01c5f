import type { Verdict } from '../draft.ts';
import { ENGLISH } from '../lists.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf, english, oneOf } from '../phrases.ts';

const { crowds, crowdNouns, crowdVerbs, loaded } = ENGLISH;
/** "Most children love …": what others do, told before one answers. */
const CROWD = english(
  `${oneOf(crowds)} (?:of )?(?:the |your )?(?:\\p{L}+ )?${oneOf(crowdNouns)}(?: \\p{L}+)? ${oneOf(crowdVerbs)}`,
);
const EVERYONE = english(
  `every(?:one|body) (?:\\p{L}+ )?${oneOf([...crowdVerbs, 'loves', 'likes', 'knows', 'agrees', 'thinks', 'says', 'wants', 'enjoys', 'is', 'needs'])}`,
);
/** "our great playground", "the terrible food": a judgement in front of the thing that is to be judged. */
const JUDGED_THING = english(
  `(?:our|your|the|these|those|this|that|such|such a|such an) (?:new |very |really |truly |so |lovely |local |school |school's )*${oneOf(loaded)} (?!thing|things|part|way|reason|person|to|for|enough|is|are|and|or|about|in|at|of|that)\\p{L}+`,
);
const TAG =
  /, ?(?:right|correct|yes|no|is ?n't it|are ?n't they|do ?n't you|is ?n't that so|eh|don't they|doesn't it|don't we)\s*\?/u;
/** Something told as a fact before the question: "It is important to eat well. Do you …?" */
const SERMON = english(
  "it is (?:very |so |really )?(?:important|good|bad|wrong|right|great|healthy|dangerous) (?:to|that|for)|it's (?:very |so |really )?(?:important|good|bad|wrong|great|healthy|dangerous) (?:to|that|for)|(?:\\p{L}+ )?(?:is|are) (?:very |so |really )?(?:bad|good|great|dangerous|harmful|important) for (?:you|your|us|children|everyone|health)|we (?:think|believe|know|hope|are proud)|(?:has|have) worked (?:very |so |really )?hard",
);
const SHOULD = english(
  'should (?:stop|ban|do more|be banned|be stopped|be ashamed|get rid of|finally)|(?:stop|ban|end) (?:this|these|those|the) (?:terrible|awful|horrible|silly|stupid)',
);

const SHAPES = [CROWD, EVERYONE, JUDGED_THING, SERMON, SHOULD];

/** A question that says which answer it would like. */
export function leading({ lists, text, isEnglish }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  const found = allFound(anyOf(lists.leadingPhrases), text)[0] ?? (isEnglish ? shapeIn(text) : undefined);
  return found === undefined ? 'kept' : { reason: { why: 'leading', values: { words: found } } };
}

function shapeIn(text: string): string | undefined {
  const tag = TAG.exec(text)?.[0];
  if (tag !== undefined) return tag.replace(/^, ?/, '');
  for (const shape of SHAPES) {
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
