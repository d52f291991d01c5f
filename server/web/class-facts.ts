import { stagesOf, type SchoolClass } from '../core/fieldwork/class-list.ts';
import { expectedOf } from '../core/fieldwork/class-numbers.ts';
import type { Stage } from '../core/survey/stage.ts';
import { createOptOuts, type StoredOptOut } from '../storage/class-opt-outs.ts';
import { createClassRolls } from '../storage/class-rolls.ts';
import type { ClassKey } from '../storage/class-sheets.ts';
import { createClassSpares } from '../storage/class-spares.ts';
import type { Database } from '../storage/database.ts';
import { createWaves, type Wave, type WaveSchool } from '../storage/waves.ts';

/** A class as its teacher and its pupils meet it. */
export interface ClassFacts {
  key: ClassKey;
  wave: Wave;
  school: WaveSchool;
  schoolClass: SchoolClass<Stage>;
  stages: readonly Stage[];
  optOuts: readonly StoredOptOut[];
  /** The roll less the opt-outs. */
  expected: number;
  /** How many may answer beyond those expected. */
  spares: number;
}

/** A class of a wave that is open; undefined for any other. */
export async function readClass(database: Database, key: ClassKey): Promise<ClassFacts | undefined> {
  const waves = createWaves(database);
  const wave = await waves.find(key.waveId);
  if (wave?.state !== 'open') return undefined;
  const school = await waves.school(wave.id, key.schoolId);
  const asked = wave.bands.flatMap((band) => band.stages);
  const classes = await createClassRolls(database).ofSchool(wave.id, key.schoolId, asked);
  const schoolClass = classes.find(({ name }) => name === key.className);
  if (!school || !schoolClass) return undefined;
  return {
    key,
    wave,
    school,
    schoolClass,
    stages: stagesOf(schoolClass),
    ...(await numbersOf(database, key, schoolClass)),
  };
}

/** What may change of a class while it answers. */
export async function numbersOf(
  database: Database,
  key: ClassKey,
  { parts }: SchoolClass,
): Promise<Pick<ClassFacts, 'optOuts' | 'expected' | 'spares'>> {
  const optOuts = await createOptOuts(database).ofSchool(key.waveId, key.schoolId);
  const spares = await createClassSpares(database).count(key);
  return { optOuts, expected: expectedOf(parts, optOuts), spares };
}

/**
 * What the record says of whatever is done with a class: its wave and school. The record is kept for good, with the exact
 * time; which class it was, and how many do not take part, is forgotten at the close.
 */
export function recordedSchool({ wave, school }: Pick<ClassFacts, 'wave' | 'school'>): string {
  return `${wave.id} ${school.code}`;
}
