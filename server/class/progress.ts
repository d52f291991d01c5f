import type { ClassProgress } from '../core/fieldwork/class-state.ts';
import { createClassCounts } from '../storage/class-counts.ts';
import { numbersOf, type ClassFacts } from '../web/class-facts.ts';
import type { Services } from '../web/services.ts';
import { signsOfLifeOf } from '../web/signs-of-life.ts';

/** Reads how far a class is: from counters, and from what this server has heard of devices. */
export function createProgress({ database, clock }: Services) {
  const counts = createClassCounts(database);
  const signs = signsOfLifeOf(database);
  return async ({ key, schoolClass }: ClassFacts): Promise<ClassProgress> => {
    const { started, finished, answering } = await counts.of(key.waveId, key.schoolId, schoolClass.parts);
    const { expected } = await numbersOf(database, key, schoolClass);
    const quiet = signs.countQuiet(answering, Date.parse(clock()));
    return { expected, started, finished, quiet };
  };
}

export type ReadProgress = ReturnType<typeof createProgress>;
