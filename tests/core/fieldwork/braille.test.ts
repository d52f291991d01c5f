import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brailleAscii } from '../../../server/core/fieldwork/braille.ts';
import { CODE_ALPHABET, CODE_LENGTH, writeCode } from '../../../server/core/fieldwork/code.ts';

/** Reads braille ASCII as a finger does, cell by cell: the number sign holds until something ends it. */
function read(cells: string): string {
  let inNumber = false;
  let text = '';
  for (const cell of cells) {
    if (cell === '#') inNumber = true;
    else if (cell === ';') inNumber = false;
    else if (inNumber && /[A-J]/.test(cell)) text += String(('ABCDEFGHIJ'.indexOf(cell) + 1) % 10);
    else {
      inNumber = false;
      text += cell;
    }
  }
  return text;
}

const anyCode = fc
  .array(fc.constantFrom(...CODE_ALPHABET), { minLength: CODE_LENGTH, maxLength: CODE_LENGTH })
  .map((characters) => writeCode(characters.join('')));

describe('braille of a slip', () => {
  it('reads back as the number and the code that it was made from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99999 }), anyCode, (number, code) => {
        const line = `${number} ${code}`;
        expect(read(brailleAscii(line))).toBe(line);
      }),
    );
  });

  it.each([
    ['ACDE-FGHJ', 'ACDE-FGHJ'],
    ['12', '#AB'],
    ['10', '#AJ'],
    // One number sign for digits side by side, a new one after letters.
    ['34A6', '#CD;A#F'],
    // Only the letters that a digit could be mistaken for need their sign.
    ['3K', '#CK'],
    ['3J', '#C;J'],
    // A hyphen ends the number by itself.
    ['37-DA', '#CG-DA'],
    ['7 acd', '#G ACD'],
  ])('of %s is %s', (text, cells) => {
    expect(brailleAscii(text)).toBe(cells);
  });

  it('is refused for what it has no rule for', () => {
    for (const text of ['A.B', 'é', '٣']) expect(() => brailleAscii(text)).toThrow(/expected letters, digits/);
  });
});
