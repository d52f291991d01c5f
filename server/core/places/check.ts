import type { Stage } from '../survey/stage.ts';
import { FORMAT_NAMES, type FormatName, type PlaceRows, type Sector } from './formats.ts';
import type { ImportFault, Lined, Reading } from './read.ts';

/*
 * What no cell shows on its own: rows that contradict each other, another file, or what is stored.
 */

/** The files of one import, each read on its own; a file that was not given is missing. */
export type Readings = { [F in FormatName]?: Reading<F> };

/**
 * Faults between rows, files and what is stored; empty if the files can be imported.
 * @param today the civil date of the import: no roll can have been counted after it
 */
export function crossFaults(readings: Readings, stored: PlaceRows, today: string): ImportFault[] {
  // With a file of unknown columns every reference to it would look wrong.
  if (FORMAT_NAMES.some((format) => readings[format] && !readings[format].readable)) return [];
  return [
    ...codeFaults(readings.localities, stored.localities),
    ...codeFaults(readings.schools, stored.schools),
    ...codeFaults(readings.clusters, stored.clusters),
    ...schoolFaults(readings, stored),
    ...membershipFaults(readings, stored),
    ...rollFaults(readings, stored, today),
  ];
}

type Complaint = (found: { line: number }, column: string | null, value: string, expected: string) => ImportFault;

const complaintsOf =
  (file: string): Complaint =>
  ({ line }, column, value, expected) => ({ file, line, column, value, expected });

/** Codes that stand twice, or that differ from another only in capitals. */
function codeFaults(reading: Reading<'localities' | 'schools' | 'clusters'> | undefined, stored: { code: string }[]) {
  if (!reading) return [];
  const complain = complaintsOf(reading.file);
  const spelling = new Map(stored.map(({ code }) => [code.toLowerCase(), code]));
  const lines = new Map<string, number>();
  return reading.rows.flatMap((lined) => {
    const { code } = lined.row;
    const key = code.toLowerCase();
    const earlier = lines.get(key);
    const known = spelling.get(key);
    lines.set(key, lined.line);
    if (earlier !== undefined) {
      return [complain(lined, 'code', code, `each code once (it stands on line ${earlier} already)`)];
    }
    if (known !== undefined && known !== code) {
      return [complain(lined, 'code', code, `"${known}", as this code is stored, or another code`)];
    }
    return [];
  });
}

/** Codes that a file may name: stored ones and those of the import, faulty rows included. */
function codesOf(format: 'localities' | 'schools' | 'clusters', readings: Readings, stored: PlaceRows): Set<string> {
  const reading = readings[format];
  return new Set([
    ...stored[format].map(({ code }) => code),
    ...(reading?.rows ?? []).map(({ row }) => row.code),
    ...(reading?.faultyCodes ?? []),
  ]);
}

function schoolFaults(readings: Readings, stored: PlaceRows): ImportFault[] {
  const reading = readings.schools;
  if (!reading) return [];
  const complain = complaintsOf(reading.file);
  const localities = codesOf('localities', readings, stored);
  const before = new Map(stored.schools.map((school) => [school.code, school.sector]));
  return reading.rows.flatMap((lined) => {
    const { code, sector, locality } = lined.row;
    const faults: ImportFault[] = [];
    if (locality !== null && !localities.has(locality)) {
      faults.push(complain(lined, 'locality', locality, 'the code of a locality that is stored or in the same import'));
    }
    const known = before.get(code);
    if (known && known !== sector) {
      // Earlier waves show this school with its sector, so a new kind of school needs a new code.
      faults.push(complain(lined, 'sector', sector, `"${known}", as this school is stored, or a new code`));
    }
    return faults;
  });
}

/** The sector of each school; null where its row has a fault, so that nothing can be held against it. */
function sectorsOf(readings: Readings, stored: PlaceRows): Map<string, Sector | null> {
  return new Map<string, Sector | null>([
    ...(readings.schools?.faultyCodes ?? []).map((code) => [code, null] as const),
    ...(readings.schools?.rows ?? []).map(({ row }) => [row.code, row.sector] as const),
    ...stored.schools.map(({ code, sector }) => [code, sector] as const),
  ]);
}

