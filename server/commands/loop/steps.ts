import type { Role } from '../../core/roles.ts';
import type { Browser } from './browser.ts';

/* What the steps of the loop are to whoever watches. */

/** A step that went well. */
export interface Step {
  title: string;
  /** What was seen, in a few words. */
  seen: string;
  /** Where it was done, to look at it again. */
  address: string;
  /** Whose page that is; undefined where anybody may see it. */
  who: Role | undefined;
}

/** A step that did not. Its message says which, what was expected and what was found. */
export class StepFailed extends Error {}

/** What a step came to, what was seen and on which page. */
export interface Outcome<Value> {
  value: Value;
  seen: string;
  path: string;
}

export type TakeStep = <Value>(
  title: string,
  who: Role | undefined,
  take: () => Promise<Outcome<Value>>,
) => Promise<Value>;

/** One browser a role. */
export type People = Record<Role, Browser>;

/** What went wrong in a step, as one sentence. */
export function failed(title: string, error: unknown): StepFailed {
  const message = error instanceof Error ? error.message : String(error);
  const known = /\bexpected .*, found /s.test(message);
  return new StepFailed(`${title}: ${known ? message : `expected it to go through, found ${message}`}.`, {
    cause: error,
  });
}

/** Takes steps one after the other and tells of each that went well; the first that did not ends it. */
export function stepTaker(address: string, tell: (step: Step) => void): TakeStep {
  return async (title, who, take) => {
    try {
      const { value, seen, path } = await take();
      tell({ title, seen, address: `${address}${path}`, who });
      return value;
    } catch (error) {
      throw failed(title, error);
    }
  };
}
