import { parseArgs } from 'node:util';
import { MUTATIONS, type Mutation } from './mutation.ts';

const USAGE = `npm run bench:release -- [--demonstration] [--mutate ${MUTATIONS.join('|')}] [--json]
--demonstration  makes the P5–P7 part of the demonstration's newest wave safe, not the made-up eight clusters
--mutate         plants a mistake in the eight clusters, which the attack must name
--json           one JSON object on standard output, all else on standard error`;

export interface Options {
  demonstration: boolean;
  mutation: Mutation | null;
  json: boolean;
}

/** @throws Error with the usage */
export function readOptions(given: string[]): Options {
  try {
    const { values } = parseArgs({
      args: given,
      options: { demonstration: { type: 'boolean' }, mutate: { type: 'string' }, json: { type: 'boolean' } },
    });
    const { demonstration = false, json = false, mutate } = values;
    const mutation = MUTATIONS.find((candidate) => candidate === mutate) ?? null;
    if (mutate !== undefined && !mutation)
      throw new Error(`--mutate: expected ${MUTATIONS.join(', ')}, found ${mutate || 'nothing'}.`);
    if (mutation && demonstration)
      throw new Error('--mutate: expected the eight clusters, found --demonstration. Leave out one of them.');
    return { demonstration, mutation, json };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}
