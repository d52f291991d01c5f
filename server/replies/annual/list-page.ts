import { offeredPeriods, type Period, type PeriodFault } from '../../core/loop/annual/period.ts';
import type { AnnualReport, EditionEntry } from '../../storage/annual-reports.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { faultOf, type TextField } from '../fields.ts';
import { ANNUAL, publicReportHref, reportHref } from './addresses.ts';
import { periodWords } from './section-names.ts';

declare module '../../web/views.ts' {
  interface Views {
    'replies/annual/list': {
      title: string;
      wide: boolean;
      faults: FieldFault[];
      reports: { href: string; period: string; state: string; publicHref: string }[];
      /** Years that are begun with one press. */
      offered: { from: string; to: string; words: string; dates: string }[];
      makeHref: string;
      fields: TextField[];
    };
  }
}

export interface ListedReport {
  report: AnnualReport;
  /** The newest edition that stands; undefined while there is none. */
  edition: EditionEntry | undefined;
}

export function listPage(
  language: Language,
  authority: string,
  list: readonly ListedReport[],
  form: { today: string; typed: Period; faults: readonly PeriodFault[] },
): Views['replies/annual/list'] {
  const { annual } = language.words;
  const labels = { from: annual.from, to: annual.to };
  const faults = form.faults.map(({ field, problem }) => ({
    field,
    message: language.say('annual', `fault-${problem}`, { label: labels[field] }),
  }));
  const made = new Set(list.map(({ report }) => `${report.period.from} ${report.period.to}`));
  return {
    title: language.say('annual', 'listTitle', { authority: isolated(language, authority) }),
    wide: true,
    faults,
    reports: list.map(({ report, edition }) => ({
      href: reportHref(report.id),
      period: periodWords(language, report.period),
      state: editionState(language, edition),
      publicHref: edition ? publicReportHref(report.authorityId, report.id) : '',
    })),
    offered: offeredPeriods(form.today)
      .filter(({ from, to }) => !made.has(`${from} ${to}`))
      .map(({ from, to, kind, year }) => ({
        ...{ from, to },
        words: language.say('annual', kind, { year: isolated(language, year) }),
        dates: periodWords(language, { from, to }),
      })),
    makeHref: ANNUAL,
    fields: (['from', 'to'] as const).map((field) => ({
      ...{ name: field, label: labels[field], value: form.typed[field], fault: faultOf(faults, field) },
      ...{ hint: annual.dateHint, kind: 'date', longest: '10', lang: '', direction: 'ltr' },
    })),
  };
}

/** "A draft", or which edition is published since when. */
export function editionState(language: Language, edition: EditionEntry | undefined): string {
  if (!edition) return language.words.annual.isDraft;
  const values = { number: language.number(edition.number), date: language.date(edition.publishedAt) };
  return language.say('annual', 'editionOn', values);
}
