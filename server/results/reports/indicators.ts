import type { CubeItem } from '../../core/disclosure/release.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import type { Language } from '../../web/language.ts';
import type { AskedVersionItem } from '../asked.ts';
import { placesOf } from '../choose.ts';
import {
  countedWords,
  figuresOf,
  finding,
  notes,
  restOf,
  shownRow,
  type PlaceFigures,
  type ShownRow,
} from '../item-page.ts';
import type { ItemView } from '../view.ts';
import { itemWords } from '../words.ts';
import type { ReportView } from './view.ts';

/** The indicators of one domain, as the pages of the items print them. */
export interface DomainIndicators {
  title: string;
  indicators: IndicatorReport[];
}

interface IndicatorReport {
  name: string;
  language: string;
  counted: string;
  /** The answer in words, band by band. */
  sentences: string[];
  caption: string;
  rows: { name: string; shown: ShownRow | null }[];
}

/** An indicator at the place of the report for one band. */
interface BandFigures {
  view: ItemView;
  places: PlaceFigures[];
  own: PlaceFigures;
}

export interface IndicatorsOfReport {
  domains: DomainIndicators[];
  /** What is to be known besides, each once. */
  notes: string[];
}

/** Every indicator that the place can have figures for, domain by domain. */
export function indicatorsOfReport(language: Language, view: ReportView): IndicatorsOfReport {
  const all = indicatorItems(view).map((item) => ({ item, bands: bandsOf(view, item) }));
  const byBand = all.flatMap(({ bands }) => bands);
  return {
    domains: DOMAINS.map((domain) => ({
      title: language.words.results[`domain-${domain}`],
      indicators: all
        .filter(({ item }) => item.domain === domain)
        .flatMap(({ bands }) => indicatorReport(language, bands) ?? []),
    })).filter(({ indicators }) => indicators.length > 0),
    notes: [...new Set(byBand.flatMap(({ view: of, own }) => notes(language, of, [own])))],
  };
}

/** Indicators that the place of a report can have figures for. */
export function indicatorItems({ release, node }: ReportView): CubeItem[] {
  return release.items.filter((item) => item.kind === 'indicator' && placesOf(release, item).includes(node));
}

function bandsOf(view: ReportView, item: CubeItem): BandFigures[] {
  return view.release.bands.flatMap((band) => {
    const askedNow = view.asked.get(item.id)?.get(band.id);
    return askedNow ? [bandFigures(view, item, band, askedNow)] : [];
  });
}

function bandFigures(report: ReportView, item: CubeItem, band: Band, askedNow: AskedVersionItem): BandFigures {
  const { entry, release, node, earlier } = report;
  const view: ItemView = {
    entry,
    release,
    item,
    band,
    option: 'yes',
    place: node.kind === 'authority' ? undefined : node,
    asked: new Map([[band.id, askedNow]]),
    askedNow,
    earlier: earlier && { ...earlier, asked: earlier.asked.get(item.id)?.get(band.id) },
    earlierEntries: [],
    mayMakeFindings: false,
  };
  // The sentence sets a place beside the rest of the authority, and nothing beside the whole.
  const rest = view.place && restOf(release, node);
  const places = figuresOf(view, [...(rest ? [rest] : []), node]);
  const own = places.find((place) => place.node === node);
  if (!own) throw new Error(`The figures of ${node.id} are not among those asked for: expected its own.`);
  return { view, places, own };
}

function indicatorReport(language: Language, bands: readonly BandFigures[]): IndicatorReport | undefined {
  const [first] = bands;
  if (!first) return undefined;
  const words = itemWords(language, first.view.askedNow);
  return {
    name: words.name,
    language: words.language,
    counted: countedWords(language, words),
    sentences: bands.map(({ view, places }) => finding(language, view, itemWords(language, view.askedNow), places)),
    caption: language.say('reports', 'indicatorCaption', { statement: words.statement('yes') }),
    rows: bands.map(({ view, own }) => ({ name: bandName(view.band), shown: shownRow(language, own) })),
  };
}
