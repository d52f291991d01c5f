import type { Role } from '../roles.ts';

/*
 * Least access by area: a planner may be bound to localities and clusters of the authority. Whoever is bound sees the
 * whole authority's own figures and those of the area; any other place answers as one that does not exist.
 */

/** A place of the register that somebody is bound to, by the id that it has in every release: `locality:east`, `cluster:calder`. */
export interface AreaPlace {
  id: string;
  name: string;
}

/** The ids of the places that somebody is bound to; null for the whole authority. Never empty. */
export type Area = readonly string[] | null;

/** A place with its schools, by whatever names them. */
interface WithSchools {
  id: string;
  schools: readonly string[];
}

/**
 * Roles that lift a binding. An analyst makes releases and an approver judges them, which takes the whole; an
 * administrator runs every school's fieldwork; an auditor reads the record, which names what anybody looked at.
 */
const SEES_ALL = ['analyst', 'approver', 'administrator', 'auditor'] as const satisfies readonly Role[];
export type RoleThatSeesAll = (typeof SEES_ALL)[number];

/** The roles of somebody that lift a binding, in the order of these. */
export function rolesThatSeeAll(roles: readonly Role[]): RoleThatSeesAll[] {
  return SEES_ALL.filter((role) => roles.includes(role));
}

/** What somebody with these roles is bound to; null where nothing binds them. */
export function bindingOf<P>(roles: readonly Role[], places: readonly P[]): readonly P[] | null {
  return places.length === 0 || rolesThatSeeAll(roles).length > 0 ? null : places;
}

/** The schools of an area among these places, as a wave had them. */
export function schoolsOfArea(area: readonly string[], places: readonly WithSchools[]): Set<string> {
  return new Set(places.filter(({ id }) => area.includes(id)).flatMap(({ schools }) => schools));
}

/**
 * Whether a place belongs to an area: it is named, or all its schools are the area's. So a cluster belongs to its
 * locality, unless one of its schools lies in another.
 * @param schools those of the area: see `schoolsOfArea`
 */
export function isInArea(area: readonly string[], schools: ReadonlySet<string>, place: WithSchools): boolean {
  return area.includes(place.id) || (place.schools.length > 0 && place.schools.every((school) => schools.has(school)));
}

export type AreaFault = 'unknown' | 'sees-all' | 'no-planner';

/**
 * What is wrong with binding somebody with these roles to these places, if anything.
 * @param known ids of all places that there are to choose
 */
export function areaFault(
  roles: readonly Role[],
  area: readonly string[],
  known: ReadonlySet<string>,
): AreaFault | null {
  if (area.length === 0) return null;
  if (!area.every((id) => known.has(id))) return 'unknown';
  if (rolesThatSeeAll(roles).length > 0) return 'sees-all';
  return roles.includes('planner') ? null : 'no-planner';
}
