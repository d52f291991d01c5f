import { OUTCOMES, type Framework, type Outcome } from '../../core/survey/frameworks.ts';
import type { Language } from '../../web/language.ts';

type ViewWords = Language['words']['views'];
type ResultWords = Language['words']['results'];

/** Articles whose words are here; those after them are about how the convention is kept. */
const LAST_NAMED = 42;

/** What a tag of a framework is called. */
export function tagName(language: Language, framework: Framework, tag: string): string {
  const { views, results } = language.words;
  if (framework === 'domains') return results[`domain-${tag}` as keyof ResultWords];
  if (framework === 'shanarri') return views[`shanarri-${tag}` as keyof ViewWords];
  if (framework === 'outcomes') return views[`outcome-${tag}` as keyof ViewWords];
  const words = Number(tag) > LAST_NAMED ? views['article-later'] : views[`article-${tag}` as keyof ViewWords];
  return language.say('views', 'articleNamed', { article: tag, words });
}

/** The tags by which questions come under an outcome, in words; empty for every other framework. */
export function tagGathers(language: Language, framework: Framework, tag: string): string {
  if (framework !== 'outcomes') return '';
  const { domains, shanarri, uncrc } = OUTCOMES[tag as Outcome];
  const quoted = [
    ...domains.map((domain) => tagName(language, 'domains', domain)),
    ...shanarri.map((one) => tagName(language, 'shanarri', one)),
    ...uncrc.map((article) => tagName(language, 'uncrc', String(article))),
  ].map((words) => language.say('results', 'quoted', { words }));
  const tags = new Intl.ListFormat(language.code, { type: 'disjunction' }).format(quoted);
  return language.say('views', 'outcomeGathers', { tags });
}
