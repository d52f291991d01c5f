/*
 * How many share everything that stands beside their answers. The smallest such group is what whoever knows a person
 * well could narrow the answers down to.
 */

export interface SmallestGroup {
  /** How many share all columns in the smallest group; null where there is nobody. */
  size: number | null;
  /** How many groups there are, and how many people in all of them. */
  groups: number;
  people: number;
}

/**
 * The smallest group of rows that are alike in all their columns.
 * @param rows what stands beside each answer, and nothing else: no id, no answers
 */
export function smallestGroup(rows: readonly Readonly<Record<string, string | number | null>>[]): SmallestGroup {
  const sizes = new Map<string, number>();
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  let size: number | null = null;
  for (const alike of sizes.values()) if (size === null || alike < size) size = alike;
  return { size, groups: sizes.size, people: rows.length };
}
