import records from './expected_proportions.json' with { type: 'json' };

/* The reference figures of shares and differences, each with the tolerance that its source gives. */

export interface ProportionRecord {
  id: string;
  /** "x=20 n=80 N=100" for a share; p values for a list of them. */
  spec: string | number[];
  expected: Record<string, number | number[]>;
  tolerance: number;
}

const RECORDS: readonly ProportionRecord[] = records;

/** Records whose id begins like this. */
export function recordsOf(beginning: string): ProportionRecord[] {
  return RECORDS.filter(({ id }) => id.startsWith(beginning));
}

/** Reads "x=20 n=80 N=100"; NaN for what is not there. */
export function sizesOf({ spec }: ProportionRecord): { count: number; base: number; roll: number } {
  const found = /^x=(\d+) n=(\d+)(?: N=(\d+))?/.exec(String(spec));
  return { count: Number(found?.[1]), base: Number(found?.[2]), roll: Number(found?.[3]) };
}

/** An expected figure that is one number. */
export function numberOf({ id, expected }: ProportionRecord, name: string): number {
  const value = expected[name];
  if (typeof value !== 'number') throw new Error(`${id}: expected a number under ${name}, found ${String(value)}`);
  return value;
}

/** An expected figure that is a list. */
export function listOf({ id, expected }: ProportionRecord, name: string): number[] {
  const value = expected[name];
  if (!Array.isArray(value)) throw new Error(`${id}: expected a list under ${name}, found ${String(value)}`);
  return value;
}
