import type { Counting } from '../core/disclosure/counting.ts';
import type { Band } from '../core/survey/stage.ts';

/*
 * What the form of a correction says. Ticks name a school and something of it by one value, since a form without
 * scripts knows lists of values and nothing more.
 */

/** Longest reason, in characters. */
export const REASON_LENGTH = 400;

/** A school of the wave as it stood at the opening. */
export interface ChoiceSchool {
  code: string;
  name: string;
  agreed: boolean;
  /** Bands that it has pupils of. */
  bands: Band[];
  clusters: string[];
  locality: string | null;
}

/** What a correction can be made of. */
export interface CorrectionChoices {
  schools: ChoiceSchool[];
  clusters: { code: string; name: string }[];
  /** Empty where the wave has none to choose between. */
  localities: { code: string; name: string }[];
}

/** What somebody has put into the form so far. */
export interface CorrectionForm {
  reason: string;
  left: readonly string[];
  withdrawn: readonly string[];
  cluster: readonly string[];
  locality: readonly string[];
}

export type CorrectionFault =
  'no-reason' | 'long-reason' | 'unknown' | 'nothing-changed' | 'nobody-left' | 'no-such-agreement';

/** The value that names something of a school. */
export const tickOf = (school: string, of: string) => `${school}|${of}`;

/** The form that says what a way of counting says. */
export function formOf(choices: CorrectionChoices, counting: Counting, reason = ''): CorrectionForm {
  const placed = choices.schools.map((school) => ({ ...school, ...placeOf(school, counting) }));
  return {
    reason,
    left: counting.leftOut.flatMap(({ school, bands }) => bands.map((band) => tickOf(school, band))),
    withdrawn: counting.withdrawn,
    cluster: placed.flatMap(({ code, clusters }) => clusters.map((cluster) => tickOf(code, cluster))),
    locality: placed.map(({ code, locality }) => tickOf(code, locality ?? '')),
  };
}

/** Where a school counts. */
export function placeOf(school: ChoiceSchool, { places }: Counting): Pick<ChoiceSchool, 'clusters' | 'locality'> {
  return places.find((place) => place.school === school.code) ?? school;
}

/** The bands of a school that are left out. */
export function leftOutOf({ code }: ChoiceSchool, { leftOut }: Counting): string[] {
  return leftOut.find(({ school }) => school === code)?.bands ?? [];
}

/** What a form says, in the order of the schools; what it says as the opening did, it does not say. */
export function countingOf({ schools, clusters, localities }: CorrectionChoices, form: CorrectionForm): Counting {
  const ticked = (values: readonly string[], school: string, all: readonly { code: string }[]) =>
    all.map(({ code }) => code).filter((code) => values.includes(tickOf(school, code)));
  return {
    leftOut: schools.flatMap(({ code, bands }) => {
      const left = bands.map(({ id }) => id).filter((id) => form.left.includes(tickOf(code, id)));
      return left.length === 0 ? [] : [{ school: code, bands: left }];
    }),
    withdrawn: schools.map(({ code }) => code).filter((code) => form.withdrawn.includes(code)),
    places: schools.flatMap((school) => {
      const { code } = school;
      const own = ticked(form.cluster, code, clusters);
      const isAsked = localities.length > 0 && form.locality.some((value) => value.startsWith(tickOf(code, '')));
      const locality = isAsked ? (ticked(form.locality, code, localities)[0] ?? null) : school.locality;
      const isSame = locality === school.locality && isSameSet(own, school.clusters);
      return isSame ? [] : [{ school: code, clusters: own, locality }];
    }),
  };
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((code) => other.includes(code));
}

/** What is wrong with a form. @param before how the release counts that is to be corrected */
export function correctionFaults(
  choices: CorrectionChoices,
  form: CorrectionForm,
  before: Counting,
): CorrectionFault[] {
  const { schools } = choices;
  const faults: CorrectionFault[] = [];
  if (form.reason === '') faults.push('no-reason');
  if (form.reason.length > REASON_LENGTH) faults.push('long-reason');
  if (!isKnown(choices, form)) return [...faults, 'unknown'];
  const counting = countingOf(choices, form);
  if (changesOf(choices, before, counting).length === 0) faults.push('nothing-changed');
  if (schools.every((school) => leftOutOf(school, counting).length === school.bands.length)) faults.push('nobody-left');
  if (schools.some(({ code, agreed }) => !agreed && counting.withdrawn.includes(code)))
    faults.push('no-such-agreement');
  return faults;
}

function isKnown({ schools, clusters, localities }: CorrectionChoices, form: CorrectionForm): boolean {
  const ticks = (of: (school: ChoiceSchool) => readonly string[]) =>
    new Set(schools.flatMap((school) => of(school).map((one) => tickOf(school.code, one))));
  const known: [readonly string[], ReadonlySet<string>][] = [
    [form.left, ticks(({ bands }) => bands.map(({ id }) => id))],
    [form.withdrawn, new Set(schools.map(({ code }) => code))],
    [form.cluster, ticks(() => clusters.map(({ code }) => code))],
    [form.locality, ticks(() => ['', ...localities.map(({ code }) => code)])],
  ];
  return known.every(([values, all]) => values.every((value) => all.has(value)));
}

/** One thing that a correction changes of a school. */
export type Change =
  | { kind: 'left-out' | 'counted-again'; school: ChoiceSchool; bands: Band[] }
  | { kind: 'withdrawn' | 'agrees-again'; school: ChoiceSchool }
  | { kind: 'clusters'; school: ChoiceSchool; from: string[]; to: string[] }
  | { kind: 'locality'; school: ChoiceSchool; from: string | null; to: string | null };

/** What differs between two ways of counting, school by school; clusters and localities by their code. */
export function changesOf({ schools }: CorrectionChoices, before: Counting, after: Counting): Change[] {
  return schools.flatMap((school): Change[] => {
    const [left, leaves] = [leftOutOf(school, before), leftOutOf(school, after)];
    const [from, to] = [placeOf(school, before), placeOf(school, after)];
    const [was, is] = [before, after].map(({ withdrawn }) => withdrawn.includes(school.code));
    const added = school.bands.filter(({ id }) => leaves.includes(id) && !left.includes(id));
    const removed = school.bands.filter(({ id }) => left.includes(id) && !leaves.includes(id));
    const hasMoved = !isSameSet(from.clusters, to.clusters);
    return [
      ...(added.length > 0 ? [{ kind: 'left-out', school, bands: added } as const] : []),
      ...(removed.length > 0 ? [{ kind: 'counted-again', school, bands: removed } as const] : []),
      ...(was === is ? [] : [{ kind: is ? 'withdrawn' : 'agrees-again', school } as const]),
      ...(hasMoved ? [{ kind: 'clusters', school, from: from.clusters, to: to.clusters } as const] : []),
      ...(from.locality === to.locality
        ? []
        : [{ kind: 'locality', school, from: from.locality, to: to.locality } as const]),
    ];
  });
}
