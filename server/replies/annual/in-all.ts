import type { ByLanguage } from '../../core/loop/annual/facts.ts';
import type { Language, LanguageCode } from '../../web/language.ts';

/** Says something in every language that there is. */
export function inAll(languages: ReadonlyMap<LanguageCode, Language>, say: (language: Language) => string): ByLanguage {
  return Object.fromEntries([...languages.values()].map((language) => [language.code, say(language)]));
}
