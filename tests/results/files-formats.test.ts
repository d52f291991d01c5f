import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../locales/en/files.json' with { type: 'json' };
import arabic from '../../locales/ar/files.json' with { type: 'json' };
import { ASKED_STATES, type AskedState } from '../../server/core/survey/answer.ts';
import { COLUMNS, type ColumnName } from '../../server/results/files/columns.ts';
import { csvRows, readWorkbook, unzip, type ReadSheet, type Row } from './file-reading.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';

/* All formats hold the same figures, those of the release, cell by cell, and nothing where one is hidden. */

const LANGUAGES = ['en', 'ar'] as const;
type Code = (typeof LANGUAGES)[number];
const WORDS: Record<Code, Record<string, string>> = { en: english, ar: arabic };
const NUMBERS = new Set<string>(COLUMNS.filter(({ type }) => type === 'number').map(({ name }) => name));
/** Without the first sheets: cover, notes, columns, codes, questions, who answered. */
const SHEETS_BEFORE = 6;
/** What may not be shown where a figure is hidden. */
const EMPTY_IF_HIDDEN: ColumnName[] = [
  'share_percent',
  'low_percent',
  'high_percent',
  'count',
  'base',
  'caution',
  'low_response',
  'one_school',
];

interface JsonFile {
  facts: Record<string, string | number | null>[];
  items: {
    item: string;
    wordings: { wording: string; question: string; options: { option: string; words: string }[] }[];
  }[];
}

let files: FilesHouse;
const rows = {} as Record<Code, Row[]>;
beforeAll(async () => {
  files = await openFilesHouse();
  for (const language of LANGUAGES) rows[language] = csvRows(await files.file('csv', language));
}, 60_000);
afterAll(() => files.house.close());

