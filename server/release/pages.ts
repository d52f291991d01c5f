import { bandName } from '../core/survey/stage.ts';
import type { Release } from '../core/disclosure/release.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import type { Wave } from '../storage/waves.ts';
import type { Language } from '../web/language.ts';
import type { Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'release/releases': {
      title: string;
      mayMake: boolean;
      waves: { id: string; words: string }[];
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
    };
  }
}

export const releaseHref = (id: string) => `/release/releases/${id}`;

export function releasesPage(
  language: Language,
  closedWaves: readonly Wave[],
  releases: readonly ReleaseEntry[],
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
  entry: ReleaseEntry,
  release: Release,
  viewer: { mayApprove: boolean; isMaker: boolean },
): Views['release/release'] {
  const words = language.words.release;
  const { shown, hidden } = release.cellCounts();
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
        roll: language.number(rate?.roll ?? 0),
        responses: answered === null ? words.hidden : language.number(answered),
        rate: answered === null || !rate ? words.hidden : language.percent(answered / rate.roll),
        shown: language.number(cells.shown),
        hidden: language.number(cells.hidden),
      };
    }),
    mayApprove: viewer.mayApprove && !viewer.isMaker && !entry.approvedAt,
    ownWork: viewer.mayApprove && viewer.isMaker && !entry.approvedAt,
    approveHref: `${releaseHref(entry.id)}/approval`,
    resultsHref: entry.approvedAt ? '/results' : '',
  };
}
