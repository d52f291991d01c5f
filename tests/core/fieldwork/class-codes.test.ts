import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JOIN_CODE_LENGTH,
  longJoinCodeFrom,
  makeClassLink,
  makePin,
  readClassLink,
  readJoinCode,
  readPin,
  westernDigits,
  writeClassLink,
  writeJoinCode,
  writePin,
} from '../../../server/core/fieldwork/class-codes.ts';
import { CODE_ALPHABET } from '../../../server/core/fieldwork/code.ts';

const bytes = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((all) => all.filter((byte) => byte < 253).length > 12);
const reader = (all: Uint8Array) => {
  let next = 0;
  return () => all[next++ % all.length]!;
};
/** What comes along when something is copied or typed in haste. */
const untidy = (text: string) =>
  fc
    .array(fc.constantFrom('', ' ', '-', '\u2013', '\u200e'), { minLength: text.length, maxLength: text.length })
    .map((between) => [...text].map((character, index) => between[index]! + character).join(''));

describe('what is written on a sheet or a board', () => {
  it('is read again however it is typed', () => {
    fc.assert(
      fc.property(
        bytes.chain((all) => {
          const link = makeClassLink(reader(all));
          return fc.tuple(fc.constant(link), untidy(writeClassLink(link).toUpperCase()));
        }),
        ([link, typed]) => {
          expect(readClassLink(typed)).toBe(link);
        },
      ),
    );
    fc.assert(
      fc.property(
        bytes.chain((all) =>
          fc.constantFrom(JOIN_CODE_LENGTH, undefined).chain((length) => {
            const code = longJoinCodeFrom(all).slice(0, length);
            return fc.tuple(fc.constant(code), untidy(writeJoinCode(code).toLowerCase()));
          }),
        ),
        ([code, typed]) => {
          expect(readJoinCode(typed)).toBe(code);
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.nat(999_999).chain((number) => {
          const pin = makePin(() => number);
          return fc.tuple(fc.constant(pin), untidy(writePin(pin)));
        }),
        ([pin, typed]) => {
          expect(pin).toMatch(/^\d{6}$/);
          expect(readPin(typed)).toBe(pin);
        },
      ),
    );
  });

  it('is in the characters of codes, so that nothing looks like something else', () => {
    fc.assert(
      fc.property(bytes, (all) => {
        const both = longJoinCodeFrom(all) + makeClassLink(reader(all)).toUpperCase();
        expect([...both].filter((character) => !CODE_ALPHABET.includes(character))).toEqual([]);
        expect(both).toHaveLength(22);
      }),
    );
  });

  it('is never a code of somebody: those have eight characters', () => {
    expect(readJoinCode('ACDE-4679')).toBeUndefined();
    expect(readJoinCode('ACDEF')).toBeUndefined();
    expect(readJoinCode('ACDEF0')).toBeUndefined();
    expect(readJoinCode('')).toBeUndefined();
  });
});

describe('digits of other keyboards', () => {
  it('count like ours, and what is no digit stays', () => {
    expect(westernDigits('٠١٢٣٤٥٦٧٨٩')).toBe('0123456789');
    expect(westernDigits('۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789');
    expect(westernDigits('-1.5 three')).toBe('-1.5 three');
  });
});
