import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Call } from './call.ts';
import { scaleCalls } from './scale-calls.ts';
import { shareCalls } from './share-calls.ts';
import { unitCalls } from './unit-calls.ts';
import { weightCalls } from './weight-calls.ts';

/* Answers calls one by one; what cannot be answered says so in its place and stops no other. */

const CALLS = new Map<string, Call>(Object.entries({ ...shareCalls, ...weightCalls, ...scaleCalls, ...unitCalls }));

/** Names of all calls that are answered. */
export const CALL_NAMES = [...CALLS.keys()];

const Asked = Type.Object({ call: Type.String(), args: Type.Record(Type.String(), Type.Unknown()) });

/** Longest piece of what was found that is repeated in an error, in characters. */
const LONGEST_FOUND = 80;

/**
 * One answer for each call, in order.
 * @returns what the call gives, or `{ error }` with what was expected and found
 */
export async function answerCalls(asked: readonly unknown[]): Promise<object[]> {
  const answers: object[] = [];
  for (const one of asked) {
    answers.push(await answerOne(one).catch((error: unknown) => ({ error: messageOf(error) })));
  }
  return answers;
}

async function answerOne(asked: unknown): Promise<object> {
  if (!Value.Check(Asked, asked)) throw new RangeError(shapeFault('a call', Asked, asked));
  const known = CALLS.get(asked.call);
  if (!known) {
    throw new RangeError(`expected a call among ${CALL_NAMES.join(', ')}, found "${shortened(asked.call)}"`);
  }
  const args = givenArguments(asked);
  if (!Value.Check(known.args, args)) throw new RangeError(shapeFault(`${asked.call}: args`, known.args, args));
  return known.answer(args);
}

/** An argument that is null was not given. */
function givenArguments({ args }: Static<typeof Asked>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
}

/** The first thing wrong with a shape, in one sentence. */
function shapeFault(what: string, shape: TSchema, found: unknown): string {
  // What is said of a name that nobody knows comes twice, the first time without a word of what is wrong.
  const fault = Value.Errors(shape, found).find(({ message }) => message !== 'schema is false');
  if (!fault) return `expected ${what} of another shape, found ${inShort(found)}`;
  const steps = fault.instancePath.split('/').slice(1);
  const place = steps.reduce<unknown>((inside, step) => (inside as Record<string, unknown>)[step], found);
  const wanted = fault.message.replace(/^must not /, 'not to ').replace(/^must /, 'to ');
  return `expected ${[what, ...steps].join('.')} ${wanted}, found ${inShort(place)}`;
}

function inShort(found: unknown): string {
  return found === undefined ? 'nothing' : shortened(JSON.stringify(found));
}

function shortened(text: string): string {
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
