import type { Flag, FlagKind } from './flag.ts';
import { keyOf } from './keys.ts';

/*
 * What can be told by its shape alone. JavaScript's \b knows Latin letters only, so ends of words are spelled out.
 */
const BEFORE = '(?<![\\p{L}\\p{M}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{M}\\p{N}])';
const MAILBOX = '(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]+';
const MONTH = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|يناير|فبراير|مارس|[أا]بريل|مايو|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر)`;
const DAY = '\\p{Nd}{1,2}(?:st|nd|rd|th)?';
const BIRTH = '(?:birthday|birth|born|b-?day|d\\.?o\\.?b\\.?|عيد ميلاد\\p{L}*|مولود\\p{L}*|ولدت)';
const STREET_END =
  '(?:street|st|road|rd|avenue|ave|lane|crescent|cres|terrace|drive|wynd|brae|loan|gardens|grove|quay|boulevard|close|court|place|way|park|view|row|hill|path|square)';
const NUMBER_WORD = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';

const PATTERNS: readonly { kind: FlagKind; pattern: RegExp }[] = [
  shape('email', `${MAILBOX}\\s?@\\s?[\\p{L}\\p{N}-]{1,63}(?:\\s?\\.\\s?\\p{L}{2,24})+`),
  shape(
    'email',
    `${MAILBOX}\\s?(?: at |\\(at\\)|\\[at\\])\\s?[\\p{L}\\p{N}-]{1,63}(?:(?:\\.| dot |\\(dot\\))\\p{L}{2,24})+`,
  ),
  shape('web', '(?:https?:\\/\\/|www\\.)\\S+'),
  shape(
    'web',
    `${BEFORE}[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){0,4}(?:\\.| dot )(?:com|org|net|co|uk|scot|info|me|tv|gg|io|be|app|eu|gov|edu|xyz)${AFTER}`,
  ),
  shape('web', '[@#]\\s?[\\p{L}\\p{N}_.-]{2,60}'),
  shape('web', `${BEFORE}[\\p{L}\\p{N}]+_[\\p{L}\\p{N}_]*`),
  shape('date', '\\p{Nd}{1,4}\\s?[./-]\\s?\\p{Nd}{1,2}\\s?[./-]\\s?\\p{Nd}{1,4}'),
  shape('date', `${DAY}\\s+(?:of\\s+|من\\s+)?${MONTH}${AFTER}(?:,?\\s+\\p{Nd}{2,4})?`),
  shape('date', `${BEFORE}${MONTH}\\s+(?:the\\s+)?${DAY}(?:,?\\s+\\p{Nd}{2,4})?`),
  shape('date', `${BEFORE}${BIRTH}${AFTER}[^.!?\\n]{0,30}?${BEFORE}${MONTH}${AFTER}`),
  shape('phone', '\\+?(?:\\p{Nd}[\\s().-]{0,2}){6,14}\\p{Nd}'),
  shape('postcode', `${BEFORE}[A-Z]{1,2}\\d[A-Z\\d]?\\s{0,2}\\d[A-Z]{2}${AFTER}`),
  shape('address', `${BEFORE}\\p{Nd}{1,4}\\s?\\p{L}?,?\\s+(?:[\\p{L}\\p{M}'’-]{1,30}\\s+){1,3}${STREET_END}${AFTER}`),
  shape('address', `${BEFORE}(?:flat|شقة|منزل رقم|بيت رقم)\\s+[\\p{L}\\p{N}]{1,3}${AFTER}`),
  shape('class', `${BEFORE}[ps]\\s?[1-7]\\s?\\/?\\p{L}?\\p{Nd}?${AFTER}`),
  shape(
    'class',
    `${BEFORE}(?:primary|secondary|year|class|form|room|grade|group|stage)\\s+(?:\\p{Nd}{1,2}\\s?\\p{L}?|${NUMBER_WORD})${AFTER}`,
  ),
  // A class by its letter; a small one is the article.
  { kind: 'class', pattern: new RegExp(`${BEFORE}(?:[Cc]lass|[Ff]orm|[Gg]roup)\\s+\\p{Lu}${AFTER}`, 'gu') },
  // Any other digits, with the letters beside them: "gamer99", "6b".
  shape('number', "(?<![\\p{L}\\p{M}])[\\p{L}\\p{M}]*\\p{N}(?:[\\p{L}\\p{M}\\p{N}]|[.,:'’-](?=\\p{N}))*"),
];

function shape(kind: FlagKind, source: string): { kind: FlagKind; pattern: RegExp } {
  return { kind, pattern: new RegExp(source, 'giu') };
}

/** Numbers, addresses and classes. */
export function patternFlags(text: string): Flag[] {
  return PATTERNS.flatMap(({ kind, pattern }) => matches(text, kind, pattern));
}

/** Words of a school's name that many schools share. */
const SHARED = new Set(
  'primary secondary high school academy nursery college grammar infant junior community campus centre rc roman catholic the of and st saint'.split(
    ' ',
  ),
);
const LEAST_LETTERS = 3;

/** Names of schools, whole or without "Primary" and the like, in whatever letters they are written. */
export function schoolFlags(text: string, schools: readonly string[]): Flag[] {
  // Together, since each pattern of its own takes milliseconds to make; the longer name first, or a part hides it.
  const names = [...new Set(schools.flatMap(waysToName))].toSorted((one, other) => other.length - one.length);
  if (names.length === 0) return [];
  return matches(text, 'school', new RegExp(`${BEFORE}(?:${names.join('|')})${AFTER}`, 'giu'));
}

/** Patterns for the whole name of a school, and for the part that no other school has. */
function waysToName(school: string): string[] {
  const words = [...school.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)].map(([word]) => word);
  const own = words.filter((word) => !SHARED.has(keyOf(word)));
  const isOwn = own.join('').length >= LEAST_LETTERS;
  return [words, isOwn ? own : []]
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.map(loose).join('[\\s.-]*'));
}

/** A word with or without its apostrophe; nothing in it but letters and digits, so nothing needs escaping. */
function loose(word: string): string {
  if (keyOf(word) === 'st' || keyOf(word) === 'saint') return '(?:st|saint)';
  const bare = word.replace(/['’]/gu, '');
  return [...bare].join("['’]?");
}

function matches(text: string, kind: FlagKind, pattern: RegExp): Flag[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length, kind }));
}
