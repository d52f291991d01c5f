import { parse } from 'csv-parse/sync';
import { textOf, readWorkbook, type Row } from './file-reading.ts';
import { sharesTable, tableRows } from './page-reading.ts';
import { indicatorRows, questionRows } from './report-reading.ts';
import { readXml } from './xml-reading.ts';

/*
 * Reads figures as they are printed, on pages and in files of any format, into one form: so that whatever says the same
 * of the same children can be held side by side.
 */

/** What is said of one figure, as it is printed; what a place does not say is missing. */
export type Printed = Partial<Record<'count' | 'base' | 'share' | 'low' | 'high', string>>;

/** Figures of one page or file, by `item|answer|place|band`; an answer is an option or a state. */
export type Source = Map<string, Printed>;

/** Nothing stands where a figure is hidden. */
const HIDDEN: Printed = { count: '', base: '', share: '', low: '', high: '' };

export const keyOf = (item: string, answer: string, place: string, band: string) =>
  [item, answer, place, band].join('|');

/** Whatever two sources say differently of one figure. */
export function disagreements(sources: ReadonlyMap<string, Source>): string[] {
  const keys = new Set([...sources.values()].flatMap((source) => [...source.keys()]));
  return [...keys].flatMap((key) =>
    (['count', 'base', 'share', 'low', 'high'] as const).flatMap((name) => {
      const said = [...sources].flatMap(([source, figures]) => {
        const value = figures.get(key)?.[name];
        return value === undefined ? [] : [{ source, value }];
      });
      if (new Set(said.map(({ value }) => value)).size < 2) return [];
      return [`${key} ${name}: ${said.map(({ source, value }) => `${source} "${value}"`).join(', ')}`];
    }),
  );
}

const percent = (words: string) => /^(\d+)%/.exec(words)?.[1];

/** A share with its range in words; the base where a cell says it. */
function printed(share: string, between: string, base?: string): Printed {
  const [, low, high] = /(\d+)% to (\d+)%/.exec(between) ?? [];
  const found = percent(share);
  if (found === undefined) {
    if (!share.startsWith('hidden to protect children')) throw new Error(`"${share}" is neither a share nor hidden.`);
    return HIDDEN;
  }
  return { share: found, low: low!, high: high!, ...(base === undefined ? {} : { base }) };
}

/** The table of shares of an item's page. @param places ids by the names that rows bear */
export function sharesOf(
  body: string,
  { item, answer, band }: { item: string; answer: string; band: string },
  places: ReadonlyMap<string, string>,
): Source {
  return new Map(
    [...sharesTable(body)].map(([name, [share = '', between = '', base = '']]) => {
      const place = places.get(name);
      if (place === undefined) throw new Error(`The row "${name}" is no place of the release.`);
      return [keyOf(item, answer, place, band), printed(share, between, base)];
    }),
  );
}

/** The table of all answers of an item's page. @param answers codes by their words */
export function answersOf(
  body: string,
  { item, place, band }: { item: string; place: string; band: string },
  answers: ReadonlyMap<string, string>,
): Source {
  const table = /<h2>All answers[\s\S]*?<\/table>/.exec(body)?.[0] ?? '';
  const base = /\(about (\d+)\)/.exec(table)?.[1];
  return new Map(
    [...tableRows(table)].map(([words, [share = '', between = '']]) => {
      const figure = printed(share, between, base);
      return [keyOf(item, answerCode(answers, words), place, band), figure];
    }),
  );
}

/** An indicator's table in a report for adults. @param bands ids by their names */
export function reportIndicatorOf(
  body: string,
  { item, name, place }: { item: string; name: string; place: string },
  bands: ReadonlyMap<string, string>,
): Source {
  return new Map(
    [...indicatorRows(body, name)].map(([band, [share = '', between = '', base = '']]) => [
      keyOf(item, 'yes', place, bands.get(band) ?? band),
      printed(share, between, base),
    ]),
  );
}

/** A question's table in a report for adults, of its first band. */
export function reportQuestionOf(
  body: string,
  { item, question, place, band }: { item: string; question: string; place: string; band: string },
  answers: ReadonlyMap<string, string>,
): Source {
  const rows = questionRows(body, question);
  const base = rows.get('Pupils asked')?.[0];
  return new Map(
    [...rows].flatMap(([words, [cell = '']]) => {
      if (words === 'Pupils asked') return [];
      return [[keyOf(item, answerCode(answers, words), place, band), printed(cell, cell, base)] as const];
    }),
  );
}

function answerCode(answers: ReadonlyMap<string, string>, words: string): string {
  const code = answers.get(words);
  if (code === undefined) throw new Error(`"${words}" is no answer of the question.`);
  return code;
}

type Cells = Record<string, string | number | null | undefined>;

/** Rows of a table of facts. */
export function factsOf(rows: readonly Cells[]): Source {
  const text = (value: Cells[string]) => (value === null || value === undefined ? '' : String(value));
  return new Map(
    rows.map((row) => {
      const [item, state, option, place, band] = ['item', 'state', 'option', 'place', 'band'].map((name) =>
        text(row[name]),
      );
      const figure: Printed = {
        count: text(row['count']),
        base: text(row['base']),
        share: text(row['share_percent']),
        low: text(row['low_percent']),
        high: text(row['high_percent']),
      };
      return [keyOf(item!, option || state!, place!, band!), figure];
    }),
  );
}

/** The CSV as SPSS reads it: columns by the syntax alone, none by the CSV's own head. */
export function spssRows(syntax: string, csv: string): Row[] {
  const [, list = ''] = /\/VARIABLES=\r\n([^]*?)\.\r\n/.exec(syntax) ?? [];
  const names = list.split('\r\n').map((line) => line.trim().split(' ')[0]!);
  const first = Number(/\/FIRSTCASE=(\d+)/.exec(syntax)?.[1]);
  const rows: string[][] = parse(csv, { bom: true, record_delimiter: '\r\n', from: first });
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column] ?? ''])));
}

/** Every table of facts of the workbook. @param nameOf the column that a heading stands for */
export function workbookRows(archive: Buffer, nameOf: (heading: string) => string): Cells[] {
  return readWorkbook(archive).flatMap(({ rows: [head = [], ...rows] }) => {
    const names = head.map((heading) => nameOf(String(heading)));
    if (!names.includes('count') || !names.includes('place')) return [];
    return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column]])));
  });
}

/** The figures of the codebook: how many rows the table has, and how many of them have no figure. */
export function codebookFigures(xml: string): { rows: number; hidden: number } {
  const found: string[] = [];
  const look = (element: ReturnType<typeof readXml>) => {
    if (element.name === 'caseQnty' || element.name === 'dataMsng') found.push(textOf(element));
    element.children.forEach(look);
  };
  look(readXml(xml));
  const [rows = '', missing = ''] = found;
  return { rows: Number(rows), hidden: Number(/(\d+) of \d+ rows have no figure/.exec(missing)?.[1]) };
}
