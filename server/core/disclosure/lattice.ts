/*
 * Every table that may ever be asked for. The list is finite and versioned: nobody can put together a
 * place, an age or a filter that is not here, so no two answers can be subtracted that were not weighed.
 *
 * Version 2: the authority and each cluster, by age band, for each variable of a question (itself, a row, a
 * ranked option) and each indicator; the authority alone for what was asked in a section without schools.
 */
export const LATTICE = 'authority-and-clusters-by-band-2';

export type NodeKind = 'authority' | 'cluster';

/** A place that results are shown for. */
export interface LatticeNode {
  /** 'authority', or 'cluster:' and the cluster's code. */
  id: string;
  kind: NodeKind;
  /** The cluster's code; the authority's id. */
  code: string;
  name: string;
  /** Codes of its schools at the wave's opening. A shared primary stands in each of its clusters. */
  schools: string[];
}

/** Clusters and their schools as frozen at the opening of a wave. */
export interface Membership {
  code: string;
  name: string;
  schools: string[];
}

/** The places of a wave: the authority once, then its clusters by name. */
export function latticeNodes(
  authority: { id: string; name: string },
  schools: readonly string[],
  clusters: readonly Membership[],
): LatticeNode[] {
  const whole: LatticeNode = {
    id: 'authority',
    kind: 'authority',
    code: authority.id,
    name: authority.name,
    schools: schools.toSorted(),
  };
  const parts = clusters
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((cluster): LatticeNode => {
      const { code, name } = cluster;
      return { id: `cluster:${code}`, kind: 'cluster', code, name, schools: cluster.schools.toSorted() };
    });
  return [whole, ...parts];
}
