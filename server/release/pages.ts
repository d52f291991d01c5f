import { allows } from '../core/disclosure/claims.ts';
import { bandName } from '../core/survey/stage.ts';
import type { CubeRate, Release } from '../core/disclosure/release.ts';
import type { StoredJob } from '../storage/release-jobs.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { Wave } from '../storage/waves.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';
import { auditHref, releaseHref } from './addresses.ts';
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
      state: 'waiting' | 'published';
      stateWords: string;
      madeOn: string;
      sha256: string;
      protection: string;
      counts: string;
      rates: { band: string; roll: string; responses: string; rate: string; shown: string; hidden: string }[];
      mayApprove: boolean;
      ownWork: boolean;
      approveHref: string;
      resultsHref: string;
      /** Empty where it was not kept how the release was made safe. */
      auditHref: string;
    };
  }
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
      state: entry.approvedAt ? words.published : words.waiting,
    })),
  };
}

export function releasePage(
  language: Language,
  { entry, release, isAudited }: { entry: ReleaseEntry; release: Release; isAudited: boolean },
  viewer: { mayApprove: boolean; isMaker: boolean },
): Views['release/release'] {
  const words = language.words.release;
  const { shown, hidden } = release.cellCounts();
  const isOpen = !allows(release, 'rate');
  return {
    title: language.say('release', 'releaseOf', { wave: entry.waveName }),
    faults: [],
    state: entry.approvedAt ? 'published' : 'waiting',
    stateWords: entry.approvedAt ? words.published : words.waiting,
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
    mayApprove: viewer.mayApprove && !viewer.isMaker && !entry.approvedAt,
    ownWork: viewer.mayApprove && viewer.isMaker && !entry.approvedAt,
    approveHref: `${releaseHref(entry.id)}/approval`,
    resultsHref: entry.approvedAt ? '/results' : '',
    auditHref: isAudited ? auditHref(entry.id) : '',
  };
}

/** Where nobody was on a roll there is nothing to be a share of. */
function rateWords(language: Language, isOpen: boolean, rate: CubeRate | undefined): string {
  if (isOpen) return language.words.open.noRoll;
  if (!rate || rate.responses === null) return language.words.release.hidden;
  return language.percent(rate.responses / rate.roll);
}
