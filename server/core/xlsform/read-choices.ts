import { Value } from 'typebox/value';
import { Option } from '../survey/item.ts';
import { OWN } from './columns.ts';
import { codeFor } from './names.ts';
import { takeWords, type ItemWords, type Languages } from './read-words.ts';
import type { Table, TableRow } from './table.ts';
import type { Ledger } from './workbook.ts';

/** One choice of a list, before a question takes it. */
export interface ListedChoice {
  /** As the sheet names it, and expressions too. */
  name: string;
  code: string;
  row: TableRow;
}

export type ChoiceLists = Map<string, ListedChoice[]>;

/** The lists of the sheet "choices". Nothing is taken yet: a list that no question takes is listed. */
export function readChoices(table: Table | undefined, ledger: Ledger): ChoiceLists {
  const lists: ChoiceLists = new Map();
  for (const row of table?.rows ?? []) {
    const list = row.text('list_name');
    const name = row.text('name');
    const fault = list === '' ? 'The row has no list_name.' : name === '' ? 'The choice has no name.' : undefined;
    const others = lists.get(list) ?? [];
    const twice = others.some((choice) => choice.name === name);
    if (fault !== undefined || twice) {
      row.cells.forEach((cell) => ledger.list(cell, fault ?? `The list "${list}" has the choice "${name}" twice.`));
      continue;
    }
    const code = codeFor(name, new Set(others.map((choice) => choice.code)));
    lists.set(list, [...others, { name, code, row }]);
  }
  return lists;
}

/** The options of a list, with their symbols; their rows are taken. */
export function takeOptions(choices: readonly ListedChoice[], ledger: Ledger): Option[] {
  return choices.map(({ code, row }) => {
    ledger.take(row.get('list_name'), row.get('name'));
    return { code, ...takeSymbol(row, ledger) };
  });
}

/** The symbol that a row names, if it is one. */
export function takeSymbol(row: TableRow, ledger: Ledger): { symbol?: string } {
  const cell = row.get(`${OWN}symbol`);
  if (!cell) return {};
  const symbol = cell.value.trim();
  if (!Value.Check(Option, { code: 'any', symbol })) {
    ledger.list(cell, 'This is no name of a symbol: expected small letters, digits and hyphens.');
    return {};
  }
  ledger.take(cell);
  return { symbol };
}

/** Adds the words of options to those of their item. */
export function takeOptionWords(
  choices: readonly ListedChoice[],
  words: ItemWords,
  languages: Languages,
  ledger: Ledger,
): void {
  for (const { code, row } of choices) {
    for (const [language, said] of Object.entries(takeWords(row, 'label', languages, ledger))) {
      const text = words.get(language);
      if (text) text.options = { ...text.options, [code]: said };
      else
        ledger.list(
          row.get(`label::${language}`) ?? row.get('label::'),
          `A question that offers it has no label in the language ${language}.`,
        );
    }
  }
}
