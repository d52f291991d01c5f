import { languageCode } from './languages.ts';
import type { Heading } from './table.ts';

/*
 * The columns of the three sheets: under which names they are known, and why Heard takes nothing from others. What
 * Heard has and XLSForm lacks stands in columns that begin with "heard::", which other tools leave alone.
 */

/** Begins the names of Heard's own columns. */
export const OWN = 'heard::';

const SURVEY_COLUMNS = ['type', 'name', 'required', 'relevant', 'constraint', 'appearance', 'parameters'];
const CHOICES_COLUMNS = ['list_name', 'name'];
const SETTINGS_COLUMNS = ['form_title', 'form_id', 'default_language'];

/** Other names for columns, as older sheets and other tools have them. */
const ALIASES: Record<string, string> = {
  'list name': 'list_name',
  value: 'name',
  relevance: 'relevant',
  caption: 'label',
  title: 'form_title',
  set_form_title: 'form_title',
  id_string: 'form_id',
  set_form_id: 'form_id',
};

/** Columns with words, of which there is one for each language. */
const WORDS = ['label', 'hint'];

/** Why a column of another tool cannot be taken. */
const LACKING: Record<string, string> = {
  audio: 'Heard takes no file names: it has its own recordings of the words (docs/recordings.md).',
  image: 'Heard takes no file names: its pictures are the symbols it has.',
  video: 'Heard shows no films.',
  calculation: 'Heard calculates nothing while somebody answers.',
  default: 'Heard answers nothing beforehand: an answer is what somebody chose.',
  choice_filter: 'Heard shows all options of a question to everybody.',
  required_message: 'In Heard every question can be left out.',
  constraint_message: 'Heard says in its own words what is wrong with an answer.',
  repeat_count: 'Heard asks nothing in repeats.',
  readonly: 'Heard has no answers that cannot be changed: give it the type note.',
  guidance_hint: 'Heard has one hint to a question.',
  trigger: 'Heard calculates nothing while somebody answers.',
  version: 'Heard counts its versions itself.',
};

function headingIn(columns: readonly string[], words: readonly string[]) {
  return (heading: string): Heading => {
    const lower = heading.toLowerCase().trim();
    if (lower.startsWith(OWN)) return ownHeading(heading);
    const [base = '', ...rest] = lower.split(/\s*::?\s*/);
    const language = heading.split(/\s*::?\s*/).slice(1);
    const name = ALIASES[base] ?? base;
    if (words.includes(name)) return wordsHeading(name, language.join(':'));
    if (columns.includes(name) && rest.length === 0) return { name };
    const lacking = LACKING[base === 'media' ? (rest[0] ?? '') : base];
    return { reason: lacking ?? `Heard has nothing that the column "${heading}" could say.` };
  };
}

/** Columns of words as `label::en`; those without a language as `label::`. */
function wordsHeading(name: string, language: string): Heading {
  if (language === '') return { name: `${name}::` };
  const code = languageCode(language);
  if (code !== undefined) return { name: `${name}::${code}` };
  return {
    reason: `The language "${language}" is not known: write its code behind it, as in "${name}::English (en)".`,
  };
}

/** The last part of Heard's own columns is a language where they hold words. */
function ownHeading(heading: string): Heading {
  const [, name = '', language] = heading.trim().split('::');
  const lower = `${OWN}${name.trim().toLowerCase()}`;
  if (language === undefined) return { name: lower };
  const code = languageCode(language);
  return code === undefined ? { reason: `The language "${language}" is not known.` } : { name: `${lower}::${code}` };
}

export const surveyHeading = headingIn(SURVEY_COLUMNS, WORDS);
export const choicesHeading = headingIn(CHOICES_COLUMNS, ['label']);
export const settingsHeading = headingIn(SETTINGS_COLUMNS, []);

/** The languages that the columns of a table speak, in their order. */
export function languagesOf(columns: readonly string[]): string[] {
  return [...new Set(columns.flatMap((column) => /::([a-z]{2,3})$/.exec(column)?.[1] ?? []))];
}
