import { rateFigure } from '../../core/statistics/figure.ts';
import { bandName } from '../../core/survey/stage.ts';
import { isolated, type Language } from '../../web/language.ts';
import { rateCells } from '../pages.ts';
import type { ReportView } from './view.ts';

/** Who answered and who is missing: the first part of a report. */
export interface WhoAnswered {
  caption: string;
  /** One row a band; null hides it. */
  rows: { name: string; shown: ShownRate | null }[];
  /** Those whom nobody asked. */
  notAsked: string[];
}

interface ShownRate {
  share: string;
  /** The rest of the roll. */
  missing: string;
  answered: string;
  roll: string;
  schools: string;
  low: boolean;
  oneSchool: boolean;
}

export function whoAnswered(language: Language, view: ReportView): WhoAnswered {
  const { release, node } = view;
  return {
    caption: language.say('reports', 'ratesCaption', { place: isolated(language, node.name) }),
    rows: release.bands.map((band) => {
      const rate = rateFigure(release, node.id, band.id);
      const cells = rateCells(language, rate);
      if (!rate || !cells) return { name: bandName(band), shown: null };
      const missing = language.percent((100 - rate.share) / 100);
      return { name: bandName(band), shown: { ...cells, missing, oneSchool: rate.schools === 1 } };
    }),
    notAsked: notAsked(language, view),
  };
}

/** Whom no wave of schools reaches, for both versions. */
export function notAsked(
  { words: { reports } }: Language,
  { specialSchools }: Pick<ReportView, 'specialSchools'>,
): string[] {
  return [
    reports.notAskedSchools,
    // Where special schools took part, those that did not are among the schools named first.
    ...(specialSchools ? [] : [reports.notAskedSpecial]),
    reports.notAskedHospital,
    reports.notAskedSecure,
    reports.notAskedHome,
    reports.notAskedElsewhere,
  ];
}
