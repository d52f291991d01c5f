import type { SurveyItem } from './definition.ts';
import type { TextPiece } from './kinds/kind.ts';
import { kindOf } from './kinds.ts';
import { LONGEST, sameWords, tidy } from './proposal.ts';
import { LEVELS, type Level } from './stage.ts';
import type { ItemText } from './text.ts';
import { wordsOfPiece } from './validate.ts';

/*
 * The words of an item, piece by piece, so that they can be written in another language: what its kind needs, and
 * whatever else the words it is translated from have.
 */

/** A piece of an item's words; the wording of a level stands for the item's own words there. */
export type TextPart = 'text' | TextPiece | 'unit' | `level.${Level}.${'text' | 'hint'}`;

/**
 * The pieces that an item needs in a language, in the order they are read.
 * @param source words in another language, whose further pieces are needed as well: help, a unit, wordings of levels
 */
export function textParts(item: SurveyItem, source: ItemText): TextPart[] {
  const needed = kindOf(item).pieces(item);
  const isFurther = (part: TextPart) => !needed.includes(part as TextPiece) && wordsOf(source, part) !== '';
  const ofLevels = LEVELS.flatMap((level): TextPart[] => [`level.${level}.text`, `level.${level}.hint`]);
  const further: TextPart[] = ['hint', ...ofLevels, 'unit'];
  return ['text', ...needed, ...further.filter(isFurther)];
}

/** One piece of the words of an item; empty if it has none. */
export function wordsOf(text: ItemText, part: TextPart): string {
  if (part === 'text') return text.text;
  if (part === 'unit') return text.unit ?? '';
  const level = levelPart(part);
  return level ? (text.levels?.[level.level]?.[level.piece] ?? '') : wordsOfPiece(text, part as TextPiece);
}

function levelPart(part: TextPart): { level: Level; piece: 'text' | 'hint' } | undefined {
  const [group, level, piece] = part.split('.');
  return group === 'level' ? { level: level as Level, piece: piece as 'text' | 'hint' } : undefined;
}

export type TranslationFaultCode = 'words-missing' | 'words-too-long' | 'option-twice';

/** What is wrong with the words of an item in one language, piece by piece. Empty when complete. */
export function translationFaults(
  parts: readonly TextPart[],
  words: (part: TextPart) => string,
): { part: TextPart; code: TranslationFaultCode }[] {
  const faults: { part: TextPart; code: TranslationFaultCode }[] = [];
  // Two options must not read alike, nor two rows; an option may read like a row.
  const taken: { group: string; words: string }[] = [];
  for (const part of parts) {
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

/** The body of a page to read is as long as a text may be. */
const LONGEST_HINT = 2000;

/** What a piece is one of, if it is one of several, and how long it may be. */
function limitsOf(part: TextPart): { group: string; longest: number } {
  if (part === 'hint' || part.endsWith('.hint')) return { group: '', longest: LONGEST_HINT };
  if (part === 'text' || part.startsWith('level.')) return { group: '', longest: LONGEST.question };
  if (part === 'low' || part === 'high' || part === 'unit') return { group: '', longest: LONGEST.end };
  return { group: part.startsWith('row.') ? 'row' : 'option', longest: LONGEST.option };
}

/** The words of an item in one language, from pieces without faults. */
export function makeText(parts: readonly TextPart[], words: (part: TextPart) => string): ItemText {
  const text: ItemText = { text: tidy(words('text')) };
  for (const part of parts) {
    const given = tidy(words(part));
    const code = part.slice(part.indexOf('.') + 1);
    const level = levelPart(part);
    if (part === 'hint' || part === 'low' || part === 'high' || part === 'unit') text[part] = given;
    else if (part.startsWith('row.')) text.rows = { ...text.rows, [code]: given };
    else if (part.startsWith('option.')) text.options = { ...text.options, [code]: given };
    else if (level) {
      const before = text.levels?.[level.level];
      text.levels = { ...text.levels, [level.level]: { ...before, [level.piece]: given } };
    }
  }
  return text;
}
