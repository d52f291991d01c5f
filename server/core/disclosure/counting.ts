import type { Membership } from './lattice.ts';
import type { ReleaseInput } from './release-input.ts';

/*
 * How answers are counted other than the opening of their wave says. Answers never change; what can have been wrong is
 * whom they were counted with. Everything is said against the opening, so that each release stands for itself.
 */
export interface Counting {
  /** Bands of schools whose pupils count neither as asked nor on the roll. */
  leftOut: { school: string; bands: string[] }[];
  /** Schools that are no longer to be shown on their own. */
  withdrawn: string[];
  /** Schools that belong somewhere else: all their clusters, and their locality. */
  places: { school: string; clusters: string[]; locality: string | null }[];
}

/** As the opening of the wave says. */
export const AS_OPENED: Counting = { leftOut: [], withdrawn: [], places: [] };

/**
 * The same answers in the same cells, counted another way.
 * @throws if it names a school, band, cluster or locality that the wave does not have
 */
export function countedBy(input: ReleaseInput, counting: Counting): ReleaseInput {
  const { bands, schools, clusters, localities } = input;
  const codes = schools.map(({ code }) => code);
  const roll = Int32Array.from(input.roll);
  for (const { school, bands: left } of counting.leftOut) {
    // Without anybody on the roll a school is in no place of the band: see wave-ground.ts.
    for (const band of left)
      roll[positionOf(codes, school) * bands.length + positionOf(bands.map(({ id }) => id), band)] = 0; // prettier-ignore
  }
  for (const school of counting.withdrawn) positionOf(codes, school);
  for (const { school } of counting.places) positionOf(codes, school);
  return {
    ...input,
    roll,
    schools: schools.map((school) =>
      counting.withdrawn.includes(school.code) ? { ...school, agreedToBeShown: false } : school,
    ),
    clusters: moved(
      clusters,
      counting.places.map((place) => ({ school: place.school, to: place.clusters })),
    ),
    localities: moved(
      localities,
      counting.places.map((place) => ({ school: place.school, to: place.locality === null ? [] : [place.locality] })),
    ),
  };
}

/** Places without any school are none. */
function moved(places: readonly Membership[], moves: readonly { school: string; to: string[] }[]): Membership[] {
  const codes = places.map(({ code }) => code);
  for (const { to } of moves) for (const code of to) positionOf(codes, code);
  return places
    .map((place) => {
      const staying = place.schools.filter((school) => !moves.some((move) => move.school === school));
      const coming = moves.filter(({ to }) => to.includes(place.code)).map(({ school }) => school);
      return { ...place, schools: [...staying, ...coming].toSorted() };
    })
    .filter(({ schools }) => schools.length > 0);
}

function positionOf(names: readonly string[], name: string): number {
  const position = names.indexOf(name);
  if (position < 0) {
    throw new RangeError(
      `A correction names "${name}", which its wave does not have: expected one of ${names.join(', ')}. Correct the correction.`,
    );
  }
  return position;
}