/** A text without the mark that keeps a spreadsheet from running it. */
const unmarked = (text: string) => text.replace(/^'(?=[=+\-@])/, '');
type Cells = Record<string, string | number | null>;
const keyOf = (row: Cells) => ['place', 'band', 'item', 'state', 'option'].map((name) => row[name] ?? '').join('|');

describe('the CSV', () => {
  it('has one row for each place, band, item and answer of the release that has a page, and no other', () => {
    const { release } = files;
    const written = new Set(release.items.filter(({ options }) => options.join() === 'written').map(({ id }) => id));
    const expected = [...release.tables()]
      .filter(({ item }) => !written.has(item))
      .flatMap(({ node, band, item, counts }) => [
        ...Object.keys(counts).map((option) => [node, band, item, 'answered', option].join('|')),
        ...(release.item(item)?.kind === 'question' ? ASKED_STATES : []).map((state) =>
          [node, band, item, state, ''].join('|'),
        ),
      ]);
    const found = rows.en.map(keyOf);
    expect(new Set(found).size).toBe(found.length);
    // A place without pupils of a band has rows too: it looks like a hidden one.
    expect(expected.filter((key) => !found.includes(key))).toEqual([]);
    const without = found.filter((key) => !expected.includes(key));
    expect(without.length).toBeGreaterThan(0);
    for (const key of without) {
      const [node = '', band = '', item = ''] = key.split('|');
      expect(release.table(node, band, item), key).toBeUndefined();
    }
  });

  it('holds the figures of the release, and nothing at all where one is hidden', () => {
    let hidden = 0;
    for (const row of rows.en) {
      const table = files.release.table(row['place']!, row['band']!, row['item']!);
      const count =
        row['state'] === 'answered' ? table?.counts[row['option']!] : table?.states[row['state'] as AskedState];
      if (count === undefined || count === null || !table?.base) {
        hidden += 1;
        for (const name of EMPTY_IF_HIDDEN) expect(row[name], `${keyOf(row)} ${name}`).toBe('');
        continue;
      }
      expect(row['count']).toBe(String(count));
      expect(row['base']).toBe(String(table.base));
      expect(row['share_percent']).toBe(String(Math.round((count * 100) / table.base)));
      expect(Number(row['low_percent'])).toBeLessThanOrEqual(Number(row['share_percent']));
      expect(Number(row['high_percent'])).toBeGreaterThanOrEqual(Number(row['share_percent']));
      expect(row['one_school']).toBe(table.oneSchool ? '1' : '0');
      expect(row['caution']).toBe(table.caution);
    }
    expect(hidden).toBeGreaterThan(100);
  });

  it('says beside every figure how many answered there, or nothing where that is hidden', () => {
    const names = ['responses', 'on_roll', 'schools', 'response_percent'];
    let hidden = 0;
    for (const row of rows.en) {
      const rate = files.release.rate(row['place']!, row['band']!);
      if (!rate || rate.responses === null) {
        hidden += 1;
        for (const name of names) expect(row[name], `${keyOf(row)} ${name}`).toBe('');
        continue;
      }
      const share = rate.responses / rate.roll;
      const said = [rate.responses, rate.roll, rate.schools, Math.round(share * 100)].map(String);
      expect(names.map((name) => row[name])).toEqual(said);
      if (row['low_response'] !== '') expect(row['low_response']).toBe(share < 0.6 ? '1' : '0');
    }
    expect(hidden).toBeGreaterThan(100);
  });

  it('gives hidden and missing figures the same look', () => {
    const of = (place: string) =>
      rows.en
        .filter((row) => row['place'] === place && row['band'] === 's1-s2')
        .map((row) => ({ ...row, place: '', place_name: '', place_code: '' }));
    // Too small, and no secondary school at all.
    expect(of('cluster:cal')).toEqual(of('cluster:dun'));
    expect(of('cluster:cal').length).toBeGreaterThan(20);
  });

  it('holds the same figures in Arabic, under Arabic words', () => {
    const figures = (row: Row) => COLUMNS.filter(({ role }) => role !== 'words').map(({ name }) => row[name]);
    expect(rows.ar.map(figures)).toEqual(rows.en.map(figures));
    const words = rows.ar.find((row) => row['item'] === 'feels-safe')!;
    expect(words['question']).toBe('الشعور بالأمان في المنطقة المحلية');
  });

  it('runs nothing in a spreadsheet', async () => {
    for (const row of rows.en) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(await files.text('csv')).toContain("\r\n'=Dunmore,");
  });

  it('leaves out what young people wrote themselves', () => {
    expect(files.release.item('one-thing-better')).toBeDefined();
    expect(rows.en.some((row) => row['item'] === 'one-thing-better')).toBe(false);
  });
});

describe.each(LANGUAGES)('the other formats in %s', (language) => {
  const labels = new Map<unknown, string>(COLUMNS.map(({ name }) => [WORDS[language][`label-${name}`], name]));
  const nameOf = (label: unknown) => labels.get(label) ?? `no column is called ${String(label)}`;
  const expectSame = (name: string, cell: string | number | null, row: Row) => {
    const expected = unmarked(row[name]!);
    const what = `${keyOf(row)} ${name}`;
    if (expected === '') expect(cell, what).toBeNull();
    else expect(cell, what).toBe(NUMBERS.has(name) ? Number(expected) : expected);
  };

  it('JSON: every fact is that of the CSV, with its words in the lists', async () => {
    const json = JSON.parse(await files.text('json', language)) as JsonFile;
    expect(json.facts).toHaveLength(rows[language].length);
    const items = new Map(json.items.map((item) => [item.item, item]));
    json.facts.forEach((fact, index) => {
      const row = rows[language][index]!;
      for (const [name, cell] of Object.entries(fact)) expectSame(name, cell, row);
      const wording = items.get(row['item']!)!.wordings.find((one) => one.wording === fact['wording'])!;
      expect(wording.question).toBe(unmarked(row['question']!));
      const option = wording.options.find((one) => one.option === fact['option']);
      expect(option?.words ?? WORDS[language][`state-${row['state']}`]).toBe(unmarked(row['answer']!));
    });
  });

  it('JSON: keeps to the schema that is served beside it, which refuses anything else', async () => {
    const schema = JSON.parse(await files.text('schema', language)) as object;
    const file = JSON.parse(await files.text('json', language)) as JsonFile & { $schema: string };
    const check = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    expect(check(file), JSON.stringify(check.errors?.slice(0, 3))).toBe(true);
    const name = /filename="([^"]+)"/.exec(
      String((await files.get(`/results/${files.current}/files/schema`, language)).headers['content-disposition']),
    )?.[1];
    expect(file.$schema).toBe(name);
    const [fact, ...others] = file.facts;
    for (const wrong of [
      { ...fact, count: 2.5 },
      { ...fact, count: '5' },
      { ...fact, exact: 1 },
      { ...fact, state: 'maybe' },
    ])
      expect(check({ ...file, facts: [wrong, ...others] })).toBe(false);
  });

  it('XLSX: every fact is that of the CSV, as a number or a text, and empty where it is hidden', async () => {
    const sheets = readWorkbook(await files.file('xlsx', language)).slice(SHEETS_BEFORE);
    const facts = sheets.flatMap(({ rows: [head = [], ...cells] }) =>
      cells.map((row) => new Map(head.map((label, column) => [nameOf(label), row[column] ?? null]))),
    );
    expect(facts).toHaveLength(rows[language].length);
    const byKey = new Map(rows[language].map((row) => [keyOf(row), row]));
    for (const fact of facts) {
      const row = byKey.get(keyOf(Object.fromEntries<Cells[string]>(fact)))!;
      for (const [name, cell] of fact) expectSame(name, cell, row);
      for (const name of EMPTY_IF_HIDDEN) expect(fact.has(name)).toBe(true);
      byKey.delete(keyOf(row));
    }
    expect(byKey.size).toBe(0);
  });

  it('XLSX: who answered is that of the CSV', async () => {
    const {
      rows: [head = [], ...places],
    } = readWorkbook(await files.file('xlsx', language))[SHEETS_BEFORE - 1]!;
    const names = head.map(nameOf);
    expect(names).toContain('on_roll');
    for (const cells of places) {
      const found: Cells = Object.fromEntries(names.map((name, column) => [name, cells[column] ?? null]));
      const row = rows[language].find((one) => one['place'] === found['place'] && one['band'] === found['band'])!;
      for (const [name, cell] of Object.entries(found)) expectSame(name, cell, row);
    }
    const inFacts = new Set(rows[language].map((row) => `${row['place']}|${row['band']}`));
    expect(places).toHaveLength(inFacts.size);
  });
});

