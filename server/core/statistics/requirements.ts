/*
 * What the statistics ask of what they are given. Every refusal is a RangeError that says what was
 * expected, what was found and what to do; nothing is computed from figures that cannot be right.
 */

/** Confidence of the intervals shown to people. Funnels ask for 0.998 besides. */
export const DEFAULT_LEVEL = 0.95;

/** @throws RangeError with the message, when it does not hold. */
export function requireThat(holds: boolean, message: string): asserts holds {
  if (!holds) throw new RangeError(message);
}

/** @throws RangeError unless the level lies strictly between 0 and 1. */
export function requireLevel(what: string, level: number): void {
  requireThat(
    level > 0 && level < 1,
    `${what}: expected a level strictly between 0 and 1, found ${level}. Write 95% as 0.95.`,
  );
}

/** @throws RangeError unless the share lies from 0 to 1. */
export function requireProportion(what: string, share: number): void {
  requireThat(
    share >= 0 && share <= 1,
    `${what}: expected a share from 0 to 1, found ${share}. Give a proportion, not a percentage.`,
  );
}

/** @throws RangeError unless the base is a whole number of 1 or more. */
export function requireBase(what: string, base: number): void {
  requireThat(
    Number.isSafeInteger(base) && base >= 1,
    `${what}: expected a base that is a whole number of 1 or more, found ${base}. Hide a row that has no base.`,
  );
}

/** @throws RangeError unless the base is one, and the count a whole number from 0 to it. */
export function requireCount(what: string, count: number, base: number): void {
  requireBase(what, base);
  requireThat(
    Number.isSafeInteger(count) && count >= 0 && count <= base,
    `${what}: expected a count that is a whole number from 0 to the base of ${base}, found ${count}. ` +
      'Hide a row whose protected count has left its base.',
  );
}

/** @throws RangeError unless every number is finite. */
export function requireFinite(what: string, numbers: readonly number[]): void {
  const found = numbers.find((number) => !Number.isFinite(number));
  requireThat(found === undefined, `${what}: expected finite numbers, found ${found}. Leave out whoever has no value.`);
}

/** @throws RangeError unless a list has as many entries as there are rows. */
export function requireLength(what: string, list: readonly unknown[], rows: number): void {
  requireThat(
    list.length === rows,
    `${what}: expected one entry for each of ${rows} rows, found ${list.length}. Give lists of one length.`,
  );
}
