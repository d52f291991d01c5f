import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { optionFigure } from '../../core/statistics/figure.ts';
import { outcomesTogether } from '../../core/statistics/outcomes-together.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { METHOD, plainItemAddress, releaseAddress } from '../addresses.ts';
import type { AskedByBand, AskedVersionItem } from '../asked.ts';
import { placesOf } from '../choose.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { percents, placeName } from '../item-page.ts';
import { itemWords } from '../words.ts';
import { hiddenAddress, notAskedAddress } from './addresses.ts';

/** How many poor outcomes come together in the same young people, band by band. */
export interface SeveralPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  bands: SeveralBand[];
  itemHref: string;
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

interface SeveralBand {
  name: string;
  /** What is counted, in words; in the language of the survey. */
  outcomes: string[];
  language: string;
  options: string[];
  /** Null hides a cell. */
  rows: { name: string; shares: (string | null)[]; together: string | null }[];
}

export function severalPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  item: CubeItem,
  asked: AskedByBand,
): SeveralPage {
  const { several } = language.words;
  return {
    title: several.title,
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: several.lead,
    bands: [...asked].flatMap(([id, of]) => {
      const band = release.band(id);
      return band ? [severalBand(language, release, item, band, of)] : [];
    }),
    itemHref: plainItemAddress(entry.id, item.id),
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

function severalBand(
  language: Language,
  release: Release,
  item: CubeItem,
  band: Band,
  asked: AskedVersionItem,
): SeveralBand {
  const words = itemWords(language, asked);
  const { definition, texts } = asked;
  const indicators = definition.indicators.filter(({ id }) => definition.poorOutcomes?.includes(id));
  const text = texts.get(words.language);
  return {
    name: bandName(band),
    outcomes: indicators.map(({ id }) => text?.indicators[id]?.name ?? id),
    language: words.language,
    options: words.options.map((option) => option.words),
    rows: placesOf(release, item).map((node) => {
      const at = { node: node.id, band: band.id };
      const together = outcomesTogether(release, at, indicators);
      return {
        name: placeName(language, node),
        shares: words.options.map(({ code }) => {
          const figure = optionFigure(release, { ...at, item: item.id }, code);
          return figure ? language.say('results', 'earlierShare', percents(language, figure)) : null;
        }),
        together: together
          ? language.say('several', 'ratio', {
              ratio: language.number(together.ratio),
              low: language.number(together.low),
              high: language.number(together.high),
              band: isolated(language, bandName(band)),
            })
          : null,
      };
    }),
  };
}
