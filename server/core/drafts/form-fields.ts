import { LEVELS, type Level } from '../survey/stage.ts';
import {
  EMPTY_LINE,
  emptyWords,
  PLAIN_WORDS,
  TEXT_FIELDS,
  wordsIn,
  type DraftForm,
  type FormLine,
  type FormWords,
  type PlainWords,
} from './draft-form.ts';
import { isKind } from './kind-fields.ts';

/*
 * The names under which a form of a draft arrives, and back. Words in the language of the draft have plain names
 * ("question", "option"), words in another one have its code before them ("ar-question", "ar-option"). Lines arrive as lists
 * of one length; a box that is ticked brings the number of its line.
 */

/** The fields of a form as they arrive: each name with its values in order. */
export type FormFields = Readonly<Record<string, readonly string[] | undefined>>;

const LINE_FIELDS = ['code', 'symbol', 'from', 'to'] as const;
const GROUPS = ['option', 'row'] as const;
const LISTS = ['stage', 'when-answer', 'opt-out', 'shanarri'] as const;

/** The name of a piece of words in the form: the words themselves are the question. */
const pieceField = (piece: PlainWords) => (piece === 'text' ? 'question' : piece);
const levelField = (level: Level, piece: 'text' | 'hint') => `level-${level}-${piece}`;

/** Names of the words in one language. @param language empty for the language of the draft */
function wordFields(language: string): string[] {
  const levels = LEVELS.flatMap((level) => [levelField(level, 'text'), levelField(level, 'hint')]);
  return [...PLAIN_WORDS.map(pieceField), ...GROUPS, ...levels].map((name) => inLanguage(language, name));
}

/** The name of a field for words in another language than that of the draft. */
export function inLanguage(language: string, name: string): string {
  return language === '' ? name : `${language}-${name}`;
}

/** Every name that a form may send. @param languages those that words may be in */
export function fieldNames(languages: readonly string[]): string[] {
  return [
    'kind',
    'language',
    'written',
    'when',
    'clustering',
    'option-alone',
    ...TEXT_FIELDS,
    ...LISTS,
    ...GROUPS.flatMap((group) => LINE_FIELDS.map((field) => `${group}-${field}`)),
    ...['', ...languages].flatMap(wordFields),
  ];
}

/** What arrived, as a form; nothing in it is judged. @param languages those that words may be in */
export function readFields(fields: FormFields, languages: readonly string[]): DraftForm {
  const one = (name: string) => fields[name]?.[0] ?? '';
  const all = (name: string) => (fields[name] ?? []).filter((value) => value !== '');
  const kind = one('kind');
  const language = one('language');
  const texts = Object.fromEntries(TEXT_FIELDS.map((name) => [name, one(name)])) as Record<
    (typeof TEXT_FIELDS)[number],
    string
  >;
  return {
    ...texts,
    kind: isKind(kind) ? kind : '',
    language,
    words: readLanguages(fields, language, one('written'), languages),
    options: readLines(fields, 'option', languages),
    rows: readLines(fields, 'row', languages),
    stages: all('stage'),
    when: { question: one('when'), anyOf: all('when-answer') },
    optOuts: all('opt-out'),
    shanarri: all('shanarri'),
    clustering: one('clustering') !== '',
  };
}

function readLines(fields: FormFields, group: (typeof GROUPS)[number], languages: readonly string[]): FormLine[] {
  const names = [
    ...['', ...languages].map((code) => inLanguage(code, group)),
    ...LINE_FIELDS.map((field) => `${group}-${field}`),
  ];
  const count = Math.max(...names.map((name) => fields[name]?.length ?? 0));
  const alone = fields[`${group}-alone`] ?? [];
  return Array.from({ length: count }, (_, index) => {
    const [code = '', symbol = '', from = '', to = ''] = LINE_FIELDS.map(
      (field) => fields[`${group}-${field}`]?.[index],
    );
    return { ...EMPTY_LINE, code, symbol, from, to, alone: alone.includes(String(index + 1)) };
  });
}

/**
 * Words by language. Whoever finds that the page said the wrong language and chooses another takes the words along;
 * where that one has words already, both stay where they are.
 * @param written the language that the plain names stood for when the form was drawn
 */
function readLanguages(
  fields: FormFields,
  chosen: string,
  written: string,
  languages: readonly string[],
): DraftForm['words'] {
  const others = Object.fromEntries(
    languages
      .filter((code) => code !== written && wordFields(code).some((name) => fields[name]?.some(Boolean)))
      .map((code) => [code, readWords(fields, code)]),
  );
  const own = readWords(fields, '');
  if (!Object.hasOwn(others, chosen)) return { ...others, [chosen]: own };
  return { ...others, [written]: own };
}

function readWords(fields: FormFields, language: string): FormWords {
  const values = (name: string) => [...(fields[inLanguage(language, name)] ?? [])];
  const words = emptyWords();
  for (const piece of PLAIN_WORDS) words[piece] = values(pieceField(piece))[0] ?? '';
  for (const level of LEVELS) {
    const [text = ''] = values(levelField(level, 'text'));
    const [hint = ''] = values(levelField(level, 'hint'));
    words.levels[level] = { text, hint };
  }
  return { ...words, options: values('option'), rows: values('row') };
}

/** The fields that bring a form back as it is, each name with its values; empty ones are left out. */
export function fieldsOf(form: DraftForm): Record<string, string[]> {
  const fields: [string, string[]][] = [
    ['kind', [form.kind]],
    ['language', [form.language]],
    ['written', [form.language]],
    ...TEXT_FIELDS.map((name): [string, string[]] => [name, [form[name]]]),
    ['when', [form.when.question]],
    ['when-answer', form.when.anyOf],
    ['stage', form.stages],
    ['opt-out', form.optOuts],
    ['shanarri', form.shanarri],
    ['clustering', [form.clustering ? 'yes' : '']],
    ...lineFields('option', form.options),
    ...lineFields('row', form.rows),
    ...Object.keys(form.words).flatMap((code) => languageFields(form, code)),
  ];
  return Object.fromEntries(fields.filter(([, values]) => values.some((value) => value !== '')));
}

function lineFields(group: (typeof GROUPS)[number], lines: readonly FormLine[]): [string, string[]][] {
  const alone = lines.flatMap((line, index) => (line.alone ? [String(index + 1)] : []));
  return [
    ...LINE_FIELDS.map((field): [string, string[]] => [`${group}-${field}`, lines.map((line) => line[field])]),
    [`${group}-alone`, alone],
  ];
}

function languageFields(form: DraftForm, code: string): [string, string[]][] {
  const words = wordsIn(form, code);
  const language = code === form.language ? '' : code;
  const pieces: [string, string[]][] = [
    ...PLAIN_WORDS.map((piece): [string, string[]] => [pieceField(piece), [words[piece]]]),
    ['option', words.options],
    ['row', words.rows],
    ...LEVELS.flatMap((level) =>
      (['text', 'hint'] as const).map((piece): [string, string[]] => [
        levelField(level, piece),
        [words.levels[level][piece]],
      ]),
    ),
  ];
  return pieces.map(([name, values]) => [inLanguage(language, name), values]);
}
