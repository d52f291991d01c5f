import type { Language } from './language.ts';

/** "About 6 in 10 pupils": a share as it is said to young people. @param tenths how many in ten, from 0 to 10 */
export function peopleWords(language: Language, tenths: number): string {
  if (tenths === 0) return language.words.replies.peopleFewest;
  if (tenths === 10) return language.words.replies.peopleMost;
  return language.say('replies', 'peopleAbout', { tenths: language.number(tenths) });
}
