import { LEVELS } from '../survey/stage.ts';
import type { ItemText } from '../survey/text.ts';
import { OWN } from './columns.ts';
import type { TableRow } from './table.ts';
import type { Ledger } from './workbook.ts';

/** What the reading of all rows needs to know about the words of a workbook. */
export interface Languages {
  /** All languages that the workbook speaks. */
  codes: readonly string[];
  /** What a heading without a language means. */
  first: string;
}

/** A word by language. */
export type Words = Record<string, string>;

const LONGEST = 2000;

/** What a row says in a column of words, by language; a cell that is too long is listed. */
export function takeWords(row: TableRow, column: string, languages: Languages, ledger: Ledger): Words {
  const found: Words = {};
  for (const code of languages.codes) {
    const plain = code === languages.first ? row.get(`${column}::`) : undefined;
    const own = row.get(`${column}::${code}`);
    const cell = own ?? plain;
    if (own && plain) ledger.list(plain, `The same stands in another column in the same language (${code}).`);
    if (!cell) continue;
    if (cell.value.length > LONGEST) {
      ledger.list(cell, `Heard takes up to ${LONGEST} characters, and this has ${cell.value.length}: shorten it.`);
      continue;
    }
    ledger.take(cell);
    if (/\$\{[^}]+\}/.test(cell.value))
      ledger.list(cell, 'Heard puts no answers into its words: they stay as they are written here.');
    found[code] = cell.value;
  }
  return found;
}

/** Texts of one item as they are gathered, by language. */
export type ItemWords = Map<string, ItemText>;

/** The words of an item beside its options and rows. A language without the question itself has none. */
export function takeItemWords(row: TableRow, languages: Languages, ledger: Ledger): ItemWords {
  const label = takeWords(row, 'label', languages, ledger);
  const words: ItemWords = new Map(Object.entries(label).map(([code, text]) => [code, { text }]));
  for (const piece of ['hint', 'low', 'high', 'unit'] as const) {
    const column = piece === 'hint' ? 'hint' : `${OWN}${piece}`;
    addWords(words, takeWords(row, column, languages, ledger), row, column, ledger, (text, said) => {
      text[piece] = said;
    });
  }
  for (const level of LEVELS) {
    for (const [column, piece] of [
      [`${OWN}label-${level}`, 'text'],
      [`${OWN}hint-${level}`, 'hint'],
    ] as const) {
      addWords(words, takeWords(row, column, languages, ledger), row, column, ledger, (text, said) => {
        text.levels = { ...text.levels, [level]: { ...text.levels?.[level], [piece]: said } };
      });
    }
  }
  return words;
}

function addWords(
  words: ItemWords,
  said: Words,
  row: TableRow,
  column: string,
  ledger: Ledger,
  add: (text: ItemText, said: string) => void,
): void {
  for (const [code, value] of Object.entries(said)) {
    const text = words.get(code);
    if (text) add(text, value);
    else
      ledger.list(
        row.get(`${column}::${code}`) ?? row.get(`${column}::`),
        `There is no label in the language ${code} beside it.`,
      );
  }
}
