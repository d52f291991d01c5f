import type { Random } from '../../core/seeded-random.ts';
import type { SeededPupil } from '../seed/respondents.ts';

/** A slip of paper as it came from the printer: a code, and what it knows of its pupil. */
export interface DealtSlip {
  school: string;
  code: string;
  stage: string;
  class: string;
  sex: string;
  quintile: string;
  asn: string;
}

export interface PupilWithCode {
  pupil: SeededPupil;
  code: string;
}

/**
 * Deals slips as a school does it from its own list: each pupil gets one of their class that says nothing wrong of
 * them, and one that says much rather than one that says little.
 * @param slips of all schools
 * @returns in the order of the pupils
 * @throws Error if a class has fewer slips than pupils
 */
export function dealSlips(
  slips: readonly DealtSlip[],
  pupils: readonly SeededPupil[],
  random: Random,
): PupilWithCode[] {
  const byClass = new Map<string, DealtSlip[]>();
  for (const slip of random.shuffled(slips)) {
    const key = classKey(slip.school, slip.stage, slip.class);
    const others = byClass.get(key);
    if (others) others.push(slip);
    else byClass.set(key, [slip]);
  }
  return pupils.map((pupil) => {
    const left = byClass.get(classKey(pupil.schoolCode, pupil.stage, pupil.class ?? '')) ?? [];
    const best = bestFor(left, pupil);
    if (best < 0) {
      throw new Error(
        `School ${pupil.schoolCode}, ${pupil.class ?? pupil.stage}: expected a slip for each pupil, found too few.`,
      );
    }
    const [slip] = left.splice(best, 1);
    return { pupil, code: slip!.code };
  });
}

function classKey(school: string, stage: string, className: string): string {
  return JSON.stringify([school, stage, className]);
}

/** Where the slip lies that fits best; any other if what is left fits nobody, as happens at the end of a pile. */
function bestFor(slips: readonly DealtSlip[], pupil: SeededPupil): number {
  const fits = slips.map((slip) => fitOf(slip, pupil));
  return fits.indexOf(Math.max(...fits));
}

/** How much a slip says of a pupil; −1 where it says something wrong. */
function fitOf(slip: DealtSlip, { sex, quintile, asn }: SeededPupil): number {
  const said = [
    [slip.sex, sex ?? ''],
    [slip.quintile, quintile === null ? '' : String(quintile)],
    [slip.asn, asn ?? ''],
  ] as const;
  if (said.some(([onSlip, own]) => onSlip !== '' && onSlip !== own)) return -1;
  return said.filter(([onSlip]) => onSlip !== '').length;
}
