/** Something in the loop was not as it should be. Its message says what was expected and what was found. */
export class Trouble extends Error {
  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${found}`);
    this.name = 'Trouble';
  }
}

/** @throws Trouble unless it holds */
export function demand(holds: boolean, expected: string, found: string | number): asserts holds {
  if (!holds) throw new Trouble(expected, String(found));
}

/**
 * What is there.
 * @throws Trouble if nothing is
 */
export function the<Thing>(thing: Thing | undefined, expected: string): Thing {
  if (thing === undefined) throw new Trouble(expected, 'none');
  return thing;
}
