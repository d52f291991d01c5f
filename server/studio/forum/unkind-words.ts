import { createRequire } from 'node:module';
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';
import { keyOf } from '../../core/texts/keys.ts';

/*
 * Abuse in what members write, by lists that others keep: `obscenity` for English, which also sees through "f*ck", and
 * the List of Dirty, Naughty, Obscene and Otherwise Bad Words (CC BY 4.0) for whole words of Arabic and Polish.
 * In other languages nothing is found, which the page for youth workers says (docs/decisions/0074).
 */

/** Languages in which abuse is looked for. */
export const UNKIND_LANGUAGES = ['en', 'ar', 'pl'] as const;

/** On the lists, but what a forum on wellbeing speaks of: bodies, growing up, whom one loves. */
const FAIR_ENGLISH = ['sex', 'penis', 'vagina', 'orgasm', 'rape', 'boob', 'tit'];
const FAIR_POLISH = 'jajko jajco burdel duperele rzygać sraczka syf cyc dupa';
const FAIR_ARABIC = 'سكس شرج ثدي حلمة فرج شهوة شاذ جماع قضيب لواط سحاق سحاقية اغتصاب خنثي احتلام مص لحس لعق مبادل';

const require = createRequire(import.meta.url);
const listOf = (language: string) => require(`naughty-words/${language}.json`) as string[];

const english = new RegExpMatcher({
  ...englishDataset.removePhrasesIf(({ metadata }) => FAIR_ENGLISH.includes(metadata?.originalWord ?? '')).build(),
  ...englishRecommendedTransformers,
});
const fair = new Set(`${FAIR_ARABIC} ${FAIR_POLISH}`.split(' ').map(keyOf));
const others = new Set([...listOf('ar'), ...listOf('pl')].map(keyOf).filter((word) => !fair.has(word)));
/** Whether words hold abuse in a language that is known. */
export function isUnkind(words: string): boolean {
  if (english.hasMatch(words)) return true;
  return [...words.matchAll(/[\p{L}\p{M}]+/gu)].some(([word]) => others.has(keyOf(word)));
}
