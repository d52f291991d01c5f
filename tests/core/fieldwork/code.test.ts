import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptReference,
  CODE_ALPHABET,
  CODE_LENGTH,
  LINK_LENGTH,
  makeCode,
  makeLinkToken,
  readCode,
  writeCode,
} from '../../../server/core/fieldwork/code.ts';

/** Any code, made as the server makes it but from the bytes of the test. */
const anyCode = fc.infiniteStream(fc.integer({ min: 0, max: 255 })).map((bytes) =>
  makeCode(() => {
    const next = bytes.next();
    return next.done ? 0 : next.value;
  }),
);
const character = fc.constantFrom(...CODE_ALPHABET);
const place = fc.integer({ min: 0, max: CODE_LENGTH - 1 });

describe('a code', () => {
  it('has eight characters without look-alikes and reads back as itself', () => {
    expect(CODE_ALPHABET).not.toMatch(/[0125BILOSUVZ8]/);
    expect(new Set(CODE_ALPHABET).size).toBe(CODE_ALPHABET.length);
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(code).toHaveLength(CODE_LENGTH);
        expect(readCode(code)).toEqual({ code });
        expect(readCode(writeCode(code))).toEqual({ code });
      }),
    );
  });

  it('with any one character wrong is told to be wrong', () => {
    fc.assert(
      fc.property(anyCode, place, character, (code, index, other) => {
        fc.pre(other !== code[index]);
        const wrong = code.slice(0, index) + other + code.slice(index + 1);
        expect(readCode(wrong)).toEqual({ fault: 'wrong-check' });
      }),
      { numRuns: 500 },
    );
  });

  it('with any two characters exchanged, side by side or not, is told to be wrong', () => {
    fc.assert(
      fc.property(anyCode, place, place, (code, one, other) => {
        fc.pre(code[one] !== code[other]);
        const letters = [...code];
        [letters[one], letters[other]] = [code[other]!, code[one]!];
        expect(readCode(letters.join(''))).toEqual({ fault: 'wrong-check' });
      }),
      { numRuns: 500 },
    );
  });

  it('is read however it was typed or pasted', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.array(fc.tuple(place, fc.constantFrom(' ', '-', '–', '‑', '.', '_', '\t', '\n', '\u00a0', '\u200f')), {
          maxLength: 6,
        }),
        fc.boolean(),
        (code, extras, small) => {
          const letters = small ? [...code.toLowerCase()] : [...code];
          for (const [index, extra] of extras) letters.splice(index, 0, extra);
          expect(readCode(letters.join(''))).toEqual({ code });
        },
      ),
    );
  });

  it.each([
    ['', 'empty'],
    [' - ', 'empty'],
    ['ACDE467', 'wrong-length'],
    ['ACDE46799', 'wrong-length'],
    ['ACDE467O', 'wrong-character'],
    ['ACDE46!9', 'wrong-character'],
    ['٣٤٦٧٩ACD', 'wrong-character'],
    ['ß', 'wrong-character'],
    ['ÄCDE4679', 'wrong-character'],
  ])('typed as "%s" is %s', (typed, fault) => {
    expect(readCode(typed)).toEqual({ fault });
  });

  it('favours no character: bytes at the uneven end are passed over', () => {
    const bytes = [253, 254, 255, 0, 1, 2, 3, 4, 5, 6];
    expect(makeCode(() => bytes.shift()!).slice(0, 7)).toBe(CODE_ALPHABET.slice(0, 7));
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 253; byte += 1) {
      const first = makeCode(() => byte)[0]!;
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    expect(new Set(counts.values())).toEqual(new Set([11]));
  });

  it('is written on the slip as two groups of four', () => {
    expect(writeCode('ACDE4679')).toBe('ACDE-4679');
  });
});

describe('the reference on the thank-you page', () => {
  it('is the same for the same attempt and looks like a reference', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
    expect(attemptReference(bytes)).toBe(attemptReference(bytes.slice()));
    expect(attemptReference(bytes)).toMatch(/^[A-Z0-9]{3}-[A-Z0-9]{3}$/);
    expect(attemptReference(bytes)).not.toBe(attemptReference(bytes.map((byte) => byte + 1)));
  });
});

describe('the end of a link', () => {
  it('is short, in small letters and without look-alikes', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (bytes) => {
        const token = makeLinkToken(() => bytes.next().value as number);
        expect(token).toHaveLength(LINK_LENGTH);
        expect([...token].every((character) => CODE_ALPHABET.toLowerCase().includes(character))).toBe(true);
      }),
    );
  });
});
