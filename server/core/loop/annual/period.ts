import { dateProblem, type FieldProblem } from '../fields.ts';
import { writeYear } from '../plan/quarters.ts';

/** Civil dates, both included. */
export interface Period {
  from: string;
  to: string;
}

export interface PeriodFault {
  field: keyof Period;
  problem: FieldProblem | 'before-start' | 'over-three-years';
}

/** A plan runs for three years, so no report is about more. */
const MOST_YEARS = 3;
/** Nothing that Heard reports on is older. */
const FIRST_DAY = '2000-01-01';

/** What keeps two dates from being a period. */
export function periodFaults({ from, to }: Period): PeriodFault[] {
  const found: [keyof Period, PeriodFault['problem'] | undefined][] = [
    ['from', dayProblem(from)],
    ['to', dayProblem(to)],
  ];
  const wrong = found.flatMap(([field, problem]) => (problem ? [{ field, problem }] : []));
  if (wrong.length > 0) return wrong;
  if (to <= from) return [{ field: 'to', problem: 'before-start' }];
  const latest = `${String(Number(from.slice(0, 4)) + MOST_YEARS).padStart(4, '0')}${from.slice(4)}`;
  return to >= latest ? [{ field: 'to', problem: 'over-three-years' }] : [];
}

/** A year with a slip in it ("0026") is no date that anybody means. */
function dayProblem(date: string): FieldProblem | undefined {
  return dateProblem(date) ?? (date < FIRST_DAY ? 'not-a-date' : undefined);
}

/** A year as councils and schools count it. */
export interface OfferedPeriod extends Period {
  kind: 'school-year' | 'financial-year';
  /** "2025/26" */
  year: string;
}

/** The years that are usual to report on: the last school and financial year that are over, and those that run. */
export function offeredPeriods(today: string): OfferedPeriod[] {
  return (['school-year', 'financial-year'] as const).flatMap((kind) => {
    const running = yearOn(kind, today);
    return [running - 1, running].map((year) => ({ kind, year: writeYear(year), ...BOUNDS[kind](year) }));
  });
}

/** School years in Scotland are counted from August, financial years from April. */
const BOUNDS: Record<OfferedPeriod['kind'], (year: number) => Period> = {
  'school-year': (year) => ({ from: `${year}-08-01`, to: `${year + 1}-07-31` }),
  'financial-year': (year) => ({ from: `${year}-04-01`, to: `${year + 1}-03-31` }),
};

function yearOn(kind: OfferedPeriod['kind'], date: string): number {
  const year = Number(date.slice(0, 4));
  return date >= BOUNDS[kind](year).from ? year : year - 1;
}

/** Whether a civil date, or the day of a time, lies in a period. */
export function isWithin(day: string, { from, to }: Period): boolean {
  const date = day.slice(0, 10);
  return date >= from && date <= to;
}
