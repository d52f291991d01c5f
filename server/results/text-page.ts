import type { Release } from '../core/disclosure/release.ts';
import { LEAST_BASE } from '../core/disclosure/rules.ts';
import { withRange, type Figure } from '../core/statistics/figure.ts';
import { bandName } from '../core/survey/stage.ts';
import type { TextReleaseContent } from '../core/texts/text-release.ts';
import { themeFigures } from '../core/texts/theme-figures.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import { isolated, type Language } from '../web/language.ts';
import type {} from '../web/views.ts';
import { METHOD, releaseAddress } from './addresses.ts';
import type { AskedByBand } from './asked.ts';
import { releaseFacts, type ReleaseFacts } from './facts.ts';
import { itemWords } from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'results/texts': TextsPage;
  }
}

interface TextsPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  /** First digits of the text release's hash; empty where there is none. */
  textHash: string;
  questions: {
    words: string;
    lang: string;
    caption: string;
    bands: string[];
    /** Pupils asked, by band; null hides it. */
    asked: (string | null)[];
    themes: {
      title: string;
      cells: (ShareCell | null)[];
      quotes: { band: string; lang: string; words: string }[];
    }[];
  }[];
  quoteRule: string;
  methodHref: string;
  backHref: string;
}

/** A share as it is printed. */
interface ShareCell {
  share: string;
  between: string;
  notes: string[];
}

/** What young people wrote about, theme by theme, and those of their words that were approved. */
export function textPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  published: { sha256: string; content: TextReleaseContent } | undefined,
  asked: ReadonlyMap<string, AskedByBand>,
): TextsPage {
  return {
    title: language.say('themes', 'resultsTitle', { wave: isolated(language, release.wave.name) }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    textHash: published?.sha256.slice(0, 12) ?? '',
    questions: (published ? themeFigures(release, published.content) : []).map(({ id, bands, themes }) => {
      const { words, lang } = questionWords(language, asked.get(id), id);
      return {
        words,
        lang,
        caption: language.words.themes.resultsCaption,
        bands: bands.map(({ band }) => bandName(band)),
        asked: bands.map(({ base }) => (base === undefined ? null : language.number(base))),
        themes: themes.map(({ title, figures, quotes }) => ({
          title: title[language.code],
          cells: figures.map((figure) => (figure ? shareCell(language, figure) : null)),
          quotes: quotes.map(({ band, language: lang, words: said }) => ({ band: bandName(band), lang, words: said })),
        })),
      };
    }),
    quoteRule: language.say('themes', 'quoteRule', { number: language.number(LEAST_BASE) }),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

/** The question as the first band read it that was asked. */
function questionWords(
  language: Language,
  asked: AskedByBand | undefined,
  id: string,
): { words: string; lang: string } {
  const first = asked?.values().next().value;
  if (!first) return { words: id, lang: 'en' };
  const { name, language: lang } = itemWords(language, first);
  return { words: name, lang };
}

function shareCell(language: Language, figure: Figure): ShareCell {
  const { share, low, high, caution, lowRate } = withRange(figure);
  const { results } = language.words;
  const percent = (whole: number) => language.percent(whole / 100);
  return {
    share: percent(share),
    between: language.say('results', 'between', { low: percent(low), high: percent(high) }),
    notes: [
      ...(caution === 'cautious' ? [results.tagCautious] : []),
      ...(caution === 'flagged' ? [results.tagFlagged] : []),
      ...(lowRate ? [results.tagLowRate] : []),
    ],
  };
}
