import { CODE_ALPHABET, randomCharacters } from './code.ts';

/*
 * What opens a class. The link of a sheet is long enough that nobody guesses it, its PIN short enough to type: it is
 * tried a few times only. A join code is shorter than a code, so that a class can copy it from the board; it is good for
 * one lesson, and one opens no more than the places of its class. Its long form begins with it and cannot be guessed.
 */
export const JOIN_CODE_LENGTH = 6;
export const LONG_JOIN_CODE_LENGTH = 12;
export const CLASS_LINK_LENGTH = 10;
const PIN_LENGTH = 6;
/** Spaces, hyphens and invisible marks that come along when something is copied. */
const IGNORED = /[\s\u2010-\u2015\u200e\u200f\u2066-\u2069_.-]/g;

/** What stands at the end of the address of a sheet, in small letters. */
export function makeClassLink(randomByte: () => number): string {
  return randomCharacters(CLASS_LINK_LENGTH, randomByte).toLowerCase();
}

/** A typed link of a sheet as it is kept: case, spaces and hyphens do not matter. */
export function readClassLink(typed: string): string {
  return typed.toLowerCase().replace(IGNORED, '');
}

/** As it stands on a sheet: groups that are easy to copy. */
export function writeClassLink(link: string): string {
  return `${link.slice(0, 5)}-${link.slice(5)}`;
}

/** Six digits, each as likely as the others. @param below a whole number from 0 up to, not including, what it is given */
export function makePin(below: (limit: number) => number): string {
  return String(below(10 ** PIN_LENGTH)).padStart(PIN_LENGTH, '0');
}

const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A typed PIN: spaces and hyphens do not matter, nor which digits the keyboard writes. */
export function readPin(typed: string): string {
  return westernDigits(typed.replace(IGNORED, ''));
}

/** Whichever digits a keyboard writes, as those that we count with; anything else stays as it is. */
export function westernDigits(typed: string): string {
  return typed.replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** As it stands on a sheet. */
export function writePin(pin: string): string {
  return `${pin.slice(0, 3)} ${pin.slice(3)}`;
}

/**
 * The long join code that comes of a keyed hash of an opening: always the same, and nobody without the key can tell it.
 * Its beginning is the join code.
 */
export function longJoinCodeFrom(digest: Uint8Array): string {
  let next = 0;
  return randomCharacters(LONG_JOIN_CODE_LENGTH, () => {
    const byte = digest[next];
    // Of 256 bytes three are passed over: that 20 of 32 are does not happen.
    if (byte === undefined) throw new Error('A digest gave no twelve characters: expected at least 32 bytes.');
    next += 1;
    return byte;
  });
}

/** As it stands on the board: groups of three. */
export function writeJoinCode(code: string): string {
  return code.replace(/(...)(?=.)/g, '$1 ');
}

/** What somebody typed, as a join code, short or long; undefined if it cannot be one. */
export function readJoinCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(IGNORED, '');
  const hasLength = code.length === JOIN_CODE_LENGTH || code.length === LONG_JOIN_CODE_LENGTH;
  return hasLength && [...code].every((character) => CODE_ALPHABET.includes(character)) ? code : undefined;
}
