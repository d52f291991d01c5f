import { isInArea, schoolsOfArea, type Area } from '../core/people/area.ts';
import type { RatePlace } from '../core/fieldwork/rates.ts';

/** What areas name or decide: the rest is of the whole authority. */
type Named = 'school' | 'cluster' | 'locality';

/**
 * The places whose rates somebody bound to an area sees: its schools, clusters and localities as the wave has them, and
 * what is of the whole authority. Null leaves all.
 */
export function placesWithin<Places extends Record<Named, RatePlace[]>>(area: Area, places: Places): Places {
  if (area === null) return places;
  const named = { cluster: places.cluster.map(asNode('cluster')), locality: places.locality.map(asNode('locality')) };
  const schools = schoolsOfArea(area, [...named.cluster, ...named.locality]);
  const within = (kind: 'cluster' | 'locality') =>
    places[kind].filter((_, index) => isInArea(area, schools, named[kind][index]!));
  return {
    ...places,
    school: places.school.filter(({ id }) => schools.has(id)),
    cluster: within('cluster'),
    locality: within('locality'),
  };
}

/** A place of fieldwork by the id that areas know it by. */
const asNode =
  (kind: 'cluster' | 'locality') =>
  ({ id, schools }: RatePlace) => ({ id: `${kind}:${id}`, schools: [...(schools ?? [])] });
