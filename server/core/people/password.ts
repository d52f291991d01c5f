/* What a password must not be. Length counts for most; rules about kinds of letters only make people write it down. */

export const SHORTEST_PASSWORD = 12;
const FEWEST_LETTERS = 5;

/** Words that long passwords are most often made of, without digits and signs around them. */
const COMMON = [
  'password', 'passwort', 'passphrase', 'welcome', 'letmein', 'changeme', 'administrator', 'admin', 'iloveyou', 'sunshine',
  'princess', 'football', 'baseball', 'superman', 'dragon', 'monkey', 'master', 'shadow', 'secret', 'login', 'qwerty',
  'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'trustno', 'starwars', 'whatever', 'scotland', 'edinburgh', 'glasgow', 'rangers',
  'celtic', 'council', 'school', 'heard', 'demonstration', 'only', 'default', 'guest', 'computer', 'internet', 'summer',
  'winter', 'spring', 'autumn', 'monday', 'friday', 'january', 'december', 'my', 'the', 'is', 'new', 'one', 'two', 'test',
]; // prettier-ignore

/** Rows of keys and the usual runs; any piece of them, in either direction, is one. */
const RUNS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
];
const SHORTEST_RUN = 4;

export type PasswordFault = 'short' | 'common';

/** What is wrong with a new password, if anything. */
export function passwordFault(password: string, signInName: string): PasswordFault | null {
  if ([...password].length < SHORTEST_PASSWORD) return 'short';
  return isGuessable(password, signInName) ? 'common' : null;
}

/** Whether nothing much is left once common words, runs of keys, digits, signs and the sign-in name are taken away. */
function isGuessable(password: string, signInName: string): boolean {
  if (new Set(password.toLowerCase()).size < FEWEST_LETTERS) return true;
  const words = [...plain(signInName).split(/[.-]/), plain(signInName).replace(/[.-]/g, ''), ...COMMON]
    .filter((word) => word.length > 1)
    .toSorted((one, other) => other.length - one.length);
  // The name goes first: a run of keys within it would leave its rest behind.
  const unnamed = password.toLowerCase().replaceAll(signInName.toLowerCase(), ' ');
  let left = plain(withoutRuns(unnamed));
  for (const word of words) left = left.replaceAll(word, ' ');
  return left.replace(/[^\p{Letter}]/gu, '').length < FEWEST_LETTERS;
}

/** In small letters, with digits and signs that stand for letters read as these. */
function plain(text: string): string {
  const meant: Record<string, string> = {
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
    '7': 't',
  };
  const small = text.toLowerCase();
  // Only between letters: a year at the end is a year.
  return small.replace(
    /[@4310!$57](?=\p{Letter})|(?<=\p{Letter})[@$!0](?=\p{Letter}|$)/gu,
    (sign) => meant[sign] ?? sign,
  );
}

function withoutRuns(text: string): string {
  let left = text;
  for (const run of RUNS.flatMap((one) => [one, [...one].reverse().join('')])) {
    for (let length = run.length; length >= SHORTEST_RUN; length -= 1) {
      for (let start = 0; start + length <= run.length; start += 1)
        left = left.replaceAll(run.slice(start, start + length), ' ');
    }
  }
  return left;
}
