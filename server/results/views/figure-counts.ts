import type { LatticeNode, NodeKind } from '../../core/disclosure/lattice.ts';
import type { CubeItem, Release } from '../../core/disclosure/release.ts';
import { EVERYBODY } from '../../core/disclosure/units.ts';
import { meanFigure } from '../../core/statistics/score.ts';
import type { Band } from '../../core/survey/stage.ts';
import type { AskedByBand } from '../asked.ts';
import { hasPage, optionsOf, placesOf, storedPlacesOf } from '../choose.ts';
import { itemsAt } from './places.ts';

/*
 * Figures of a release, counted. A figure is one answer to one question or indicator, one number of poor outcomes or the
 * mean of one scale, in one place, for one band and group. Counted are those that some page or file has room for: of
 * everybody in every place, of every group of the lattice, and of what a place leaves of the authority, which is shown
 * beside that place. Ways to give no answer stand in the same tables and are not counted again; that somebody wrote
 * something has no page, and is no figure. `npm run attack` counts what it reads by the same words.
 */

export interface FigureCounts {
  shown: number;
  hidden: number;
}

/** Kinds of places that have figures of everybody; rests are counted for themselves. */
const OF_EVERYBODY: readonly NodeKind[] = ['authority', 'locality', 'cluster', 'special', 'once'];
/** Kinds of places that have figures of groups. */
const OF_GROUPS: readonly NodeKind[] = ['authority', 'locality', 'cluster'];

/** What figures are counted over: whom they count, and where. */
export const COUNTED = {
  everybody: { kinds: OF_EVERYBODY, groupsOf: () => [EVERYBODY] },
  groups: {
    kinds: OF_GROUPS,
    groupsOf: (release: Release, node: LatticeNode, band: Band) =>
      release.groups(node.id, band.id).filter((group) => group !== EVERYBODY),
  },
  rests: { kinds: ['rest'] as readonly NodeKind[], groupsOf: () => [EVERYBODY] },
};
export type Counted = keyof typeof COUNTED;

export function placesCounted(release: Release, counted: Counted): LatticeNode[] {
  return release.nodes.filter(({ kind }) => COUNTED[counted].kinds.includes(kind));
}

/**
 * Figures of a place and band. A place without pupils of a band counts as if all of it were hidden: nobody can tell the
 * two apart.
 */
export function countFigures(
  release: Release,
  asked: ReadonlyMap<string, AskedByBand>,
  { node, band, counted }: { node: LatticeNode; band: Band; counted: Counted },
): FigureCounts {
  const groups = COUNTED[counted].groupsOf(release, node, band);
  const counts: FigureCounts = { shown: 0, hidden: 0 };
  for (const item of itemsAt(release, asked, node, band)) {
    const of = asked.get(item.id)!.get(band.id)!;
    if (!hasPage(of)) continue;
    if (!hasFiguresAt(release, item, node)) continue;
    const options = optionsOf(item, of);
    for (const group of item.unlinked ? groups.filter((one) => one === EVERYBODY) : groups) {
      const at = { node: node.id, band: band.id, item: item.id, group };
      const all = item.kind === 'scale' ? 1 : options.length;
      const shown =
        item.kind === 'scale' ? (meanFigure(release, at) ? 1 : 0) : release.shownOptions({ ...at, options });
      counts.shown += shown;
      counts.hidden += all - shown;
    }
  }
  return counts;
}

/** A rest stands beside the place that leaves it, on pages with shares. */
function hasFiguresAt(release: Release, item: CubeItem, node: LatticeNode): boolean {
  if (node.kind !== 'rest') return storedPlacesOf(release, item).includes(node);
  return item.kind !== 'scale' && placesOf(release, item).some(({ id }) => id === node.of);
}
