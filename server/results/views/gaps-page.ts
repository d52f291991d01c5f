import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { compareSides, comparisonKey, type Comparisons } from '../../core/statistics/comparisons.ts';
import { deprivationGap, FIFTHS } from '../../core/statistics/deprivation-gap.ts';
import { optionFigure } from '../../core/statistics/figure.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { groupsAddress, METHOD, releaseAddress } from '../addresses.ts';
import type { AskedByBand } from '../asked.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { itemWords } from '../words.ts';
import { gapsAddress, hiddenAddress, notAskedAddress } from './addresses.ts';
import { indicatorChoice, itemsAt, placeNavigation, type ChosenPlace, type PlaceNavigation } from './places.ts';
import { villageBands } from './village-page.ts';

export interface GapsPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  choices: PlaceNavigation;
  rows: { name: string; language: string; href: string; cells: (string | null)[] }[];
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

/** Girls and boys by the sex that the school records, or as pupils describe themselves where no sex is held. */
function girlsAndBoys({ dimensions }: Release): { girls: string; boys: string } {
  return dimensions.sex ? { girls: 'sex=female', boys: 'sex=male' } : { girls: 'gender=girl', boys: 'gender=boy' };
}

/** Every indicator for girls and boys and for the ends of deprivation, side by side; by domain, never by size. */
export function gapsPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  { place, band }: ChosenPlace,
): GapsPage {
  const { groups } = language.words;
  const hasGroups = Object.keys(release.dimensions).length > 0;
  return {
    title: groups.gapsTitle,
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead:
      band && hasGroups
        ? language.say('groups', 'gapsLead', {
            place: isolated(language, place.name),
            band: isolated(language, bandName(band)),
          })
        : groups.gapsNone,
    choices: placeNavigation(language, { place, band, bands: villageBands(release, asked), release }, (wishes) =>
      gapsAddress(entry.id, wishes),
    ),
    rows: band && hasGroups ? rowsOf(language, { entry, release, asked, place, band }) : [],
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

interface GapsView {
  entry: ReleaseEntry;
  release: Release;
  asked: ReadonlyMap<string, AskedByBand>;
  place: LatticeNode;
  band: Band;
}

function rowsOf(language: Language, view: GapsView): GapsPage['rows'] {
  const { entry, release, asked, place, band } = view;
  const side = (group: string) => ({ node: place.id, band: band.id, group });
  const { girls, boys } = girlsAndBoys(release);
  const sexes = compareSides(release, side(girls), side(boys));
  const indicators = itemsAt(release, asked, place, band).filter(({ kind }) => kind === 'indicator');
  return DOMAINS.flatMap((domain) => indicators.filter((item) => item.domain === domain)).flatMap((item) => {
    const askedNow = asked.get(item.id)?.get(band.id);
    if (!askedNow) return [];
    const words = itemWords(language, askedNow);
    const choice = indicatorChoice(entry.id, item, band, place);
    const cells = cellsOf(language, view, item.id, sexes);
    return [{ name: words.name, language: words.language, href: groupsAddress(choice), cells }];
  });
}

/** Null hides a cell. */
function cellsOf(language: Language, { release, place, band }: GapsView, item: string, sexes: Comparisons) {
  const at = { node: place.id, band: band.id, item };
  const share = (group: string) => {
    const figure = optionFigure(release, { ...at, group }, 'yes');
    return figure ? language.percent(figure.share / 100) : null;
  };
  const points = (value: number, low: number, high: number) =>
    language.say('groups', 'points', {
      points: language.number(value),
      low: language.number(low),
      high: language.number(high),
    });
  const { girls, boys } = girlsAndBoys(release);
  const difference = sexes.get(comparisonKey(item, 'yes'));
  const gap = deprivationGap(release, at, 'yes');
  return [
    share(girls),
    share(boys),
    difference
      ? `${points(difference.points, difference.low, difference.high)}: ${language.words.groups[`word-${difference.word}`]}`
      : null,
    share(FIFTHS[0]!),
    share(FIFTHS.at(-1)!),
    gap ? points(gap.slope, gap.low, gap.high) : null,
  ];
}
