import type { PlaceRows, RollRow } from '../../core/places/formats.ts';
import type { Stage } from '../../core/survey/stage.ts';
import { seededRandom, type Random } from '../../core/seeded-random.ts';
import { shareOut } from './shares.ts';

/** A pupil of the demonstration, as far as the roll and a code know one. */
export interface SeededPupil {
  schoolCode: string;
  /** The school's cluster on the day of the roll; the first, where it feeds two. */
  clusterCode: string | null;
  stage: Stage;
  class: string | null;
  sex: RollRow['sex'];
  quintile: number | null;
  asn: RollRow['asn'];
}

/** No school answers less often than the first, none more often than the second. */
export const LOWEST_RATE = 0.55;
export const HIGHEST_RATE = 0.95;

/**
 * Chooses who answers: exactly `answers` pupils of these stages, school by school in the order of the roll,
 * with rates that differ between schools from 55% to 95%. The same seed chooses the same pupils.
 * @throws RangeError if those rates cannot give that many answers
 */
export function respondents(
  authority: PlaceRows,
  options: { stages: readonly Stage[]; answers: number; seed: string },
): SeededPupil[] {
  const random = seededRandom(`${options.seed}/respondents`);
  const schools = pupilsBySchool(authority, options.stages);
  const rates = ratesOf(schools, options.answers, random);
  const shares = shareOut(
    options.answers,
    schools.map((pupils, index) => {
      const least = Math.ceil(LOWEST_RATE * pupils.length);
      const most = Math.max(least, Math.floor(HIGHEST_RATE * pupils.length));
      return { weight: pupils.length * rates[index]!, least, most };
    }),
  );
  return schools.flatMap((pupils, index) => sample(pupils, shares[index]!, random));
}

/** A rate for each school: spread by chance, then all moved together until they give the wanted number. */
function ratesOf(schools: SeededPupil[][], answers: number, random: Random): number[] {
  const leanings = schools.map(() => 1.3 * random.normal());
  const at = (shift: number) =>
    leanings.map((leaning) => LOWEST_RATE + (HIGHEST_RATE - LOWEST_RATE) / (1 + Math.exp(-leaning - shift)));
  const given = (rates: number[]) => rates.reduce((sum, rate, index) => sum + rate * schools[index]!.length, 0);
  let low = -12;
  let high = 12;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (given(at(middle)) < answers) low = middle;
    else high = middle;
  }
  return at(low);
}

function pupilsBySchool(authority: PlaceRows, stages: readonly Stage[]): SeededPupil[][] {
  const rows = authority.rolls.filter(({ stage }) => stages.includes(stage));
  const bySchool = Map.groupBy(rows, ({ school }) => school);
  return [...bySchool].map(([schoolCode, groups]) =>
    groups.flatMap(({ date, stage, class: className, sex, quintile, asn, pupils }) => {
      const clusterCode = clusterOn(authority, schoolCode, date);
      return Array.from({ length: pupils }, () => ({
        schoolCode,
        clusterCode,
        stage,
        class: className,
        sex,
        quintile,
        asn,
      }));
    }),
  );
}

function clusterOn({ memberships }: PlaceRows, schoolCode: string, day: string): string | null {
  const current = memberships.find(
    ({ school, from, to }) => school === schoolCode && from <= day && (to === null || to >= day),
  );
  return current?.cluster ?? null;
}

/** So many of them by chance, in the order in which they stand. */
function sample(pupils: readonly SeededPupil[], count: number, random: Random): SeededPupil[] {
  const chosen = new Set(random.shuffled(pupils.map((_, index) => index)).slice(0, count));
  return pupils.filter((_, index) => chosen.has(index));
}
