import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import { publicObstacle, publicRate, releasedFigure } from '../../core/loop/finding.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { bandName, type Band } from '../../core/survey/stage.ts';
import { isolated, type Language } from '../../web/language.ts';
import { peopleWords } from '../../web/people-words.ts';
import { reportAddress, reportsAddress } from '../addresses.ts';
import { itemWords } from '../words.ts';
import { reportFoot, type ReportFoot } from './foot.ts';
import { indicatorItems } from './indicators.ts';
import type { ReportView } from './view.ts';
import { notAsked } from './who-answered.ts';

/*
 * The version for children is a public page in all but its address: it is printed and handed out. So it shows only
 * what may be public, as the replies do, and of the rest it says one sentence, whatever the reason.
 */

export interface ChildrenReport {
  title: string;
  lead: string;
  answered: BandLine[];
  /** Bands of which a place has too few schools, in a sentence; else empty. */
  tooFew: string;
  notAsked: string[];
  domains: { title: string; indicators: { question: string; language: string; lines: BandLine[] }[] }[];
  foot: ReportFoot;
  repliesHref: string;
  adultsHref: string;
  backHref: string;
}

/** What pupils of one band said. */
export interface BandLine {
  band: string;
  words: string;
  /** Ten dots, full ones first; none where the words say more or less than a number of tenths, or hide it. */
  dots: ('full' | 'empty')[];
}

export function childrenReport(language: Language, view: ReportView): ChildrenReport {
  const { entry, release, node } = view;
  const place = isolated(language, node.name);
  const open = release.bands.filter((band) => mayBePublic(node, band));
  return {
    title: language.say('reports', 'childTitle', { place }),
    lead: language.say('reports', 'childLead', { startsOn: language.date(release.wave.startsOn) }),
    answered: open.map((band) => bandLine(language, band, rateTenths(release, node, band))),
    tooFew: tooFew(language, view, open),
    notAsked: notAsked(language, view),
    domains: domains(language, view, open),
    foot: reportFoot(language, view, false),
    repliesHref: `/replies/${encodeURIComponent(release.authority.id)}`,
    adultsHref: `${reportAddress(entry.id, node.id)}?for=adults`,
    backHref: reportsAddress(entry.id),
  };
}

/** Whether a band of a place can be public at all; a cluster's secondary bands are its one school. */
function mayBePublic(node: LatticeNode, band: Band): boolean {
  return publicObstacle({ node, band, oneSchool: false }) === undefined;
}

function tooFew(language: Language, { release }: ReportView, open: readonly Band[]): string {
  const closed = release.bands.filter((band) => !open.includes(band)).map(bandName);
  if (closed.length === 0) return '';
  const bands = new Intl.ListFormat(language.code).format(closed.map((name) => isolated(language, name)));
  return language.say('reports', 'childTooFew', { bands });
}

function domains(language: Language, view: ReportView, open: readonly Band[]): ChildrenReport['domains'] {
  const items = indicatorItems(view);
  return DOMAINS.map((domain) => ({
    title: language.words.reports[`child-domain-${domain}`],
    indicators: items
      .filter((item) => item.domain === domain)
      .flatMap((item) => indicatorLines(language, view, item, open)),
  })).filter(({ indicators }) => indicators.length > 0);
}

/** An indicator as a question, once for each way in which its surveys put it. */
function indicatorLines(language: Language, view: ReportView, item: CubeItem, open: readonly Band[]) {
  const { release, node } = view;
  const lines = open.flatMap((band) => {
    const asked = view.asked.get(item.id)?.get(band.id);
    if (!asked) return [];
    const words = itemWords(language, asked);
    const line = bandLine(language, band, indicatorTenths(release, node, band, item));
    return [{ statement: words.statement('yes'), language: words.language, line }];
  });
  return [...Map.groupBy(lines, ({ statement }) => statement)].map(([statement, same]) => ({
    question: language.say('reports', 'childQuestion', { statement }),
    language: same[0]?.language ?? language.code,
    lines: same.map(({ line }) => line),
  }));
}

/** How many in ten, from 0 to 10; undefined where it is hidden, missing or not for the public. */
function indicatorTenths(release: Release, node: LatticeNode, band: Band, item: CubeItem): number | undefined {
  const figure = releasedFigure(release, { node: node.id, band: band.id, item: item.id, option: 'yes' });
  return figure && !publicObstacle(figure) ? figure.tenths : undefined;
}

function rateTenths(release: Release, node: LatticeNode, band: Band): number | undefined {
  const rate = publicRate(release, node.id, band);
  return rate && Math.round(rate.share / 10);
}

function bandLine(language: Language, band: Band, tenths: number | undefined): BandLine {
  if (tenths === undefined) return { band: bandName(band), words: language.words.reports.childHidden, dots: [] };
  const isNumber = tenths > 0 && tenths < 10;
  return {
    band: bandName(band),
    words: peopleWords(language, tenths),
    dots: isNumber ? Array.from({ length: 10 }, (_, index) => (index < tenths ? 'full' : 'empty')) : [],
  };
}
