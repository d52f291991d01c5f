import type { CubeItem } from '../../core/disclosure/release.ts';
import { optionFigure } from '../../core/statistics/figure.ts';
import { DOMAINS } from '../../core/survey/item.ts';
import { isolated, type Language } from '../../web/language.ts';
import { reportsAddress } from '../addresses.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { countedWords } from '../item-page.ts';
import type { MethodPage } from '../method-page.ts';
import { reportFoot, type ReportFoot } from '../reports/foot.ts';
import { indicatorItems } from '../reports/indicators.ts';
import { questionTables, type DomainQuestions } from '../reports/question-tables.ts';
import type { ReportView } from '../reports/view.ts';
import { itemWords } from '../words.ts';
import type { OpenBands } from './bands.ts';
import { openFinding, openShare, type OpenShares } from './item-page.ts';
import { openMethod } from './method.ts';
import { whoTookPart, type WhoTookPart } from './who-took-part.ts';

export interface OpenReport {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  who: WhoTookPart;
  domains: { title: string; indicators: OpenIndicator[] }[];
  questions: DomainQuestions[];
  method: MethodPage['sections'];
  foot: ReportFoot;
  backHref: string;
}

interface OpenIndicator {
  name: string;
  language: string;
  counted: string;
  /** The answer in words, band by band. */
  sentences: string[];
  shares: OpenShares;
}

/** Who took part, then all indicators, all questions, and how it was worked out. */
export function openReport(language: Language, view: ReportView, bands: OpenBands): OpenReport {
  const { entry, release, node } = view;
  const { wave } = release;
  const items = indicatorItems(view);
  return {
    title: language.say('reports', 'title', {
      place: isolated(language, node.name),
      wave: isolated(language, wave.name),
    }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: language.say('open', 'lead', {
      authority: isolated(language, node.name),
      startsOn: language.date(wave.startsOn),
      endsOn: language.date(wave.endsOn),
    }),
    who: whoTookPart(language, release, bands, [node]),
    domains: DOMAINS.map((domain) => ({
      title: language.words.results[`domain-${domain}`],
      indicators: items
        .filter((item) => item.domain === domain)
        .flatMap((item) => indicator(language, view, item, bands) ?? []),
    })).filter(({ indicators }) => indicators.length > 0),
    questions: questionTables(language, view, { nameOf: bands.nameOf, several: language.words.open.noteSeveral }),
    method: openMethod(language),
    foot: reportFoot(language, view, false),
    backHref: reportsAddress(entry.id),
  };
}

function indicator(
  language: Language,
  { release, node, asked }: ReportView,
  item: CubeItem,
  bands: OpenBands,
): OpenIndicator | undefined {
  const byBand = release.bands.flatMap((band) => {
    const askedNow = asked.get(item.id)?.get(band.id);
    if (!askedNow) return [];
    const words = itemWords(language, askedNow);
    const figure = optionFigure(release, { node: node.id, band: band.id, item: item.id }, 'yes');
    return [{ words, name: bands.nameOf(band), figure, statement: words.statement('yes') }];
  });
  const [first] = byBand;
  if (!first) return undefined;
  const place = isolated(language, node.name);
  return {
    name: first.words.name,
    language: first.words.language,
    counted: countedWords(language, first.words),
    sentences: byBand.map(({ name, figure, statement }) =>
      openFinding(language, { place, band: name, statement }, figure),
    ),
    shares: {
      caption: language.say('open', 'indicatorCaption', { statement: first.statement }),
      rows: byBand.map(({ name, figure }) => ({ name, current: false, shown: openShare(language, figure) })),
    },
  };
}
