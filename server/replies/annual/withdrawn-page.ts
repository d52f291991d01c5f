import type { ReportReader } from '../../core/loop/annual/sections.ts';
import type { AnnualReport, EditionEntry } from '../../storage/annual-reports.ts';
import type { Authority } from '../../storage/authorities.ts';
import { isolated, type Language } from '../../web/language.ts';
import type { Views } from '../../web/views.ts';
import { publicReportHref } from './addresses.ts';
import { editionState } from './list-page.ts';
import { periodWords } from './section-names.ts';

declare module '../../web/views.ts' {
  interface Views {
    'replies/annual/withdrawn': {
      title: string;
      unreal: boolean;
      period: string;
      /** That it was withdrawn, and on which day. */
      notice: string;
      /** The newest edition that stands; null where there is none. */
      newest: { href: string; words: string } | null;
      back: { href: string; words: string };
    };
  }
}

/** What everybody learns of an edition that was withdrawn: that it was, and when. Why is not said: it could name somebody. */
export function withdrawnPage(
  language: Language,
  asked: {
    report: AnnualReport;
    authority: Authority | undefined;
    withdrawn: EditionEntry;
    newest: EditionEntry | undefined;
    reader: ReportReader;
  },
): Views['replies/annual/withdrawn'] {
  const { report, authority, withdrawn, newest, reader } = asked;
  const place = isolated(language, authority?.name ?? '');
  const number = language.number(withdrawn.number);
  const date = language.date(withdrawn.withdrawal?.at ?? withdrawn.publishedAt);
  const page = publicReportHref(report.authorityId, report.id);
  return {
    title: language.say('annual', reader === 'child' ? 'childTitle' : 'reportTitle', { place }),
    unreal: authority?.kind === 'demonstration',
    period: periodWords(language, report.period),
    notice: language.say('annual', 'withdrawnOn', { number, date }),
    newest: newest
      ? { href: reader === 'child' ? `${page}?for=child` : page, words: editionState(language, newest) }
      : null,
    back: {
      href: `/replies/${encodeURIComponent(report.authorityId)}`,
      words: language.say('replies', 'allRepliesOf', { place }),
    },
  };
}
