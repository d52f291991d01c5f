import { releasedFigure, type FindingPlace, type ReleasedFigure } from '../core/loop/finding.ts';
import type { SurveyText } from '../core/survey/definition.ts';
import type { Database } from '../storage/database.ts';
import { createReleases, type ReleaseEntry } from '../storage/releases.ts';
import { createSurveys } from '../storage/surveys.ts';

/** A figure that is shown, with the release it stands in and the words it was asked in, by language. */
export interface Quoted {
  entry: ReleaseEntry;
  figure: ReleasedFigure;
  texts: ReadonlyMap<string, SurveyText>;
}

export type Quotation = Quoted | 'no-release' | 'hidden';

export interface Quotations {
  /** The figure at a place of a published release of this authority. Any other release is not there at all. */
  open(authorityId: string, releaseId: string, place: FindingPlace): Promise<Quotation>;
}

/** Opens figures for findings and replies. Releases and versions never change, so words are kept. */
export function createQuotations(database: Database): Quotations {
  const releases = createReleases(database);
  const surveys = createSurveys(database);
  const kept = new Map<string, ReadonlyMap<string, SurveyText>>();

  async function textsOf(versionId: string): Promise<ReadonlyMap<string, SurveyText>> {
    const known = kept.get(versionId);
    if (known) return known;
    const texts = await surveys.texts(versionId);
    kept.set(versionId, texts);
    return texts;
  }

  return {
    async open(authorityId, releaseId, place) {
      const published = await releases.openPublished(releaseId);
      if (published?.release.authority.id !== authorityId) return 'no-release';
      const figure = releasedFigure(published.release, place);
      if (!figure) return 'hidden';
      return { entry: published.entry, figure, texts: await textsOf(figure.versionId) };
    },
  };
}
