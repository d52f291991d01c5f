import { canonical } from '../canonical.ts';
import type { SurveyItem } from './definition.ts';
import type { ItemText, SurveyText } from './text.ts';

/*
 * Whether answers to a question of one version may stand beside answers to the same question of the version before.
 * Change is measured by not changing the measure: what was not touched is the same by itself; another wording is
 * what somebody says it is; other answers, or other people who are asked, make another question.
 */

/** In the order from best to worst. */
export const COMPARABILITIES = ['same', 'reworded', 'new'] as const;
export type Comparability = (typeof COMPARABILITIES)[number];

/** What may be declared of a change: of other words anything, of another shape only that it is another question. */
export const DECLARABLE = {
  words: COMPARABILITIES,
  shape: ['new'],
} as const satisfies Record<'words' | 'shape', readonly Comparability[]>;

/** How far an item changed: not at all, in what people read or see, or in what is asked of whom. */
export type ItemChange = 'none' | 'words' | 'shape';

/** A chain is as good as its worst link; without links nothing came between. */
export function worstOf(links: Iterable<Comparability>): Comparability {
  let worst = 0;
  for (const link of links) worst = Math.max(worst, COMPARABILITIES.indexOf(link));
  return COMPARABILITIES[worst]!;
}

/**
 * What is asked of whom and what can be answered. Tags only sort an item and symbols only show it; rows are answered
 * one by one, so a row more or less leaves the others what they were.
 */
export function shapeOf(item: SurveyItem): string {
  return canonical(item, ['tags', 'symbol', 'rows', 'themes']);
}

/** An item with its words by language. */
export interface WordedItem {
  item: SurveyItem;
  words: Readonly<Record<string, ItemText | null>>;
}

/** How far an item changed, in the languages that both have: one more language changes nothing for those who read another. */
export function changeOf(before: WordedItem, after: WordedItem): ItemChange {
  if (shapeOf(before.item) !== shapeOf(after.item)) return 'shape';
  const isAlike = canonical(before.item, ['tags']) === canonical(after.item, ['tags']);
  const languages = Object.keys(before.words).filter((language) => Object.hasOwn(after.words, language));
  const readsAlike = languages.every((code) => canonical(before.words[code]) === canonical(after.words[code]));
  return isAlike && readsAlike ? 'none' : 'words';
}

/** The words of one item in every language; null where a language has none. */
export function wordsOfItem(texts: readonly SurveyText[], id: string): Record<string, ItemText | null> {
  return Object.fromEntries(texts.map((text) => [text.language, text.items[id] ?? null]));
}
