import type { LatticeNode } from '../../core/disclosure/lattice.ts';
import type { Release } from '../../core/disclosure/release.ts';
import type { ReleaseEntry } from '../../storage/releases.ts';
import type { AskedByBand } from '../asked.ts';

/** Everything that a report of one place is made from: released figures, and words. */
export interface ReportView {
  entry: ReleaseEntry;
  release: Release;
  node: LatticeNode;
  /** What was asked, by item. */
  asked: ReadonlyMap<string, AskedByBand>;
  /** The wave set beside it, if there was one before. */
  earlier: { entry: ReleaseEntry; release: Release; asked: ReadonlyMap<string, AskedByBand> } | undefined;
  /** Whether a special school of the place took part. */
  specialSchools: boolean;
}

/** For whom a report is written. */
export const AUDIENCES = ['adults', 'children'] as const;
export type Audience = (typeof AUDIENCES)[number];

export function isAudience(text: string): text is Audience {
  return (AUDIENCES as readonly string[]).includes(text);
}

/** What places have a report: a remainder, or any other helper of comparison, has none. */
const KINDS: ReadonlySet<string> = new Set(['authority', 'locality', 'cluster']);

/** Places with a report, in the order of the release. */
export function reportNodes(release: Release): LatticeNode[] {
  return release.nodes.filter(({ kind }) => KINDS.has(kind));
}
