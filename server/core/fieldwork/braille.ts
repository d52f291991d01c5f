/*
 * Uncontracted (Grade 1) Unified English Braille in braille ASCII, as embossers take it: one character stands for
 * one cell. Only what codes and slip numbers are made of. Letters carry no capital sign, since case does not matter
 * in a code. Sources: the rules of UEB, section 6 (numeric mode) and section 5 (grade 1 mode).
 */
const NUMBER_SIGN = '#';
/** Says that the letter after a digit is a letter: a to j have the same cells as the digits. */
const LETTER_SIGN = ';';
/** Cells of the digits 0 to 9. */
const DIGIT_CELLS = 'JABCDEFGHI';

/**
 * Writes a code or a number in braille ASCII.
 * @param text letters A to Z, digits, hyphens and spaces
 * @throws Error on any other character
 */
export function brailleAscii(text: string): string {
  let cells = '';
  let before = '';
  for (const character of text.toUpperCase()) {
    cells += cellsOf(character, isDigit(before));
    before = character;
  }
  return cells;
}

function cellsOf(character: string, afterDigit: boolean): string {
  if (isDigit(character)) return (afterDigit ? '' : NUMBER_SIGN) + DIGIT_CELLS[Number(character)]!;
  if (/^[A-Z]$/.test(character)) return afterDigit && character <= 'J' ? LETTER_SIGN + character : character;
  if (character === '-' || character === ' ') return character;
  throw new Error(
    `Braille of "${character}": expected letters, digits, hyphens or spaces. Write the text without this character.`,
  );
}

function isDigit(character: string): boolean {
  return /^[0-9]$/.test(character);
}
