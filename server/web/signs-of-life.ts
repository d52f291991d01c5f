import type { Database } from '../storage/database.ts';

/** How long a device may be silent before it counts as gone quiet. */
export const QUIET_MILLISECONDS = 120_000;

/**
 * When the device of each draft was heard of last. In memory only: that a device has gone quiet helps the teacher in
 * the room, and nobody else is to know when anybody answered.
 */
export interface SignsOfLife {
  /** @param at milliseconds */
  heardOf(codeHmac: string, at: number): void;
  /** How many of these drafts have not been heard of for two minutes, or not since the server started. */
  countQuiet(codeHmacs: readonly string[], now: number): number;
}

/** Everybody who answers at once in a large authority; whoever falls out counts as quiet until heard of again. */
const MOST_REMEMBERED = 50_000;

const byDatabase = new WeakMap<Database, SignsOfLife>();

/** The signs of life of a server's drafts: the same for all who ask. */
export function signsOfLifeOf(database: Database): SignsOfLife {
  const known = byDatabase.get(database);
  if (known) return known;
  const signs = createSignsOfLife();
  byDatabase.set(database, signs);
  return signs;
}

function createSignsOfLife(): SignsOfLife {
  const last = new Map<string, number>();
  return {
    heardOf(codeHmac, at) {
      // Put in anew, so that the first of the map is the one that has been silent longest.
      last.delete(codeHmac);
      if (last.size >= MOST_REMEMBERED) last.delete(last.keys().next().value!);
      last.set(codeHmac, at);
    },
    countQuiet: (codeHmacs, now) =>
      codeHmacs.filter((codeHmac) => now - (last.get(codeHmac) ?? -Infinity) > QUIET_MILLISECONDS).length,
  };
}
