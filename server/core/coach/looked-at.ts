import type { DraftQuestion } from './draft.ts';
import { LIMITS, type LevelLimits } from './limits.ts';
import { listsOf, type WordLists } from './lists.ts';
import { onlyOneOf } from './phrases.ts';
import { askingPart, plain } from './read-text.ts';

/** A draft as the rules look at it: its texts made plain once, its opt-outs put aside. */
export interface LookedAt {
  draft: DraftQuestion;
  limits: LevelLimits;
  /** Undefined where the coach has no words of the language. */
  lists: WordLists | undefined;
  isEnglish: boolean;
  /** The whole text. */
  text: string;
  /** The part of the text that asks. */
  asking: string;
  rows: string[];
  /** The options beside the opt-outs; an option without words is an empty text. */
  options: string[];
  /** What asks or is asked about: the asking part and every row, each on its own. */
  askedTexts: string[];
}

/** Makes a draft ready for the rules. */
export function lookAt(draft: DraftQuestion): LookedAt {
  const lists = listsOf(draft.language);
  const text = plain(draft.text);
  const asking = askingPart(text);
  const rows = draft.rows.map(plain);
  return {
    draft,
    limits: LIMITS[draft.level],
    lists,
    isEnglish: /^en(-|$)/i.test(draft.language),
    text,
    asking,
    rows,
    options: withoutOptOuts(draft.options.map(plain), lists),
    askedTexts: [asking, ...rows].filter((one) => one !== ''),
  };
}

function withoutOptOuts(options: string[], lists: WordLists | undefined): string[] {
  if (!lists) return options;
  const optOut = onlyOneOf(lists.optOuts);
  return options.filter((option) => !optOut.test(option));
}
