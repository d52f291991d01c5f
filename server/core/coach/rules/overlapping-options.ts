import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { overlap, rangeOf, type Range } from '../ranges.ts';

/** Two answers that one and the same person could choose, where only one may be. Equal answers overlap in any kind. */
export function overlappingOptions({ draft, options }: LookedAt): Verdict {
  const twice = options.find((option, at) => option !== '' && options.indexOf(option) < at);
  if (twice !== undefined) return { reason: { why: 'option-twice', values: { option: twice } } };
  if (draft.kind === 'tick-all' || draft.kind === 'ranking' || draft.kind === 'place-wheel') return 'kept';
  const ranges = inherited(options.map((option) => ({ option, range: rangeOf(option) })));
  for (const [at, one] of ranges.entries()) {
    const other = ranges.slice(at + 1).find((later) => overlap(one.range, later.range));
    if (other) return { reason: { why: 'overlapping-options', values: { one: one.option, other: other.option } } };
  }
  return 'kept';
}

interface Ranged {
  option: string;
  range: Range;
}

/** Ranges without a unit count what the others count: "1–2" beside "3 or more hours" are hours. */
function inherited(options: { option: string; range: Range | undefined }[]): Ranged[] {
  const ranged = options.filter((one): one is Ranged => one.range !== undefined);
  const usesHours =
    options.some(({ option }) => /\bh(?:ou)?rs?\b/.test(option)) && !options.some(({ option }) => /\bmin/.test(option));
  return ranged.map(({ option, range }) =>
    range.unit === '' && usesHours
      ? { option, range: { ...range, from: range.from * 60, to: range.to * 60, unit: 'minute' } }
      : { option, range },
  );
}
