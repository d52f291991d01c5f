import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf } from '../phrases.ts';

/**
 * A family taken for granted: not everybody has a mum, a dad or two of them. A text that also names whoever looks after
 * somebody leaves nobody out, and so does an answer for those without; a list of people to choose from may name a mum.
 */
export function familyAssumed({ lists, text, rows, options }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  const family = anyOf(lists.family);
  const open = anyOf(lists.familyOpen);
  const isOpen = options.some(
    (option) => open.test(option) || /^other/.test(option) || anyOf(lists.denials).test(option),
  );
  if (isOpen) return 'kept';
  // Rows are people or things to be asked about one by one: a row for somebody else opens all of them.
  const rowsOpen = rows.some((row) => open.test(row));
  for (const asked of [text, ...(rowsOpen ? [] : rows)]) {
    const [found] = allFound(family, asked);
    if (found !== undefined && !open.test(asked))
      return { reason: { why: 'family-assumed', values: { words: found } } };
  }
  return optionsAssume(options, family);
}

/** Answers that only a mum and a dad fit. */
function optionsAssume(options: readonly string[], family: RegExp): Verdict {
  const naming = options.filter((option) => family.test(option));
  const others = options.length - naming.length;
  const [first] = naming;
  if (first === undefined || (others > 0 && !/\band\b/.test(first))) return 'kept';
  return { reason: { why: 'family-assumed', values: { words: first } } };
}
