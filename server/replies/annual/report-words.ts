import type { ReportWords } from '../../core/loop/annual/content.ts';
import type { Quotable } from '../../core/loop/annual/draw.ts';
import type { Source } from '../../core/loop/annual/facts.ts';
import { isolated, type Language, type LanguageCode } from '../../web/language.ts';
import { numberWords } from '../plan/plan-words.ts';
import { addressesOf } from '../public-addresses.ts';
import { inAll } from './in-all.ts';
import { name, statementWords } from './statement-words.ts';

/** What turns what was drawn into words, in every language that there is. */
export function reportWords(languages: ReadonlyMap<LanguageCode, Language>, authorityId: string): ReportWords {
  return {
    statement: (said, reader) => inAll(languages, (language) => statementWords(language, said, reader)),
    quote: (value) => inAll(languages, (language) => quoteWords(language, value)),
    part: ({ quotes }, index) => inAll(languages, ({ words }) => words.annual[`part-${quotes[index]!.part}`]),
    source: (source) => ({
      words: inAll(languages, (language) => sourceWords(language, source)),
      href: source.is === 'reply' ? addressesOf(authorityId, source.id).page : '',
    }),
  };
}

/** A figure as it stands within a sentence. */
function quoteWords(language: Language, value: Quotable): string {
  switch (value.is) {
    case 'percent':
      return language.percent(value.share / 100);
    case 'count':
      return language.number(value.count);
    case 'points':
      return language.number(Math.abs(value.points));
    case 'days':
      return language.number(value.days);
    case 'amount':
      return numberWords(language, value.value, value);
    case 'colour':
      return language.words.plan[`colour-${value.colour}`];
  }
}

/** Where a figure comes from, exactly enough to be found again. */
function sourceWords(language: Language, source: Source): string {
  switch (source.is) {
    case 'release':
      return language.say('annual', 'source-release', {
        wave: isolated(language, source.wave),
        hash: leftToRight(source.sha256),
        date: language.date(source.publishedOn),
      });
    case 'action':
      return language.say('annual', 'source-action', {
        reference: isolated(language, source.reference),
        version: language.number(source.version),
        date: language.date(source.writtenOn),
      });
    case 'reply':
      return language.say('annual', 'source-reply', {
        title: isolated(language, name(language, source.title)),
        date: language.date(source.publishedOn),
      });
    case 'counted':
      return language.say('annual', `source-${source.what}`, { date: language.date(source.on) });
  }
}

/** Digits and Latin letters of a hash would otherwise be turned about between Arabic words. */
const leftToRight = (hash: string) => `\u2066${hash}\u2069`;
