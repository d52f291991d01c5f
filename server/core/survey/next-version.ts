import { Value } from 'typebox/value';
import type { ItemText, Question, SurveyDefinition, SurveyText } from './definition.ts';
import { LONGEST, sameWords, tidy } from './proposal.ts';
import { definitionFaults, textFaults } from './validate.ts';

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
  question: Question;
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

/** A piece of a question's words: the question itself, an option by its code, an end of a ladder. */
export type TextPart = 'text' | 'low' | 'high' | `option.${string}`;

/** The pieces that a question needs in every language, in the order they are read. */
export function textParts(question: Question): TextPart[] {
  if (question.kind === 'ladder') return ['text', 'low', 'high'];
  if (question.kind === 'short-text') return ['text'];
  return ['text', ...question.options.map((option) => `option.${option.code}` as const)];
}

/** One piece of the words of a question; empty if it has none. */
export function wordsOf(text: ItemText, part: TextPart): string {
  if (part === 'text' || part === 'low' || part === 'high') return text[part] ?? '';
  return text.options?.[part.slice('option.'.length)] ?? '';
}

export type TranslationFaultCode = 'words-missing' | 'words-too-long' | 'option-twice';

/** What is wrong with the words of a question in one language, piece by piece. Empty when complete. */
export function translationFaults(
  question: Question,
  words: (part: TextPart) => string,
): { part: TextPart; code: TranslationFaultCode }[] {
  const faults: { part: TextPart; code: TranslationFaultCode }[] = [];
  const options: string[] = [];
  for (const part of textParts(question)) {
    const given = tidy(words(part));
    const isOption = part.startsWith('option.');
    const most = part === 'text' ? LONGEST.question : isOption ? LONGEST.option : LONGEST.end;
    if (given === '') faults.push({ part, code: 'words-missing' });
    else if ([...given].length > most) faults.push({ part, code: 'words-too-long' });
    else if (isOption && options.some((option) => sameWords(option, given)))
      faults.push({ part, code: 'option-twice' });
    if (isOption && given !== '') options.push(given);
  }
  return faults;
}

/** The words of a question in one language, from pieces without faults. */
export function makeText(question: Question, words: (part: TextPart) => string): ItemText {
  const text: ItemText = { text: tidy(words('text')) };
  if (question.kind === 'ladder') return { ...text, low: tidy(words('low')), high: tidy(words('high')) };
  if (question.kind === 'short-text') return text;
  const options = question.options.map(({ code }) => [code, tidy(words(`option.${code}`))] as const);
  return { ...text, options: Object.fromEntries(options) };
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
