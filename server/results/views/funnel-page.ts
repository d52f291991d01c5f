import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { optionFigure, type Figure } from '../../core/statistics/figure.ts';
import {
  funnel,
  LEAST_UNITS_FOR_DISPERSION,
  type Funnel,
  type FunnelFlag,
  type FunnelUnit,
} from '../../core/statistics/funnel.ts';
import type { ShareLimits } from '../../core/statistics/share.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { METHOD, plainItemAddress } from '../addresses.ts';
import type { AskedByBand, AskedVersionItem } from '../asked.ts';
import { optionsOf } from '../choose.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { figureNotes } from '../item-page.ts';
import type { Chip } from '../navigation.ts';
import { itemWords, type ItemWords } from '../words.ts';
import { funnelAddress, hiddenAddress, notAskedAddress } from './addresses.ts';

/** What is looked at in a funnel. */
export interface FunnelView {
  entry: ReleaseEntry;
  release: Release;
  item: CubeItem;
  asked: AskedByBand;
  /** Of the chosen band. */
  askedNow: AskedVersionItem;
  band: Band;
  option: string;
}

export interface FunnelPage {
  title: string;
  titleLanguage: string;
  wide: true;
  facts: ReleaseFacts;
  heading: string;
  who: Chip[];
  /** Options of a question; empty for an indicator. */
  what: Chip[];
  /** The answer in a sentence, or why there is no funnel. */
  finding: string;
  /** Null where there is no funnel; then nothing of any place is shown. */
  table: FunnelTable | null;
  reading: string[];
  notes: string[];
  hiddenHref: string;
  notAskedHref: string;
  methodHref: string;
  backHref: string;
}

interface FunnelTable {
  caption: string;
  /** Whole per cent of all units together, as the sentence says it; for the picture. */
  target: number;
  rows: FunnelRow[];
}

/** A place as it is printed. The numbers are those of the words, for the picture drawn from the table. */
type FunnelRow = { name: string } & ({ state: 'shown'; shown: ShownPlace } | { state: 'hidden' | 'one-school' });

interface ShownPlace {
  share: number;
  base: number;
  warning: { low: number; high: number };
  alarm: { low: number; high: number };
  shareWords: string;
  baseWords: string;
  warningWords: string;
  alarmWords: string;
  verdict: string;
  /** Whether it lies beyond a limit. */
  beyond: boolean;
  tags: string[];
}

/** A place and what it may show. */
interface FunnelNode {
  node: LatticeNode;
  figure: Figure | undefined;
  /** Undefined for what is hidden and for a single school, which never stands in a funnel. */
  unit: FunnelUnit | undefined;
}

/**
 * Places beside each other without a ranking.
 * @param nodes the places, in the order of their names, each school in one of them
 */
export function funnelPage(language: Language, view: FunnelView, nodes: readonly LatticeNode[]): FunnelPage {
  const { entry, item, band, option } = view;
  const words = itemWords(language, view.askedNow);
  const places = nodes.map((node) => funnelNode(view, node));
  const units = places.flatMap(({ unit }) => unit ?? []);
  const drawn = units.length > 1 ? funnel(units, true) : undefined;
  const bandWords = isolated(language, bandName(band));
  return {
    title: words.name,
    titleLanguage: words.language,
    wide: true,
    facts: releaseFacts(language, entry, view.release),
    heading: language.say('views', 'funnelHeading', { band: bandWords }),
    ...navigation(view, words),
    finding: drawn
      ? language.say('views', 'funnelFinding', {
          percent: percentOf(language, wholePercent(drawn.target)),
          band: bandWords,
          statement: words.statement(option),
          within: language.number(drawn.units.filter(({ flag }) => flag === null).length),
          all: language.number(drawn.units.length),
        })
      : noFunnel(language, bandWords, places),
    table: drawn
      ? {
          caption: language.say('views', 'funnelCaption', { band: bandWords, statement: words.statement(option) }),
          target: wholePercent(drawn.target),
          rows: places.map((place) => funnelRow(language, place, drawn)),
        }
      : null,
    reading: drawn ? readingWords(language, drawn) : [],
    notes: drawn ? notes(language, places) : [],
    hiddenHref: hiddenAddress(entry.id),
    notAskedHref: notAskedAddress(entry.id),
    methodHref: METHOD,
    backHref: plainItemAddress(entry.id, item.id),
  };
}

