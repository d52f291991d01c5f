import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { optionFigure, withRange, type Figure } from '../../core/statistics/figure.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { itemAddress, METHOD, releaseAddress } from '../addresses.ts';
import type { AskedByBand, AskedVersionItem } from '../asked.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { figureNotes } from '../item-page.ts';
import { itemWords } from '../words.ts';
import { hiddenAddress, notAskedAddress, villageAddress } from './addresses.ts';
import { indicatorChoice, itemsAt, placeNavigation, type ChosenPlace, type PlaceNavigation } from './places.ts';
import { villageMarks, type VillageMarks } from './village-marks.ts';

export interface VillagePage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  choices: PlaceNavigation;
  caption: string;
  rows: { name: string; language: string; href: string; shown: VillageRow | null }[];
  notes: string[];
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

interface VillageRow {
  /** "37 of 100". */
  number: string;
  sentence: string;
  marks: VillageMarks;
  tags: string[];
}

/** Bands that were asked anything that an indicator is worked out from. */
export function villageBands(release: Release, asked: ReadonlyMap<string, AskedByBand>): Band[] {
  const indicators = release.items.filter(({ kind }) => kind === 'indicator');
  return release.bands.filter((band) => indicators.some(({ id }) => asked.get(id)?.has(band.id)));
}

export function villagePage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  { place, band }: ChosenPlace,
): VillagePage {
  const bands = villageBands(release, asked);
  const where = isolated(language, place.name);
  const indicators = band ? indicatorsAt(release, asked, place, band) : [];
  const figures = indicators.map((item) => ({ item, figure: band && villageFigure(release, place, band, item) }));
  return {
    title: language.say('views', 'villageTitle', { place: where }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: band
      ? language.say('views', 'villageLead', { place: where, band: isolated(language, bandName(band)) })
      : language.words.views.villageNone,
    choices: placeNavigation(language, { place, band, bands, release }, (wishes) => villageAddress(entry.id, wishes)),
    caption: band ? language.say('views', 'villageCaption', { band: isolated(language, bandName(band)) }) : '',
    rows: figures.flatMap(({ item, figure }) => {
      const askedNow = band && asked.get(item.id)?.get(band.id);
      return askedNow ? [villageRow(language, { entry, place, item, band, askedNow, figure })] : [];
    }),
    notes: notes(language, band, figures),
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
    backHref: releaseAddress(entry.id),
  };
}

/** By domain, as the first page of results has them; never by size. */
function indicatorsAt(
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  place: LatticeNode,
  band: Band,
): CubeItem[] {
  const indicators = itemsAt(release, asked, place, band).filter(({ kind }) => kind === 'indicator');
  return DOMAINS.flatMap((domain) => indicators.filter((item) => item.domain === domain));
}

function villageFigure(release: Release, place: LatticeNode, band: Band, item: CubeItem): Figure | undefined {
  return optionFigure(release, { node: place.id, band: band.id, item: item.id }, 'yes');
}

function villageRow(
  language: Language,
  row: {
    entry: ReleaseEntry;
    place: LatticeNode;
    item: CubeItem;
    band: Band;
    askedNow: AskedVersionItem;
    figure: Figure | undefined;
  },
): VillagePage['rows'][number] {
  const { entry, place, item, band, askedNow, figure } = row;
  const words = itemWords(language, askedNow);
  const choice = indicatorChoice(entry.id, item, band, place);
  return {
    name: words.name,
    language: words.language,
    href: itemAddress(choice),
    shown: figure ? shownRow(language, figure, bandName(band), words.statement('yes')) : null,
  };
}

function shownRow(language: Language, figure: Figure, band: string, statement: string): VillageRow {
  const number = ofHundred(language, figure.share);
  const { low, high } = withRange(figure);
  return {
    number: language.say('views', 'ofHundred', { number }),
    sentence: language.say('views', 'villageSentence', {
      number,
      band: isolated(language, band),
      statement,
      low: language.number(low),
      high: language.number(high),
    }),
    marks: villageMarks(figure.share),
    tags: figureNotes(language, figure),
  };
}

/** Nobody and everybody are never shown: what rounds to them is some, or all but some. */
function ofHundred(language: Language, share: number): string {
  if (share === 0) return language.words.views.fewerThanOne;
  return share === 100 ? language.words.views.moreThanNinetyNine : language.number(share);
}

function notes(
  language: Language,
  band: Band | undefined,
  figures: readonly { figure: Figure | undefined }[],
): string[] {
  const { views, results } = language.words;
  const oneSchool = band && figures.some(({ figure }) => figure?.oneSchool);
  return [
    views.villageNoteRounded,
    views.villageNoteAsked,
    ...(oneSchool ? [language.say('results', 'noteOneSchool', { band: isolated(language, bandName(band)) })] : []),
    results.noteShared,
  ];
}
