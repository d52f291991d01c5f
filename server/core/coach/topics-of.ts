import type { SensitiveTopic, WordLists } from './lists.ts';
import { ENGLISH } from './lists.ts';
import type { LookedAt } from './looked-at.ts';
import { drinksAlcohol } from './drinking.ts';
import { anyOf, english, oneOf, without } from './phrases.ts';
import { plain } from './read-text.ts';

const TOPIC_IDS = Object.keys(ENGLISH.sensitive) as SensitiveTopic[];
/** Words by which writers name a topic themselves. */
const NAMED: Partial<Record<SensitiveTopic, string[]>> = {
  alcohol: ['substance~', 'drinking', 'alcohol use'],
  'sexual-health': ['sex', 'sexual health', 'sexual activity', 'relationships and sex'],
  'self-harm': ['self-harm', 'self harm', 'selfharm', 'suicide'],
  'body-image': ['body image', 'appearance'],
  hunger: ['hunger', 'food insecurity', 'food poverty', 'going hungry'],
  tobacco: ['smoking', 'vaping', 'tobacco'],
  drugs: ['drugs', 'illegal drugs'],
};
/** "drunk enough water" is about no alcohol. */
const DRUNK_SOFT = english(`drunk (?:\\p{L}+ ){0,3}?${oneOf(ENGLISH.softDrinks)}`);
/** Who looks after the reader is no carer's question; who is looked after by the reader is one. */
const CARED_FOR = english(
  '(?:people|adults|adult|someone|person|grown-ups|grown-up|who|whoever|that|anyone|they|carer|carers) (?:\\p{L}+ ){0,2}?(?:look|looks|looking|care|cares|caring) (?:after|for) (?:you|me)',
);

/** The sensitive topics of a draft: the one it names, and those that its words are about. */
export function topicsOf({ draft, lists, text, rows, isEnglish }: LookedAt): SensitiveTopic[] {
  const named = namedTopics(plain(draft.topic));
  const found = lists ? [text, ...rows].flatMap((words) => topicsIn(words, lists, isEnglish)) : [];
  return [...new Set([...named, ...found])];
}

function namedTopics(topic: string): SensitiveTopic[] {
  if (topic === '') return [];
  const exact = TOPIC_IDS.filter((id) => id === topic.replaceAll(/[ _]/g, '-'));
  if (exact.length > 0) return exact;
  return TOPIC_IDS.filter((id) => anyOf([...(NAMED[id] ?? []), ...ENGLISH.sensitive[id]]).test(topic));
}

function topicsIn(text: string, lists: WordLists, isEnglish: boolean): SensitiveTopic[] {
  let bare = without(anyOf(lists.notSensitive), text);
  if (isEnglish) bare = without(CARED_FOR, without(DRUNK_SOFT, bare));
  const found = TOPIC_IDS.filter((id) => anyOf(lists.sensitive[id]).test(bare));
  if (isEnglish && drinksAlcohol(bare)) found.push('alcohol');
  return found;
}
