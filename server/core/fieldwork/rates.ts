/*
 * How far fieldwork is, for those who chase: counts of spent codes by place, never responses. Counts are rounded to five
 * and hidden under ten; what is worked out of them is worked out of the rounded ones, so that it tells no more.
 */

/** Pupils of one school and stage. */
export interface SchoolStage {
  schoolId: string;
  stage: string;
  pupils: number;
}

/** How many of one school and stage have sent their answers, or stopped and had them kept. */
export interface AnsweredCount {
  schoolId: string;
  stage: string;
  answered: number;
}

/** What rates are worked out from. */
export interface RateInput {
  roll: readonly SchoolStage[];
  /** Who does not take part; each is less on the roll. */
  optOuts: readonly SchoolStage[];
  answered: readonly AnsweredCount[];
  /** How many were absent when their class answered and have not started since, by school, as teachers said. */
  absent: readonly { schoolId: string; pupils: number }[];
}

/** Some schools and stages together: a place, a stage, or everything. */
export interface RatePlace {
  id: string;
  name: string;
  /** Ids of its schools; null for all of them. */
  schools: ReadonlySet<string> | null;
  /** Null for all stages. */
  stage: string | null;
}

/** What is shown of a place. */
export interface ShownRate {
  /** Pupils on the roll less opt-outs, rounded to five; null under ten. */
  expected: number | null;
  /** Rounded to five; null under ten. */
  answered: number | null;
  /** Whole per cent, at most 100; null where a count is hidden. */
  percent: number | null;
  /** About how many more would reach the target, rounded up to five; null where nothing can be said. */
  wanting: number | null;
  /** Absent when their class answered, rounded to five; null under ten, and where it is not about whole schools. */
  absent: number | null;
}

export const LEAST_COUNT = 10;
const BASE = 5;

/**
 * The rate of a place as those who chase see it.
 * @param target per cent; null if the wave has none
 */
export function shownRate(input: RateInput, place: RatePlace, target: number | null): ShownRate {
  const isOfPlace = ({ schoolId }: { schoolId: string }) => place.schools === null || place.schools.has(schoolId);
  const isHere = (row: { schoolId: string; stage: string }) =>
    isOfPlace(row) && (place.stage === null || place.stage === row.stage);
  const roll = sum(input.roll.filter(isHere).map(({ pupils }) => pupils));
  const optOuts = sum(input.optOuts.filter(isHere).map(({ pupils }) => pupils));
  const expected = rounded(Math.max(roll - optOuts, 0));
  if (expected === null) return { expected: null, answered: null, percent: null, wanting: null, absent: null };
  const answered = rounded(sum(input.answered.filter(isHere).map((count) => count.answered)));
  const aim = target === null ? null : (expected * target) / 100;
  return {
    expected,
    answered,
    percent: answered === null ? null : Math.min(100, Math.round((100 * answered) / expected)),
    // Where few have answered, nearly all of the aim is still wanting, and saying so tells nothing.
    absent: place.stage === null ? rounded(sum(input.absent.filter(isOfPlace).map(({ pupils }) => pupils))) : null,
    wanting: aim === null ? null : Math.max(0, Math.ceil((aim - (answered ?? 0)) / BASE) * BASE),
  };
}

/**
 * Schools that are short of the target, those that want most first: where a visit or a second day helps most. After them
 * schools that are not short, or have no target, and where many were absent. Schools whose roll is too small to be shown
 * are left out.
 */
export function catchUpList<Place extends { rate: ShownRate }>(schools: readonly Place[]): Place[] {
  return schools
    .filter(({ rate: { wanting, absent } }) => (wanting ?? 0) > 0 || absent !== null)
    .toSorted(
      ({ rate: one }, { rate: other }) =>
        (other.wanting ?? 0) - (one.wanting ?? 0) || (other.absent ?? 0) - (one.absent ?? 0),
    );
}

/** To the nearest five; null under ten. */
function rounded(count: number): number | null {
  return count < LEAST_COUNT ? null : Math.round(count / BASE) * BASE;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
