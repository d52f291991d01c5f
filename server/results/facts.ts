import type { Release } from '../core/disclosure/release.ts';
import type { ReleaseEntry } from '../storage/releases.ts';
import { isolated, type Language } from '../web/language.ts';

/** What every page of results names: where its figures come from. */
export interface ReleaseFacts {
  wave: string;
  released: string;
  /** First digits of the release's hash; the whole one is in its files. */
  hash: string;
  /** That it corrects an earlier release, and why; empty where it does not. */
  correction: string;
}

export function releaseFacts(language: Language, entry: ReleaseEntry, release: Release): ReleaseFacts {
  return {
    wave: release.wave.name,
    released: language.date(entry.approvedAt ?? entry.madeAt),
    hash: release.sha256.slice(0, 12),
    correction:
      entry.reason === null
        ? ''
        : language.say('corrections', 'correctsEarlier', { reason: isolated(language, entry.reason) }),
  };
}
