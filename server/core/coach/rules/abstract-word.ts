import type { Verdict } from '../draft.ts';
import type { LookedAt } from '../looked-at.ts';
import { allFound, anyOf } from '../phrases.ts';

/** A word that stands for an idea and that readers of the level take in different ways, unless the text explains it. */
export function abstractWord({ draft, lists, text, rows }: LookedAt): Verdict {
  if (!lists) return 'not-judged';
  const found = abstractWordsIn([text, ...rows], lists.abstract[draft.level]).filter(
    (word) => !isExplained(text, word, lists.explains),
  );
  const [word] = found;
  return word === undefined ? 'kept' : { reason: { why: 'abstract-word', values: { word } } };
}

/** The words of a list that stand in some texts. */
export function abstractWordsIn(texts: readonly string[], list: readonly string[]): string[] {
  const pattern = anyOf(list);
  return texts.flatMap((one) => allFound(pattern, one));
}

/** The text says what the word is about: "wellbeing (how you feel)", "wellbeing means …", "wellbeing, for example …". */
function isExplained(text: string, word: string, explains: readonly string[]): boolean {
  const after = text.slice(text.indexOf(word) + word.length);
  if (/^\s*[(:–—]/u.test(after)) return true;
  return new RegExp(`^["']?,? ?(?:we |which )?${anyOf(explains).source}`, 'u').test(after);
}
