import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { meanFigure, type MeanFigure } from '../../core/statistics/score.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { METHOD, releaseAddress } from '../addresses.ts';
import type { AskedByBand, AskedVersionItem } from '../asked.ts';
import { placesOf, scalesOf } from '../choose.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { placeName } from '../item-page.ts';
import { itemWords } from '../words.ts';
import { hiddenAddress, notAskedAddress } from './addresses.ts';
import { groupWords } from './group-words.ts';

/** Mean scores of the scales of a release, by place and by sex. */
export interface ScoresPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  tables: ScoreTable[];
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

interface ScoreTable {
  title: string;
  language: string;
  about: string;
  /** Sentences on how well the scale holds together and how far girls and boys lie apart. */
  notes: string[];
  caption: string;
  rows: { name: string; shown: ShownScore | null }[];
}

interface ShownScore {
  mean: string;
  /** Within what rounding leaves the mean. */
  range: string;
  base: string;
  notes: string[];
}

export function scoresPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
): ScoresPage {
  const { scores } = language.words;
  return {
    title: scores.title,
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: scores.lead,
    tables: scalesOf(release).flatMap((item) =>
      [...(asked.get(item.id) ?? [])].flatMap(([id, of]) => {
        const band = release.band(id);
        return band ? [scoreTable(language, release, item, band, of)] : [];
      }),
    ),
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

function scoreTable(
  language: Language,
  release: Release,
  item: CubeItem,
  band: Band,
  asked: AskedVersionItem,
): ScoreTable {
  const words = itemWords(language, asked);
  const at = { band: band.id, item: item.id };
  const groups = release.groups('authority', band.id).filter((group) => /^(sex|gender)=[a-z-]+$/.test(group));
  const { range } = item;
  return {
    title: language.say('scores', 'tableTitle', { scale: words.name, band: isolated(language, bandName(band)) }),
    language: words.language,
    about: asked.words.get(words.language)?.hint ?? '',
    notes: scaleFacts(language, release, item, band),
    caption: language.say('scores', 'caption', {
      low: language.number(range?.lowest ?? 0),
      high: language.number(range?.highest ?? 0),
    }),
    rows: [
      ...placesOf(release, item).map((node) => ({
        name: placeName(language, node),
        shown: shownScore(language, meanFigure(release, { ...at, node: node.id })),
      })),
      ...groups.map((group) => ({
        name: groupWords(language, group),
        shown: shownScore(language, meanFigure(release, { ...at, node: 'authority', group })),
      })),
    ],
  };
}

function shownScore(language: Language, figure: MeanFigure | undefined): ShownScore | null {
  if (!figure) return null;
  const { results } = language.words;
  return {
    mean: language.number(figure.mean),
    range: language.say('scores', 'range', {
      low: language.number(figure.low),
      high: language.number(figure.high),
    }),
    base: language.number(figure.base),
    notes: figure.oneSchool ? [results.tagOneSchool] : [],
  };
}

/** What was worked out for the authority alone when the release was made. */
function scaleFacts(language: Language, release: Release, item: CubeItem, band: Band): string[] {
  return release.facts.flatMap((fact) => {
    if (fact.item !== item.id || fact.band !== band.id || fact.kind === 'weighted') return [];
    const values = {
      value: language.number(fact.value),
      low: language.number(fact.low),
      high: language.number(fact.high),
    };
    return [language.say('scores', fact.kind === 'alpha' ? 'alpha' : 'girlsAndBoys', values)];
  });
}
