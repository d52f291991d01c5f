/*
 * Codes: eight characters without look-alikes, the last a check. Seven free characters of 23 give
 * 3.4 thousand million codes; the check (weighted sum modulo the prime 23) catches every single wrong
 * character and every exchange of two, so that a slip of the finger is told apart from a guess.
 */
export const CODE_ALPHABET = 'ACDEFGHJKMNPQRTWXY34679';
export const CODE_LENGTH = 8;
/** Characters of a link in a letter: short enough to type, and nothing is lost if somebody guesses one. */
export const LINK_LENGTH = 8;

/** A code from random bytes. */
export function makeCode(randomByte: () => number): string {
  const code = randomCharacters(CODE_LENGTH - 1, randomByte);
  return code + checkCharacter(code);
}

/** What stands at the end of the address of an open survey, in small letters. */
export function makeLinkToken(randomByte: () => number): string {
  return randomCharacters(LINK_LENGTH, randomByte).toLowerCase();
}

/** Characters of the code alphabet from random bytes; bytes that would favour some characters are passed over. */
export function randomCharacters(count: number, randomByte: () => number): string {
  const size = CODE_ALPHABET.length;
  const fair = 256 - (256 % size);
  let characters = '';
  while (characters.length < count) {
    const byte = randomByte();
    if (byte < fair) characters += CODE_ALPHABET[byte % size];
  }
  return characters;
}

function checkCharacter(start: string): string {
  let sum = 0;
  for (let index = 0; index < start.length; index += 1) sum += (index + 1) * CODE_ALPHABET.indexOf(start[index]!);
  return CODE_ALPHABET[sum % CODE_ALPHABET.length]!;
}

/** As it stands on a slip: two groups of four. */
export function writeCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What somebody typed, as a code; or why it cannot be one. */
export type TypedCode = { code: string } | { fault: 'empty' | 'wrong-length' | 'wrong-character' | 'wrong-check' };

/** Reads a typed or pasted code: case, spaces and hyphens do not matter. */
export function readCode(typed: string): TypedCode {
  const code = typed.toUpperCase().replace(/[\s\u2010-\u2015\u200e\u200f_.-]/g, '');
  if (code === '') return { fault: 'empty' };
  if ([...code].some((character) => !CODE_ALPHABET.includes(character))) return { fault: 'wrong-character' };
  if (code.length !== CODE_LENGTH) return { fault: 'wrong-length' };
  const start = code.slice(0, -1);
  return checkCharacter(start) === code.at(-1) ? { code } : { fault: 'wrong-check' };
}

/** A short reference of a finished attempt for the thank-you page; the same attempt gives the same one. */
export function attemptReference(bytes: Uint8Array): string {
  const characters = [...bytes.slice(0, 6)].map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]);
  return `${characters.slice(0, 3).join('')}-${characters.slice(3).join('')}`;
}
