/*
 * The languages of an XLSForm stand in its headings, as "label::English (en)", "label::en" or "label::English".
 */

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const CODE = /^[a-z]{2,3}$/;
const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Two-letter codes by the names of their languages, in English and in themselves, in small letters. */
const codesByName = new Map<string, string>(
  LETTERS.flatMap((one) => LETTERS.map((other) => one + other)).flatMap((code) => {
    const name = english.of(code);
    if (name === undefined) return [];
    const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
    return [name, ...(own === undefined ? [] : [own])].map((each) => [each.toLowerCase(), code] as [string, string]);
  }),
);

/** The code of a language as a sheet names it; undefined where nobody could know. */
export function languageCode(name: string): string | undefined {
  const inBrackets = /\(([a-z]{2,3})(?:[-_][a-z0-9]+)*\)$/i.exec(name.trim())?.[1]?.toLowerCase();
  if (inBrackets !== undefined) return inBrackets;
  const plain = name.trim().toLowerCase();
  return CODE.test(plain) ? plain : codesByName.get(plain);
}

/** The name of a language as XLSForm writes it: "English (en)". */
export function languageName(code: string): string {
  return `${english.of(code) ?? code} (${code})`;
}
