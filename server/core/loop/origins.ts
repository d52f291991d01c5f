/*
 * Where a question of a survey comes from. Versions are never changed, so what stands behind a question is every
 * proposal that brought it, or changed it, up to the version that asked it.
 */

/** What a version did to one of its items. */
export interface ItemChange {
  /** The number of the version. */
  version: number;
  item: string;
  /** The item in whose place it came; null where it is none's. */
  replaces: string | null;
  /** Null where nobody in the studio proposed it. */
  proposalId: string | null;
}

/**
 * The proposals behind an item as a version asks it, the newest first, under whatever ids it had before.
 * @param upTo the number of that version: what came later is no part of it
 * @param changes of one survey, in any order; an id is never given to a second item
 */
export function proposalsBehind(item: string, upTo: number, changes: readonly ItemChange[]): string[] {
  const before = changes.filter(({ version }) => version <= upTo);
  const newestFirst = before.toSorted((one, other) => other.version - one.version);
  const found: string[] = [];
  let id = item;
  for (const change of newestFirst) {
    if (change.item !== id) continue;
    if (change.proposalId !== null) found.push(change.proposalId);
    id = change.replaces ?? id;
  }
  return found;
}

/**
 * A proposal with all that were merged into it, and into these, each once.
 * @param mergers which proposal went into which other one
 */
export function withMerged(proposalId: string, mergers: readonly { id: string; intoId: string }[]): string[] {
  const found = new Set([proposalId]);
  // A set grows while it is walked, and holds each but once, so that this ends whatever the rows say.
  for (const into of found) {
    for (const { id, intoId } of mergers) if (intoId === into) found.add(id);
  }
  return [...found];
}

/** Where a proposal went in the end: what it was merged into, and that into, else itself. */
export function endOf(proposalId: string, mergers: readonly { id: string; intoId: string }[]): string {
  const seen = new Set<string>();
  let here = proposalId;
  for (;;) {
    seen.add(here);
    const next = mergers.find(({ id }) => id === here)?.intoId;
    if (next === undefined || seen.has(next)) return here;
    here = next;
  }
}
