import { allows } from '../../core/disclosure/claims.ts';
import type { Release } from '../../core/disclosure/release.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import { isolated, type Language } from '../../web/language.ts';
import { releaseAddress, reportAddress } from '../addresses.ts';
import { releaseFacts, type ReleaseFacts } from '../facts.ts';
import { placeName } from '../item-page.ts';
import { reportNodes } from './view.ts';

export interface ReportList {
  title: string;
  wide: true;
  facts: ReleaseFacts;
  /** Whether there are versions for the children who answered. */
  hasChildren: boolean;
  reports: { name: string; adultsHref: string; childrenHref: string }[];
  backHref: string;
}

/** Every place that has a report, with its two versions. */
export function reportList(language: Language, entry: ReleaseEntry, release: Release): ReportList {
  return {
    title: language.say('reports', 'listTitle', { wave: isolated(language, release.wave.name) }),
    wide: true,
    facts: releaseFacts(language, entry, release),
    hasChildren: allows(release, 'children'),
    reports: reportNodes(release).map((node) => ({
      name: placeName(language, node),
      adultsHref: `${reportAddress(entry.id, node.id)}?for=adults`,
      childrenHref: `${reportAddress(entry.id, node.id)}?for=children`,
    })),
    backHref: releaseAddress(entry.id),
  };
}
