import type { Flag } from './flag.ts';
import {
  CLASS_STARTS,
  GIVEN_NAMES,
  LINKING_WORDS,
  NAMES_THAT_ARE_WORDS,
  NAMING_WORDS,
  PERSON_WORDS,
  SOCIAL_WORDS,
  STREET_ENDS,
  STREET_STARTS,
  TITLES,
} from './name-words.ts';
import { wordsOf, type Word } from './words.ts';

/** What the words themselves and the words before them tell: persons, accounts, streets and classes. */
export function nameFlags(text: string): Flag[] {
  const words = wordsOf(text);
  const flags: Flag[] = [];
  const flag = (word: Word, kind: Flag['kind']) => flags.push({ start: word.start, end: word.end, kind });
  const named = new Set<number>();
  words.forEach((word, index) => {
    if (isName(words, index) || followsName(words, index, named)) {
      named.add(index);
      flag(word, 'name');
    }
    const before = words[index - 1];
    if (!before) return;
    if (has(STREET_ENDS, word) && !before.common && !word.first) flags.push(over(before, word, 'address'));
    if (word.first) return;
    if (has(STREET_STARTS, before) && !word.common) flags.push(over(before, word, 'address'));
    if (has(CLASS_STARTS, before) && !word.common) flags.push(over(before, word, 'class'));
    if (isAccount(words, index)) flag(word, 'web');
  });
  return flags;
}

const over = (from: Word, to: Word, kind: Flag['kind']): Flag => ({ start: from.start, end: to.end, kind });

function isName(words: readonly Word[], index: number): boolean {
  const word = words[index]!;
  if (has(GIVEN_NAMES, word)) return true;
  if (word.capital && !word.first && (!word.common || has(NAMES_THAT_ARE_WORDS, word))) return true;
  return isIntroduced(words, index);
}

/** Whether the words before say that somebody is named: a title, "called", "my teacher", "her name is". */
function isIntroduced(words: readonly Word[], index: number): boolean {
  const word = words[index]!;
  // "Mr." ends no sentence.
  if (has(TITLES, words[index - 1])) return true;
  if (word.first) return false;
  const mayBeName = !word.common || word.capital || has(NAMES_THAT_ARE_WORDS, word);
  if (!mayBeName || has(LINKING_WORDS, word) || has(NAMING_WORDS, word)) return false;
  const before = lastThatSays(words, index);
  if (has(NAMING_WORDS, before)) return true;
  return before === words[index - 1] && has(PERSON_WORDS, before);
}

/** The word before that is more than "is" or "her": of the same sentence. */
function lastThatSays(words: readonly Word[], index: number): Word | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const word = words[at]!;
    if (words[at + 1]!.first) return undefined;
    if (!has(LINKING_WORDS, word)) return word;
  }
  return undefined;
}

/** Whether a word follows a name as a family name does. */
function followsName(words: readonly Word[], index: number, named: ReadonlySet<number>): boolean {
  const word = words[index]!;
  return word.capital && !word.first && named.has(index - 1) && word.parts[0] !== 'i' && !has(LINKING_WORDS, word);
}

/** Whether a word may be the name of an account: "my insta is …". */
function isAccount(words: readonly Word[], index: number): boolean {
  const word = words[index]!;
  return !word.common && !has(LINKING_WORDS, word) && has(SOCIAL_WORDS, lastThatSays(words, index));
}

/** Letters that Arabic writes together with the word after them: and, with, for, so, like, and "the". */
const JOINED = /^(?:[وبلفك]|ال|وال|بال|لل)(?=.{3})/u;

function has(list: ReadonlySet<string>, word: Word | undefined): boolean {
  if (!word) return false;
  if (list.has(word.key) || word.parts.some((part) => list.has(part))) return true;
  return JOINED.test(word.key) && list.has(word.key.replace(JOINED, ''));
}
