import { isolated, type Language } from '../../web/language.ts';
import type { ReportView } from './view.ts';

/** What stands in the foot of every printed page: where the figures come from. */
export interface ReportFoot {
  released: string;
  /** All digits of the release's hash. */
  hash: string;
  /** Said where results of one school are among them; else empty. */
  oneSchool: string;
}

export function reportFoot(language: Language, { entry, release }: ReportView, oneSchool: boolean): ReportFoot {
  return {
    released: language.say('results', 'otherRelease', {
      wave: isolated(language, release.wave.name),
      date: language.date(entry.approvedAt ?? entry.madeAt),
    }),
    hash: release.sha256,
    oneSchool: oneSchool ? language.words.reports.footOneSchool : '',
  };
}
