import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Holds every language against English: the same files and keys, the plural forms that the language needs,
 * the same placeholders; and no words that nothing uses.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const LOCALES = join(ROOT, 'locales');
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** @returns one sentence a fault, empty when all languages are complete */
export function localeFaults(): string[] {
  const sources = sourceText();
  const faults: string[] = [];
  for (const file of readdirSync(join(LOCALES, 'en'))) {
    const english = read('en', file);
    faults.push(...unusedKeys(file, english, sources));
    for (const language of readdirSync(LOCALES)) {
      if (language !== 'en') faults.push(...differences(language, file, english, read(language, file)));
    }
  }
  return faults;
}

function read(language: string, file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

const stem = (key: string) => key.replace(PLURAL, '');
const isPlural = (key: string) => PLURAL.test(key);
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].toSorted();

function differences(
  language: string,
  file: string,
  english: Record<string, string>,
  other: Record<string, string>,
): string[] {
  const place = `locales/${language}/${file}`;
  const faults: string[] = [];
  const wanted = new Set<string>();
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const [key, text] of Object.entries(english)) {
    const keys = isPlural(key) ? forms.map((form) => `${stem(key)}_${form}`) : [key];
    for (const wantedKey of keys) {
      wanted.add(wantedKey);
      const found = other[wantedKey];
      if (found === undefined) faults.push(`${place} lacks "${wantedKey}"`);
      else if (found.trim() === '') faults.push(`${place} has nothing under "${wantedKey}"`);
      else faults.push(...placeholderFaults(`${place} "${wantedKey}"`, text, found, isPlural(key)));
    }
  }
  for (const key of Object.keys(other)) if (!wanted.has(key)) faults.push(`${place} has "${key}", which English lacks`);
  return [...new Set(faults)];
}

/** A plural form may leave the count out ("two"), nothing else. */
function placeholderFaults(place: string, english: string, other: string, plural: boolean): string[] {
  const ignore = (name: string | undefined) => !(plural && name === 'count');
  const expected = placeholders(english).filter(ignore).join(', ');
  const found = placeholders(other).filter(ignore).join(', ');
  return expected === found ? [] : [`${place} has the placeholders (${found}), English has (${expected})`];
}

function sourceText(): string {
  const folders = ['server', 'views', 'public/js'];
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|eta|js)$/.test(file) && !file.includes('vendor'))
        .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
    )
    .join('\n');
}

/** A key counts as used if it stands in the code as a word, or begins like a key that code puts together. */
function unusedKeys(file: string, english: Record<string, string>, sources: string): string[] {
  const prefixes = [...sources.matchAll(/`([a-zA-Z][\w-]*-)\$\{/g)].map((match) => match[1] ?? '');
  const stems = [...new Set(Object.keys(english).map(stem))];
  return stems
    .filter((key) => !new RegExp(`(?<![\\w-])${key}(?![\\w-])`).test(sources))
    .filter((key) => !prefixes.some((prefix) => key.startsWith(prefix)))
    .map((key) => `locales/en/${file} has "${key}", which nothing uses`);
}