const KNOWN_SCHOOL = 'the code of a school that is stored or in the same import';

function membershipFaults(readings: Readings, stored: PlaceRows): ImportFault[] {
  const reading = readings.memberships;
  if (!reading) return [];
  const complain = complaintsOf(reading.file);
  const clusters = codesOf('clusters', readings, stored);
  const sectors = sectorsOf(readings, stored);
  const faults = reading.rows.flatMap((lined) => {
    const { cluster, school, from, to } = lined.row;
    const found: ImportFault[] = [];
    if (!clusters.has(cluster)) {
      const expected = 'the code of a cluster that is stored or in the same import';
      found.push(complain(lined, 'cluster', cluster, expected));
    }
    if (!sectors.has(school)) found.push(complain(lined, 'school', school, KNOWN_SCHOOL));
    if (sectors.get(school) === 'special') {
      found.push(complain(lined, 'school', school, 'a primary or secondary school: special schools are in no cluster'));
    }
    if (to !== null && to < from) found.push(complain(lined, 'to', to, `a date not before "from" (${from})`));
    return found;
  });
  return [...faults, ...overlapFaults(reading, complain)];
}

/** A school is in a cluster once at a time; "to" is the last day. */
function overlapFaults(reading: Reading<'memberships'>, complain: Complaint): ImportFault[] {
  const pairs = Map.groupBy(reading.rows, ({ row }) => JSON.stringify([row.cluster, row.school]));
  return [...pairs.values()].flatMap((spells) => {
    const inTime = spells.toSorted((a, b) => (a.row.from < b.row.from ? -1 : 1));
    let longest = inTime[0]!;
    return inTime.slice(1).flatMap((lined) => {
      const earlier = longest;
      if (endOf(lined) > endOf(longest)) longest = lined;
      if (endOf(earlier) < lined.row.from) return [];
      const expected = `a date after the membership on line ${earlier.line} ends (${earlier.row.to ?? 'it has no end'})`;
      return [complain(lined, 'from', lined.row.from, expected)];
    });
  });
}

/** A membership without an end outlasts every date. */
const endOf = ({ row }: Lined<PlaceRows['memberships'][number]>) => row.to ?? '9999-12-31';

const STAGES_OF: Record<Sector, { fits(stage: Stage): boolean; expected: string }> = {
  primary: {
    fits: (stage) => stage.startsWith('P'),
    expected: 'a stage from P1 to P7, since this is a primary school',
  },
  secondary: {
    fits: (stage) => stage.startsWith('S'),
    expected: 'a stage from S1 to S6, since this is a secondary school',
  },
  special: { fits: () => true, expected: 'any stage' },
};

function rollFaults(readings: Readings, stored: PlaceRows, today: string): ImportFault[] {
  const reading = readings.rolls;
  if (!reading) return [];
  const complain = complaintsOf(reading.file);
  const sectors = sectorsOf(readings, stored);
  const lines = new Map<string, number>();
  return reading.rows.flatMap((lined) => {
    const { school, date, stage } = lined.row;
    const found: ImportFault[] = [];
    const sector = sectors.get(school);
    if (sector === undefined) found.push(complain(lined, 'school', school, KNOWN_SCHOOL));
    if (sector && !STAGES_OF[sector].fits(stage))
      found.push(complain(lined, 'stage', stage, STAGES_OF[sector].expected));
    if (date > today) found.push(complain(lined, 'date', date, `the day of the count, not after today (${today})`));
    const twin = lines.get(groupKey(lined));
    if (twin === undefined) lines.set(groupKey(lined), lined.line);
    else found.push(complain(lined, null, groupKey(lined), `each group once (it stands on line ${twin} already)`));
    return found;
  });
}

/** Everything but the number: two rows with the same group would count its pupils twice, or differently. */
function groupKey({ row }: Lined<PlaceRows['rolls'][number]>): string {
  return [row.school, row.date, row.stage, row.class, row.sex, row.quintile, row.asn]
    .map((cell) => cell ?? '')
    .join(',');
}
