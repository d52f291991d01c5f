import { isolated, type Language } from '../../web/language.ts';
import { reportAddress, reportsAddress } from '../addresses.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { methodPage, type MethodPage } from '../method-page.ts';
import { reportFoot, type ReportFoot } from './foot.ts';
import { indicatorsOfReport, type DomainIndicators } from './indicators.ts';
import { questionTables, type DomainQuestions } from './question-tables.ts';
import type { ReportView } from './view.ts';
import { whoAnswered, type WhoAnswered } from './who-answered.ts';

export interface AdultReport {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  lead: string;
  who: WhoAnswered;
  /** What is to be known before the figures are read. */
  notes: string[];
  /** Heading of the earlier wave's column; empty where there is none. */
  earlier: string;
  /** Columns beside the band. */
  span: number;
  domains: DomainIndicators[];
  questions: DomainQuestions[];
  method: MethodPage['sections'];
  foot: ReportFoot;
  childrenHref: string;
  backHref: string;
}

/** Who answered, then all indicators, all questions, and how it was worked out. */
export function adultReport(language: Language, view: ReportView): AdultReport {
  const { entry, release, node, earlier } = view;
  const { wave } = release;
  const indicators = indicatorsOfReport(language, view);
  const place = isolated(language, node.name);
  return {
    title: language.say('reports', 'title', { place, wave: isolated(language, wave.name) }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    lead: language.say('reports', 'lead', {
      startsOn: language.date(wave.startsOn),
      endsOn: language.date(wave.endsOn),
    }),
    who: whoAnswered(language, view),
    notes: [...indicators.notes, ...elsewhere(language, view)],
    earlier: earlier?.release.wave.name ?? '',
    span: earlier ? 5 : 4,
    domains: indicators.domains,
    questions: questionTables(language, view),
    method: methodPage(language).sections,
    foot: reportFoot(language, view, showsOneSchool(view)),
    childrenHref: `${reportAddress(entry.id, node.id)}?for=children`,
    backHref: reportsAddress(entry.id),
  };
}

/** What was asked without the school has figures of the whole authority alone. */
function elsewhere({ words }: Language, { release, node }: ReportView): string[] {
  const unlinked = release.items.some((item) => item.unlinked);
  return unlinked && node.kind !== 'authority' ? [words.reports.elsewhere] : [];
}

function showsOneSchool({ release, node }: ReportView): boolean {
  return [...release.tables()].some((table) => table.node === node.id && table.oneSchool && table.base !== null);
}