describe('the workbook', () => {
  const sheetsIn = async (language: Code): Promise<ReadSheet[]> => readWorkbook(await files.file('xlsx', language));

  it('begins with a cover and notes, and holds one table a sheet from its first cell, its head in sight', async () => {
    const sheets = await sheetsIn('en');
    expect(sheets.slice(0, SHEETS_BEFORE + 1).map(({ name }) => name)).toEqual([
      'Cover',
      'Notes',
      'Columns',
      'Codes',
      'Questions',
      'Who answered',
      'Local area',
    ]);
    const cover = new Map(sheets[0]!.rows.map(([name, words]) => [name, words]));
    expect(cover.get('Title')).toBe('Spring 2026: released results of Strathlorn');
    expect(cover.get('Released')).toBe('3 May 2026');
    expect(cover.get('Release number (SHA-256)')).toBe(files.release.sha256);
    expect(cover.get('Protection')).toContain('rounded to the nearest 5');
    for (const { rows: cells, frozen } of sheets.slice(1)) {
      expect(frozen).toBe(1);
      const width = cells[0]!.length;
      expect(cells[0]!.every((head) => typeof head === 'string' && head !== '')).toBe(true);
      for (const row of cells) expect(row.length).toBeLessThanOrEqual(width);
    }
  });

  it('merges no cells, and has names of sheets that Excel takes', async () => {
    for (const language of LANGUAGES) {
      const sheets = await sheetsIn(language);
      for (const { xml } of sheets) expect(xml).not.toContain('mergeCell');
      const names = sheets.map(({ name }) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[^[\]/\\:*?]{1,31}$/u);
    }
  });

  it('runs from right to left in Arabic', async () => {
    expect((await sheetsIn('ar')).every(({ rightToLeft }) => rightToLeft)).toBe(true);
    expect((await sheetsIn('en')).some(({ rightToLeft }) => rightToLeft)).toBe(false);
  });

  it('tells no time at which it was packed', async () => {
    const archive = await files.file('xlsx');
    const names = [...unzip(archive).keys()];
    expect(names.some((name) => name.startsWith('docProps'))).toBe(false);
    let header = archive.indexOf('PK\x01\x02', undefined, 'latin1');
    for (const name of names) {
      expect(archive.readUInt32LE(header + 12), name).toBe(0x00210000);
      expect(archive.readUInt32LE(archive.readUInt32LE(header + 42) + 10), name).toBe(0x00210000);
      header = archive.indexOf('PK\x01\x02', header + 4, 'latin1');
    }
  });
});
