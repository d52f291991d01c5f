import type { Place, PlaceKind } from './units.ts';

/*
 * Every table that may ever be asked for. The list is finite and versioned: nobody can put together a
 * place, an age or a filter that is not here, so no two answers can be subtracted that were not weighed.
 *
 * Version 3: the authority, its localities and clusters, what each of them leaves of the authority, clusters with
 * every school once, and special schools, by age band and by the groups of units.ts, for each variable of a question
 * (itself, a row, a ranked option) and each indicator; the authority alone for what was asked without schools.
 */
export const LATTICE = 'places-by-band-and-group-3';

export type NodeKind = PlaceKind;

/** A place that results are shown for. */
export interface LatticeNode {
  /** 'authority', 'special', or the kind and the code: `cluster:calder`, `rest:cluster:calder`. */
  id: string;
  kind: NodeKind;
  /** The code of the cluster or locality; the authority's id. */
  code: string;
  name: string;
  /** Codes of its schools at the wave's opening. A shared primary stands in each of its clusters. */
  schools: string[];
  /** Of a rest, the place that leaves it; of a cluster with every school once, the cluster. */
  of?: string;
  /** In what an area sees of a release, a fingerprint of all its schools: `schools` names those of the area alone. */
  allSchools?: string;
}

/** A cluster or locality and its schools as frozen at the opening of a wave. */
export interface Membership {
  code: string;
  name: string;
  schools: string[];
}

export const AUTHORITY = 'authority';

/** What the places of a wave are made from. */
export interface WavePlaces {
  authority: { id: string; name: string };
  schools: readonly { code: string; special?: boolean }[];
  clusters: readonly Membership[];
  localities?: readonly Membership[];
}

/** The places of a wave: the authority, localities and clusters by name, then what follows from these. */
export function latticeNodes(wave: WavePlaces): LatticeNode[] {
  const codes = wave.schools.map(({ code }) => code).toSorted();
  const { id, name } = wave.authority;
  const whole: LatticeNode = { id: AUTHORITY, kind: 'authority', code: id, name, schools: codes };
  // One locality is the authority under another name.
  const localities = (wave.localities ?? []).length > 1 ? nodesOf('locality', wave.localities!) : [];
  const clusters = nodesOf('cluster', wave.clusters);
  const rests = [...localities, ...clusters].flatMap((part) => restOf(whole, part));
  return [whole, ...localities, ...clusters, ...rests, ...countedOnce(clusters), ...specialSchools(wave)];
}

function nodesOf(kind: 'locality' | 'cluster', memberships: readonly Membership[]): LatticeNode[] {
  return memberships
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map(({ code, name, schools }) => ({ id: `${kind}:${code}`, kind, code, name, schools: schools.toSorted() }));
}

function restOf(whole: LatticeNode, part: LatticeNode): LatticeNode[] {
  const schools = whole.schools.filter((school) => !part.schools.includes(school));
  const { code, name } = part;
  return schools.length === 0 ? [] : [{ id: `rest:${part.id}`, kind: 'rest', code, name, schools, of: part.id }];
}

/** Clusters that lose a shared school to the first of its clusters; all others count every school once already. */
function countedOnce(clusters: readonly LatticeNode[]): LatticeNode[] {
  const taken = new Set<string>();
  return clusters.flatMap((cluster): LatticeNode[] => {
    const schools = cluster.schools.filter((school) => !taken.has(school));
    for (const school of schools) taken.add(school);
    const { code, name } = cluster;
    return schools.length === cluster.schools.length || schools.length === 0
      ? []
      : [{ id: `once:${code}`, kind: 'once', code, name, schools, of: cluster.id }];
  });
}

/** Schools without stages are a place of their own, in no cluster. */
function specialSchools({ authority, schools }: WavePlaces): LatticeNode[] {
  const codes = schools.flatMap(({ code, special }) => (special ? [code] : [])).toSorted();
  return codes.length === 0
    ? []
    : [{ id: 'special', kind: 'special', code: authority.id, name: authority.name, schools: codes }];
}

/**
 * Nodes as places of units: which schools count by their position, and which places are differences of others.
 * @param schools codes in the order that cells count schools in
 */
export function latticePlaces(nodes: readonly LatticeNode[], schools: readonly string[]): Place[] {
  const localities = nodes.filter(({ kind }) => kind === 'locality');
  const [first, second] = localities;
  // Of two localities that are the authority the second is what the first leaves: see units.ts.
  const isHalf = localities.length === 2 && first!.schools.length + second!.schools.length === nodes[0]!.schools.length;
  return nodes.map((node): Place => {
    const place: Place = {
      id: node.id,
      kind: node.kind,
      schools: schools.flatMap((code, index) => (node.schools.includes(code) ? [index] : [])),
    };
    if (node.kind === 'rest') return { ...place, remainder: { whole: AUTHORITY, part: node.of! } };
    if (isHalf && node === second) return { ...place, remainder: { whole: AUTHORITY, part: first!.id } };
    return place;
  });
}

/** Those of an open wave whose answers carry no locality. */
export const WITHOUT_LOCALITY = 'without-locality';

/**
 * Whoever came to an open wave without a locality is what all localities leave of the authority. Nothing is shown of
 * them, but everybody can subtract, so the attack looks for them too.
 * @param schools codes in the order that cells count schools in: localities, and one for those without
 * @returns no place where there are no localities, or nobody is without one
 */
export function withoutLocality(nodes: readonly LatticeNode[], schools: readonly string[]): Place[] {
  const localities = nodes.filter(({ kind }) => kind === 'locality');
  const inLocalities = new Set(localities.flatMap((node) => node.schools));
  const left = [...schools.keys()].filter((index) => !inLocalities.has(schools[index]!));
  return localities.length === 0 || left.length === 0 ? [] : [{ id: WITHOUT_LOCALITY, kind: 'rest', schools: left }];
}
