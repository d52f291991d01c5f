import { Value } from 'typebox/value';
import type { SurveyDefinition, SurveyItem } from './definition.ts';
import type { ItemText, SurveyText } from './text.ts';
import type { TextPiece } from './kinds/kind.ts';
import { kindOf } from './kinds.ts';
import { LONGEST, sameWords, tidy } from './proposal.ts';
import { definitionFaults, textFaults, wordsOfPiece } from './validate.ts';

/*
 * How a version of a survey follows from the one before: questions are added, with their words in every
 * language of the survey. What was there stays as it was, in its order.
 */

/** Structure and all words of a version. */
export interface VersionContent {
  definition: SurveyDefinition;
  texts: SurveyText[];
}

/** A question to add, the item that it comes after (null: none, it comes first) and its words by language. */
export interface Addition {
  question: SurveyItem;
  after: string | null;
  texts: Readonly<Record<string, ItemText>>;
}

/** Where a new question goes unless somebody decides otherwise: before the last item, which ends the survey well. */
export function usualPlace(definition: SurveyDefinition): string | null {
  return definition.items.at(-2)?.id ?? null;
}

/**
 * The content of the next version. Its words are drafted again, since nobody has reviewed the new ones.
 * @throws Error if an addition comes after an item that the survey does not have
 */
export function nextVersion(content: VersionContent, additions: readonly Addition[]): VersionContent {
  const { definition, texts } = content;
  const places = [null, ...definition.items.map((item) => item.id)];
  const lost = additions.find((addition) => !places.includes(addition.after));
  if (lost) throw new Error(`"${lost.question.id}" is to come after "${lost.after}", which the survey does not have.`);
  const comingAfter = (id: string | null) =>
    additions.filter((addition) => addition.after === id).map((addition) => addition.question);
  return {
    definition: {
      ...definition,
      items: [...comingAfter(null), ...definition.items.flatMap((item) => [item, ...comingAfter(item.id)])],
    },
    texts: texts.map((text) => {
      const added = additions.flatMap(({ question, texts: words }) => {
        const own = words[text.language];
        return own ? [[question.id, own] as const] : [];
      });
      return { ...text, status: 'drafted', items: { ...text.items, ...Object.fromEntries(added) } };
    }),
  };
}

/** Everything that keeps content from being published, words included; each fault names its place. */
export function contentFaults({ definition, texts }: VersionContent): string[] {
  const faults = definitionFaults(definition);
  for (const text of texts) {
    faults.push(...textFaults(definition, text).map((fault) => `text.${text.language}: ${fault}`));
  }
  return faults;
}

/** A piece of a question's words: the question itself, or whatever its kind needs beside it. */
export type TextPart = 'text' | TextPiece;

/** The pieces that a question needs in every language, in the order they are read. */
export function textParts(question: SurveyItem): TextPart[] {
  return ['text', ...kindOf(question).pieces(question)];
}

/** One piece of the words of a question; empty if it has none. */
export function wordsOf(text: ItemText, part: TextPart): string {
  return part === 'text' ? text.text : wordsOfPiece(text, part);
}

export type TranslationFaultCode = 'words-missing' | 'words-too-long' | 'option-twice';

/** What is wrong with the words of a question in one language, piece by piece. Empty when complete. */
export function translationFaults(
  question: SurveyItem,
  words: (part: TextPart) => string,
): { part: TextPart; code: TranslationFaultCode }[] {
  const faults: { part: TextPart; code: TranslationFaultCode }[] = [];
  // Two options must not read alike, nor two rows; an option may read like a row.
  const taken: { group: string; words: string }[] = [];
  for (const part of textParts(question)) {
    const given = tidy(words(part));
    const { group, longest } = limitsOf(part);
    const isTaken = taken.some((before) => before.group === group && sameWords(before.words, given));
    if (given === '') faults.push({ part, code: 'words-missing' });
    else if ([...given].length > longest) faults.push({ part, code: 'words-too-long' });
    else if (isTaken) faults.push({ part, code: 'option-twice' });
    if (group !== '' && given !== '') taken.push({ group, words: given });
  }
  return faults;
}

/** What a piece is one of, if it is one of several, and how long it may be. */
function limitsOf(part: TextPart): { group: string; longest: number } {
  if (part === 'text' || part === 'hint') return { group: '', longest: LONGEST.question };
  if (part === 'low' || part === 'high') return { group: '', longest: LONGEST.end };
  return { group: part.startsWith('row.') ? 'row' : 'option', longest: LONGEST.option };
}

/** The words of a question in one language, from pieces without faults. */
export function makeText(question: SurveyItem, words: (part: TextPart) => string): ItemText {
  const text: ItemText = { text: tidy(words('text')) };
  for (const piece of kindOf(question).pieces(question)) {
    const given = tidy(words(piece));
    const code = piece.slice(piece.indexOf('.') + 1);
    if (piece === 'hint' || piece === 'low' || piece === 'high') text[piece] = given;
    else if (piece.startsWith('row.')) text.rows = { ...text.rows, [code]: given };
    else text.options = { ...text.options, [code]: given };
  }
  return text;
}

/** Ids of items by what became of them. */
export interface Changes {
  added: string[];
  removed: string[];
  /** The same id, but another structure or other words in some language. */
  changed: string[];
  unchanged: string[];
}

/** What one version changed against another; places in the order do not count. */
export function changesBetween(before: VersionContent, after: VersionContent): Changes {
  const earlier = new Map(before.definition.items.map((item) => [item.id, item]));
  const changes: Changes = { added: [], removed: [], changed: [], unchanged: [] };
  for (const item of after.definition.items) {
    const old = earlier.get(item.id);
    earlier.delete(item.id);
    if (!old) changes.added.push(item.id);
    else if (Value.Equal(old, item) && Value.Equal(allWords(before, item.id), allWords(after, item.id))) {
      changes.unchanged.push(item.id);
    } else changes.changed.push(item.id);
  }
  changes.removed.push(...earlier.keys());
  return changes;
}

function allWords({ texts }: VersionContent, id: string): Record<string, ItemText | null> {
  return Object.fromEntries(texts.map((text) => [text.language, text.items[id] ?? null]));
}
