import { allows } from '../core/disclosure/claims.ts';
import { variableIdOf, type Release } from '../core/disclosure/release.ts';
import { releasedFigure, type FindingPlace, type ReleasedFigure } from '../core/loop/finding.ts';
import { wordsAsked } from '../core/statistics/variable-words.ts';
import type { Variable } from '../core/survey/kinds.ts';
import { leftOutOf, type LeftOut } from '../core/statistics/left-out.ts';
import type { AskedItem } from '../core/statistics/waves.ts';
import type { ItemText, SurveyText } from '../core/survey/text.ts';
import { surveyVariables } from '../core/survey/validate.ts';
import type { Database } from '../storage/database.ts';
import type { Finding } from '../storage/findings.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import type { SignedIn } from '../web/access.ts';
import { createReadableReleases, type Reader } from '../web/readable-releases.ts';

/** A figure that is shown, with the release it stands in and what was asked, by language. */
export interface Quoted {
  entry: ReleaseEntry;
  figure: ReleasedFigure;
  /** Who could not be asked at all. */
  leftOut: LeftOut[];
  /** What the figure counts, or what its indicator is worked out from. */
  variable: Variable;
  /** The words of its question as the band read them. */
  words: ReadonlyMap<string, ItemText>;
  texts: ReadonlyMap<string, SurveyText>;
}

/** 'no-place': the release has no such place, or it is outside the area of whoever reads. */
export type Quotation = Quoted | 'no-release' | 'no-place' | 'hidden';

export interface Quotations {
  /** The figure at a place of a published release of this authority, as a reader sees it. Any other release is not there at all. */
  open(reader: Reader, authorityId: string, releaseId: string, place: FindingPlace): Promise<Quotation>;
  /** What a reader sees of a published release of this authority that findings may be made of. */
  release(reader: Reader, authorityId: string, releaseId: string): Promise<Release | undefined>;
  /** Findings with their figures, without those outside of the area of whoever reads. */
  seen<Kept extends Finding>(me: SignedIn, list: readonly Kept[]): Promise<{ finding: Kept; quoted: Quoted }[]>;
  /** What a release asked a band for an item; undefined where it did not. */
  asked(release: Release, band: string, item: string): Promise<AskedItem | undefined>;
}

interface ReadVersion {
  version: SurveyVersion;
  variables: ReadonlyMap<string, Variable>;
  texts: ReadonlyMap<string, SurveyText>;
}

/** Opens figures for findings and replies. Releases and versions never change, so versions are kept. */
export function createQuotations(database: Database): Quotations {
  const readable = createReadableReleases(database);
  const surveys = createSurveys(database);
  const kept = new Map<string, ReadVersion>();

  async function read(versionId: string): Promise<ReadVersion> {
    const known = kept.get(versionId);
    if (known) return known;
    const [version, texts] = await Promise.all([surveys.find(versionId), surveys.texts(versionId)]);
    if (!version) throw new Error(`A release names the version ${versionId}, which is gone. Restore it from a backup.`);
    const variables = new Map(surveyVariables(version.definition).map((variable) => [variable.id, variable]));
    const found = { version, variables, texts };
    kept.set(versionId, found);
    return found;
  }

  async function open(...[reader, authorityId, releaseId, place]: Parameters<Quotations['open']>): Promise<Quotation> {
    const published = await readable.open(releaseId, reader);
    if (published?.release.authority.id !== authorityId || !allows(published.release, 'finding')) return 'no-release';
    if (!published.release.node(place.node)) return 'no-place';
    const figure = releasedFigure(published.release, place);
    if (!figure) return 'hidden';
    const { version, variables, texts } = await read(figure.versionId);
    const variable = variables.get(variableIdOf(figure.item));
    if (!variable) return 'hidden';
    const words = wordsAsked(version.definition, variable.question, figure.band, texts);
    return { entry: published.entry, figure, leftOut: leftOutOf(published.release), variable, words, texts };
  }

  return {
    open,
    async release(reader, authorityId, releaseId) {
      const published = await readable.open(releaseId, reader);
      const isOwn = published?.release.authority.id === authorityId && allows(published.release, 'finding');
      return isOwn ? published.release : undefined;
    },
    async seen(me, list) {
      const opened = await Promise.all(
        list.map(async (finding) => ({
          finding,
          quoted: await open(me, finding.authorityId, finding.releaseId, finding.place),
        })),
      );
      return opened.flatMap(({ finding, quoted }) => (typeof quoted === 'string' ? [] : [{ finding, quoted }]));
    },
    async asked(release, bandId, itemId) {
      const band = release.band(bandId);
      const item = release.item(itemId);
      const versionId = item?.versions[bandId];
      if (!band || !item || versionId === undefined) return undefined;
      const { version, variables, texts } = await read(versionId);
      const variable = variables.get(variableIdOf(item));
      if (!variable) return undefined;
      const { question, part } = variable;
      const indicator = version.definition.indicators.find(({ id }) => item.kind === 'indicator' && id === itemId);
      return { question, part, indicator, words: wordsAsked(version.definition, question, band, texts) };
    },
  };
}
