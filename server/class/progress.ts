import type { ClassProgress, ClassToday } from '../core/fieldwork/class-state.ts';
import { schoolDate } from '../core/fieldwork/school-days.ts';
import { createClassAttendances, type DayOfClass } from '../storage/class-attendance.ts';
import { createClassCounts } from '../storage/class-counts.ts';
import { numbersOf, type ClassFacts } from '../web/class-facts.ts';
import type { Services } from '../web/services.ts';
import { signsOfLifeOf } from '../web/signs-of-life.ts';

/** Reads how far a class is: from counters, and from what this server has heard of devices. */
export function createProgress({ database, clock }: Services) {
  const counts = createClassCounts(database);
  const attendances = createClassAttendances(database);
  const signs = signsOfLifeOf(database);
  return async ({ key, schoolClass }: ClassFacts): Promise<ClassProgress> => {
    const { started, finished, answering } = await counts.of(key.waveId, key.schoolId, schoolClass.parts);
    const { expected } = await numbersOf(database, key, schoolClass);
    const quiet = signs.countQuiet(answering, Date.parse(clock()));
    return { expected, started, finished, quiet, today: todayOf(await attendances.find(key, schoolDate(clock()))) };
  };
}

function todayOf(day: DayOfClass | undefined): ClassToday | null {
  return day?.here ? { here: day.here, startedBefore: day.startedBefore } : null;
}

export type ReadProgress = ReturnType<typeof createProgress>;
