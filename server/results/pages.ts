import { DOMAINS } from '../core/survey/item.ts';
import type { CubeItem, Release } from '../core/disclosure/release.ts';
import { optionFigure, rateFigure, type RateFigure } from '../core/statistics/figure.ts';
import { bandName, type Band } from '../core/survey/stage.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import { answeredBackHref } from '../web/feedback-addresses.ts';
import { isolated, type Language } from '../web/language.ts';
import { filesAddress, plainItemAddress, releaseAddress, reportsAddress, textsAddress } from './addresses.ts';
import type { AskedByBand } from './asked.ts';
import { hasPage } from './choose.ts';
import { releaseFacts, type ReleaseFacts } from './facts.ts';
import type { FilesPage } from './files/page.ts';
import type { ItemPage } from './item-page.ts';
import type { MethodPage } from './method-page.ts';
import { releaseLinks, type ViewLinks } from './views/links.ts';
import { itemWords } from './words.ts';

declare module '../web/views.ts' {
  interface Views {
    'results/none': { title: string };
    'results/index': IndexPage;
    'results/item': ItemPage;
    'results/files': FilesPage;
    'results/method': MethodPage;
    'results/release-facts': { facts: ReleaseFacts };
    'results/hidden-cell': { span: number };
  }
}

interface IndexPage {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  /** One row a band; null hides it. */
  wholeRates: {
    name: string;
    shown: { share: string; answered: string; roll: string; schools: string; low: boolean } | null;
  }[];
  bands: string[];
  /** One row a cluster, one cell a band; null hides it. */
  clusterRates: { name: string; cells: ({ share: string; low: boolean } | null)[] }[];
  domains: DomainLinks[];
  others: ReleaseLink[];
  /** All files of the release. */
  filesHref: string;
  /** Other views of the release, and what is missing in it. */
  views: { ways: ViewLinks; limits: ViewLinks };
  /** All reports of the release. */
  reportsHref: string;
  /** What young people wrote about; empty where nobody was asked for words. */
  textsHref: string;
  /** Where the reply stands that this wave asked about; empty where it asked about none. */
  replyHref: string;
}

/** What one domain has to look at. */
export interface DomainLinks {
  title: string;
  indicators: ItemLink[];
  questions: ItemLink[];
}

export interface ReleaseLink {
  href: string;
  words: string;
}

interface ItemLink {
  href: string;
  name: string;
  language: string;
  /** Shares of the whole authority, band by band; empty for questions. */
  shares: string;
}

/** Who answered, then what can be looked at. */
export function indexPage(
  language: Language,
  entry: ReleaseEntry,
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  published: readonly ReleaseEntry[],
  replyId: string | undefined,
): IndexPage {
  const { wave } = release;
  const dates = { startsOn: language.date(wave.startsOn), endsOn: language.date(wave.endsOn) };
  return {
    title: language.say('results', 'indexTitle', { wave: isolated(language, wave.name) }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: language.say('results', 'indexLead', { authority: isolated(language, release.authority.name), ...dates }),
    wholeRates: release.bands.map((band) => ({
      name: bandName(band),
      shown: rateCells(language, rateFigure(release, 'authority', band.id)),
    })),
    bands: release.bands.map(bandName),
    clusterRates: release.nodes
      .filter((node) => node.kind === 'cluster')
      .map((node) => ({
        name: node.name,
        cells: release.bands.map((band) => rateCells(language, rateFigure(release, node.id, band.id))),
      })),
    domains: domains(language, { entry, release }, asked),
    others: otherReleases(language, entry, published),
    filesHref: filesAddress(entry.id),
    views: releaseLinks(language, { entry, release }, asked),
    reportsHref: reportsAddress(entry.id),
    textsHref: asksForText(asked) ? textsAddress(entry.id) : '',
    replyHref: replyId === undefined ? '' : answeredBackHref(release.authority.id, replyId),
  };
}

export function rateCells(language: Language, rate: RateFigure | undefined) {
  if (!rate) return null;
  return {
    share: language.percent(rate.share / 100),
    answered: language.number(rate.answered),
    roll: language.number(rate.roll),
    schools: language.number(rate.schools),
    low: rate.low,
  };
}

export function otherReleases(
  language: Language,
  entry: ReleaseEntry,
  published: readonly ReleaseEntry[],
): ReleaseLink[] {
  return published
    .filter(({ id }) => id !== entry.id)
    .map(({ id, waveName, approvedAt, madeAt }) => ({
      href: releaseAddress(id),
      words: language.say('results', 'otherRelease', {
        wave: isolated(language, waveName),
        date: language.date(approvedAt ?? madeAt),
      }),
    }));
}

/** Indicators and questions of a release, domain by domain. */
export function domains(
  language: Language,
  { entry, release }: { entry: ReleaseEntry; release: Release },
  asked: ReadonlyMap<string, AskedByBand>,
  nameOf: (band: Band) => string = bandName,
): DomainLinks[] {
  return DOMAINS.map((domain) => {
    const items = release.items.filter((item) => item.domain === domain);
    const links = (kind: CubeItem['kind']) =>
      items
        .filter((item) => item.kind === kind)
        .flatMap((item) => itemLink(language, { entry, release, nameOf }, item, asked.get(item.id)) ?? []);
    return {
      title: language.words.results[`domain-${domain}`],
      indicators: links('indicator'),
      questions: links('question'),
    };
  }).filter(({ indicators, questions }) => indicators.length + questions.length > 0);
}

function itemLink(
  language: Language,
  { entry, release, nameOf }: { entry: ReleaseEntry; release: Release; nameOf: (band: Band) => string },
  item: CubeItem,
  asked: AskedByBand | undefined,
): ItemLink | undefined {
  const first = asked?.values().next().value;
  if (!first || !hasPage(first)) return undefined;
  const words = itemWords(language, first);
  return {
    href: plainItemAddress(entry.id, item.id),
    name: words.name,
    language: words.language,
    shares: item.kind === 'indicator' ? wholeShares(language, release, item, nameOf) : '',
  };
}

function wholeShares(language: Language, release: Release, item: CubeItem, nameOf: (band: Band) => string): string {
  return release.bands
    .filter((band) => item.versions[band.id] !== undefined)
    .map((band) => {
      const figure = optionFigure(release, { node: 'authority', band: band.id, item: item.id }, 'yes');
      const share = figure ? language.percent(figure.share / 100) : language.words.results.hidden;
      return `${isolated(language, nameOf(band))}: ${share}`;
    })
    .join(' · ');
}

function asksForText(asked: ReadonlyMap<string, AskedByBand>): boolean {
  return [...asked.values()].some((byBand) => [...byBand.values()].some((one) => !hasPage(one)));
}