function funnelNode({ release, band, item, option }: FunnelView, node: LatticeNode): FunnelNode {
  const figure = optionFigure(release, { node: node.id, band: band.id, item: item.id }, option);
  const cell = release.cell(node.id, band.id, item.id, option);
  const unit = figure && cell && !figure.oneSchool ? { id: node.id, count: cell.count, base: cell.base } : undefined;
  return { node, figure, unit };
}

/** Why nothing is shown; a single school that is hidden is among what may not be shown. */
function noFunnel(language: Language, band: string, places: readonly FunnelNode[]): string {
  const oneSchool = places.some(({ figure }) => figure?.oneSchool);
  return language.say('views', oneSchool ? 'funnelOneSchool' : 'funnelTooFew', { band });
}

function navigation(view: FunnelView, words: ItemWords): Pick<FunnelPage, 'who' | 'what'> {
  const { entry, release, item, asked, askedNow, band, option } = view;
  const chip = (wishes: { band: string; option: string }, text: string, current: boolean): Chip => ({
    href: funnelAddress(entry.id, item.id, wishes),
    words: text,
    current,
  });
  const offered = optionsOf(item, askedNow);
  return {
    who: release.bands.flatMap((one) => {
      const askedOf = asked.get(one.id);
      const options = askedOf ? optionsOf(item, askedOf) : [];
      const stays = options.includes(option) ? option : options[0];
      return stays === undefined ? [] : [chip({ band: one.id, option: stays }, bandName(one), one.id === band.id)];
    }),
    what:
      item.kind === 'indicator'
        ? []
        : words.options
            .filter(({ code }) => offered.includes(code))
            .map(({ code, words: text }) => chip({ band: band.id, option: code }, text, code === option)),
  };
}

function funnelRow(language: Language, { node, figure, unit }: FunnelNode, drawn: Funnel): FunnelRow {
  const name = isolated(language, node.name);
  if (!figure) return { name, state: 'hidden' };
  const found = unit && drawn.units.find(({ id }) => id === unit.id);
  if (!found) return { name, state: 'one-school' };
  const { warning, alarm } = found.adjusted ?? found;
  return {
    name,
    state: 'shown',
    shown: {
      share: figure.share,
      base: figure.base,
      warning: wholeLimits(warning),
      alarm: wholeLimits(alarm),
      shareWords: percentOf(language, figure.share),
      baseWords: language.number(figure.base),
      warningWords: limitWords(language, warning),
      alarmWords: limitWords(language, alarm),
      verdict: verdictOf(language, found.flag),
      beyond: found.flag !== null,
      tags: figureNotes(language, figure),
    },
  };
}

function verdictOf({ words: { views } }: Language, flag: FunnelFlag): string {
  return flag === null ? views.funnelWithin : views[`funnel-${flag}`];
}

function wholePercent(share: number): number {
  return Math.round(share * 100);
}

function wholeLimits({ low, high }: ShareLimits): { low: number; high: number } {
  return { low: wholePercent(low), high: wholePercent(high) };
}

function limitWords(language: Language, limits: ShareLimits): string {
  const { low, high } = wholeLimits(limits);
  return language.say('results', 'between', { low: percentOf(language, low), high: percentOf(language, high) });
}

function percentOf(language: Language, whole: number): string {
  return language.percent(whole / 100);
}

/** What lying within or beyond a limit means, and what it does not. */
function readingWords(language: Language, drawn: Funnel): string[] {
  const { views } = language.words;
  const least = language.number(LEAST_UNITS_FOR_DISPERSION);
  return [
    views.funnelMeansWithin,
    views.funnelMeansBeyond,
    views.funnelMeansNot,
    language.say('views', drawn.dispersion === null ? 'funnelNoDispersion' : 'funnelDispersion', { least }),
    views.funnelAlike,
  ];
}

function notes(language: Language, places: readonly FunnelNode[]): string[] {
  const { views } = language.words;
  const oneSchool = places.some(({ figure }) => figure?.oneSchool);
  return [
    ...(places.some(({ node }) => node.kind === 'once') ? [views.funnelOnce] : []),
    views.funnelHiddenOut,
    ...(oneSchool ? [views.funnelOneSchoolOut] : []),
    views.funnelNoRanks,
  ];
}
