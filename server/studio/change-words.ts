import { wordDifferences, type WordRun } from '../core/drafts/word-differences.ts';
import type { Comparability } from '../core/survey/comparability.ts';
import type { SurveyItem } from '../core/survey/definition.ts';
import { kindOf } from '../core/survey/kinds.ts';
import { textParts, wordsOf, type TextPart } from '../core/survey/translation.ts';
import type { ItemText } from '../core/survey/text.ts';
import { wordsOfPiece } from '../core/survey/validate.ts';
import type { Language } from '../web/language.ts';
import { apart, directionOf, itemView, languageName, type Written } from './words.ts';

/* What changed between two states of an item, in words. */

/** A piece of words before and after; empty where there was or is none. */
export interface ChangedPiece {
  label: string;
  /** What is gone is marked in the words before, what came in those after. */
  before: WordRun[];
  after: WordRun[];
}

export interface ChangedWords {
  language: string;
  lang: string;
  dir: Written['dir'];
  pieces: ChangedPiece[];
}

/** An item with its words in one language. */
export interface ReadItem {
  item: SurveyItem;
  text: ItemText;
}

/** What a declaration is called, and what it means for results. */
export interface ComparabilityWords {
  code: Comparability;
  name: string;
  meaning: string;
}

export function comparabilityWords({ words: { publishing } }: Language, code: Comparability): ComparabilityWords {
  return { code, name: publishing[`comparability-${code}`], meaning: publishing[`comparable-${code}`] };
}

export function partLabel(language: Language, part: TextPart): string {
  const { publishing, studio } = language.words;
  if (part === 'text') return studio.partQuestion;
  if (part === 'hint') return studio.partHint;
  if (part === 'low') return studio.partLow;
  if (part === 'high') return studio.partHigh;
  if (part === 'unit') return publishing.partUnit;
  if (part.startsWith('level.')) {
    const level = part.split('.')[1] as 'p5-p7' | 's1-s3' | 's4-s6' | 'adult';
    return language.say('publishing', part.endsWith('.hint') ? 'partLevelHint' : 'partLevel', {
      level: publishing[`readers-${level}`],
    });
  }
  return part.startsWith('row.') ? studio.partRow : studio.partOption;
}

/** The pieces that read differently in one language; undefined where none does. */
export function changedWords(
  language: Language,
  code: string,
  before: ReadItem,
  after: ReadItem,
): ChangedWords | undefined {
  const parts = new Set([...textParts(before.item, before.text), ...textParts(after.item, after.text)]);
  const pieces = [...parts]
    .map((part) => ({ part, old: wordsOf(before.text, part), now: wordsOf(after.text, part) }))
    .filter(({ old, now }) => old !== now)
    .map(({ part, old, now }): ChangedPiece => {
      const runs = wordDifferences(old, now, code);
      return {
        label: partLabel(language, part),
        before: runs.filter(({ state }) => state !== 'added'),
        after: runs.filter(({ state }) => state !== 'removed'),
      };
    });
  return pieces.length === 0 ? undefined : { language: languageName(code), lang: code, dir: directionOf(code), pieces };
}

/** What changed beside the words: how it is answered, and who is asked; each a sentence. */
export function structureChanges(language: Language, before: ReadItem, after: ReadItem): string[] {
  const say = (
    key: 'nowKind' | 'answersGone' | 'answersAdded' | 'rowsGone' | 'rowsAdded',
    values: Record<string, string>,
  ) => language.say('publishing', key, values);
  const view = ({ item, text }: ReadItem) => itemView(language, item, text, language.code);
  const [old, now] = [view(before), view(after)];
  const missing = (here: ReadItem, there: ReadItem, group: 'option.' | 'row.') =>
    piecesOf(here, group).filter((piece) => !piecesOf(there, group).includes(piece));
  const listed = (from: ReadItem, pieces: readonly string[]) =>
    apart(pieces.map((piece) => wordsOfPiece(from.text, piece as `row.${string}`)).join(' · '));
  const sentences = old.kind === now.kind ? [] : [say('nowKind', { before: old.kind, after: now.kind })];
  for (const [group, gone, added] of [
    ['option.', 'answersGone', 'answersAdded'],
    ['row.', 'rowsGone', 'rowsAdded'],
  ] as const) {
    const [less, more] = [missing(before, after, group), missing(after, before, group)];
    if (less.length > 0) sentences.push(say(gone, { words: listed(before, less) }));
    if (more.length > 0) sentences.push(say(added, { words: listed(after, more) }));
    if (less.length + more.length === 0 && piecesOf(before, group).join() !== piecesOf(after, group).join())
      sentences.push(language.words.publishing.orderChanged);
  }
  const own = (notes: readonly string[], others: readonly string[]) => notes.filter((note) => !others.includes(note));
  const rows = (notes: string[], { item, text }: ReadItem) =>
    piecesOf({ item, text }, 'row.').length > 0 ? notes.slice(1) : notes;
  const [oldNotes, newNotes] = [rows(old.notes, before), rows(now.notes, after)];
  return [
    ...sentences,
    ...own(oldNotes, newNotes).map((note) => language.say('publishing', 'noLonger', { note: apart(note) })),
    ...own(newNotes, oldNotes).map((note) => language.say('publishing', 'fromNow', { note: apart(note) })),
  ];
}

function piecesOf({ item }: ReadItem, group: 'option.' | 'row.'): string[] {
  return kindOf(item)
    .pieces(item)
    .filter((piece) => piece.startsWith(group));
}
