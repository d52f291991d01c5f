import { allows } from '../core/disclosure/claims.ts';
import { bandName } from '../core/survey/stage.ts';
import type { CubeRate, Release } from '../core/disclosure/release.ts';
import type { StoredJob } from '../storage/release-jobs.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { Wave } from '../storage/waves.ts';
import { isolated, type Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { auditHref, correctionHref, refusalHref, releaseHref } from './addresses.ts';
import { cannotApproveWords, type Approval } from './approval.ts';
import type { CorrectionFacts } from './correction-pages.ts';
import { progressWords, timeWords } from './job-pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'release/releases': {
      title: string;
      mayMake: boolean;
      waves: { id: string; words: string }[];
      underWay: { href: string; wave: string; startedAt: string; state: string; code: 'making' | 'failed' }[];
      releases: { href: string; wave: string; madeOn: string; state: string }[];
    };
    'release/release': {
      title: string;
      faults: FieldFault[];
      state: ReleaseState;
      stateWords: string;
      madeOn: string;
      sha256: string;
      protection: string;
      counts: string;
      rates: { band: string; roll: string; responses: string; rate: string; shown: string; hidden: string }[];
      /** Where more answered than were expected, in a sentence; empty where that is nowhere so. */
      moreThanExpected: string;
      mayApprove: boolean;
      /** Why whoever looks may not approve, and who may; empty where that is no question. */
      cannotApprove: string;
      approveHref: string;
      resultsHref: string;
      /** Empty where it was not kept how the release was made safe. */
      auditHref: string;
      /** What it corrects; null where it corrects nothing. */
      correction: CorrectionFacts | null;
      /** Empty where it cannot be turned down, or nobody here may. */
      refuseHref: string;
      /** Empty where it cannot be corrected, or nobody here may. */
      correctHref: string;
      /** The release that stands in its place; empty where it stands itself. */
      successorHref: string;
    };
  }
}

export type ReleaseState = 'waiting' | 'published' | 'superseded' | 'refused';

export function stateOf({ approvedAt, supersededBy, refusedAt }: ReleaseEntry): ReleaseState {
  if (supersededBy !== null) return 'superseded';
  if (refusedAt !== null) return 'refused';
  return approvedAt === null ? 'waiting' : 'published';
}

export function releasesPage(
  language: Language,
  closedWaves: readonly Wave[],
  { underWay, releases }: { underWay: readonly StoredJob[]; releases: readonly ReleaseEntry[] },
  mayMake: boolean,
): Views['release/releases'] {
  const words = language.words.release;
  return {
    title: words.title,
    mayMake,
    waves: closedWaves.map((wave) => ({
      id: wave.id,
      words: language.say('release', 'makeFor', { wave: wave.name }),
    })),
    underWay: underWay.map((job) => ({
      href: releaseHref(job.id),
      wave: job.waveName,
      startedAt: timeWords(language, job.startedAt),
      state: job.failedAt === null ? progressWords(language, job) : language.words.making.stateFailed,
      code: job.failedAt === null ? 'making' : 'failed',
    })),
    releases: releases.map((entry) => ({
      href: releaseHref(entry.id),
      wave: entry.waveName,
      madeOn: language.date(entry.madeAt),
      state: words[stateOf(entry)],
    })),
  };
}

export interface ShownRelease {
  entry: ReleaseEntry;
  release: Release;
  isAudited: boolean;
  /** Undefined where it corrects nothing. */
  correction: CorrectionFacts | undefined;
  /** The release that stands in its place, if one does. */
  successor: string | undefined;
}

interface Viewer {
  mayApprove: boolean;
  mayMake: boolean;
  /** Of this release. */
  approval: Approval;
}

export function releasePage(language: Language, shownRelease: ShownRelease, viewer: Viewer): Views['release/release'] {
  const { entry, release, isAudited } = shownRelease;
  const words = language.words.release;
  const { shown, hidden } = release.cellCounts();
  const isOpen = !allows(release, 'rate');
  const state = stateOf(entry);
  return {
    title: language.say('release', 'releaseOf', { wave: entry.waveName }),
    faults: [],
    state,
    stateWords: words[state],
    madeOn: language.date(entry.madeAt),
    sha256: entry.sha256,
    protection: words.protection,
    counts: language.say('release', 'cellCounts', { shown: language.number(shown), hidden: language.number(hidden) }),
    rates: release.bands.map((band) => {
      const rate = release.rate('authority', band.id);
      const cells = release.cellCounts(band.id);
      const answered = rate?.responses ?? null;
      return {
        band: bandName(band),
        roll: isOpen ? language.words.open.noRoll : language.number(rate?.roll ?? 0),
        responses: answered === null ? words.hidden : language.number(answered),
        rate: rateWords(language, isOpen, rate),
        shown: language.number(cells.shown),
        hidden: language.number(cells.hidden),
      };
    }),
    moreThanExpected: moreThanExpected(language, release),
    ...approvalWays(language, viewer, state === 'waiting'),
    approveHref: `${releaseHref(entry.id)}/approval`,
    resultsHref: state === 'published' ? '/results' : '',
    auditHref: isAudited ? auditHref(entry.id) : '',
    ...correctionWays(shownRelease, viewer),
  };
}

/** Approving, or why not; nothing of it where nothing waits. */
export function approvalWays(
  language: Language,
  { mayApprove, approval }: Pick<Viewer, 'mayApprove' | 'approval'>,
  waits: boolean,
  ownWork: string = language.words.release.ownWork,
): { mayApprove: boolean; cannotApprove: string } {
  const asked = mayApprove && waits;
  return {
    mayApprove: asked && approval.fault === null,
    cannotApprove: asked ? cannotApproveWords(language, approval, ownWork) : '',
  };
}

/** What a release corrects, and what can be done about it. */
function correctionWays(
  { entry, release, correction, successor }: ShownRelease,
  { mayApprove, mayMake }: Viewer,
): Pick<Views['release/release'], 'correction' | 'refuseHref' | 'correctHref' | 'successorHref'> {
  const state = stateOf(entry);
  const mayRefuse = correction !== undefined && state === 'waiting' && (mayApprove || mayMake);
  const mayCorrect = mayMake && state === 'published' && release.reached === 'roll';
  return {
    correction: correction ?? null,
    refuseHref: mayRefuse ? refusalHref(entry.id) : '',
    correctHref: mayCorrect ? correctionHref(entry.id) : '',
    successorHref: successor === undefined ? '' : releaseHref(successor),
  };
}

/** Places and bands in which more answered than the roll less the opt-outs holds. */
function moreThanExpected(language: Language, release: Release): string {
  if (!allows(release, 'rate')) return '';
  const places = release.nodes.flatMap(({ id, name }) =>
    release.bands.flatMap((band) => {
      const rate = release.rate(id, band.id);
      const isMore = rate !== undefined && rate.responses !== null && rate.responses > rate.roll;
      return isMore ? [isolated(language, [name, bandName(band)].filter(Boolean).join(' '))] : [];
    }),
  );
  return places.length > 0 ? language.say('release', 'moreThanExpected', { bands: places.join(' · ') }) : '';
}

/** Where nobody was on a roll there is nothing to be a share of. */
function rateWords(language: Language, isOpen: boolean, rate: CubeRate | undefined): string {
  if (isOpen) return language.words.open.noRoll;
  if (!rate || rate.responses === null) return language.words.release.hidden;
  // Spare slips and late opt-outs: more may have answered than were expected.
  return language.percent(Math.min(1, rate.responses / rate.roll));
}
