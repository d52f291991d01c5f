/*
 * What people write about a finding, an action or a reply, and what makes it complete.
 * A fault names the field and what is wrong with it; its words are the page's business.
 */
export type FieldProblem = 'missing' | 'too-long' | 'not-a-date' | 'not-in-future';

export interface LoopFault<Field extends string = string> {
  field: Field;
  problem: FieldProblem;
}

/** Characters of something that is read at a glance: a title, a role. */
export const LINE_LENGTH = 120;
/** Characters of something that is read through: a reason, what was done. */
export const TEXT_LENGTH = 1000;

/** What is wrong with a text that has to be there; undefined when nothing is. */
export function textProblem(text: string, longest: number): FieldProblem | undefined {
  const length = text.trim().length;
  if (length === 0) return 'missing';
  return length > longest ? 'too-long' : undefined;
}

/** What is wrong with a civil date ("2026-06-01") that has to lie after today. */
export function futureDateProblem(date: string, today: string): FieldProblem | undefined {
  return dateProblem(date) ?? (date > today ? undefined : 'not-in-future');
}

/** What is wrong with a civil date that has to be there. */
export function dateProblem(date: string): FieldProblem | undefined {
  if (date.trim() === '') return 'missing';
  return isCivilDate(date) ? undefined : 'not-a-date';
}

/** Whether a text is a day that there is: 30 February is none. */
export function isCivilDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const time = Date.parse(`${date}T00:00:00Z`);
  // 30 February is read as 2 March: such a date does not come back as it was written.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** The faults among what was looked at, in the order of the fields. */
export function faultsAmong<Field extends string>(
  problems: readonly (readonly [Field, FieldProblem | undefined])[],
): LoopFault<Field>[] {
  return problems.flatMap(([field, problem]) => (problem ? [{ field, problem }] : []));
}
