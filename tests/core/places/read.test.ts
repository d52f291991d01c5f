import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS, type FormatName } from '../../../server/core/places/formats.ts';
import { readRows, type Table } from '../../../server/core/places/read.ts';

/** A file as it is after splitting: lines count from 1, the header stands on the first. */
function table(...lines: string[]): Table {
  const [header, ...rest] = lines.map((text, index) => ({ line: index + 1, cells: text.split(',') }));
  return { file: 'the.csv', header: header!, lines: rest };
}

const ROLLS = 'school,date,stage,class,sex,quintile,asn,pupils';

describe('reading a file', () => {
  it('gives values and lines, with blanks as not held', () => {
    const { rows, faults } = readRows(
      'rolls',
      table(ROLLS, 'p1,2025-09-17,P6,P6/7,female,1,,9', 'p1,2025-09-17,P6,,,,,3'),
    );
    expect(faults).toEqual([]);
    const all = { school: 'p1', date: '2025-09-17', stage: 'P6' };
    expect(rows).toEqual([
      { line: 2, row: { ...all, class: 'P6/7', sex: 'female', quintile: 1, asn: null, pupils: 9 } },
      { line: 3, row: { ...all, class: null, sex: null, quintile: null, asn: null, pupils: 3 } },
    ]);
  });

  it('takes columns in any order, drops spaces, and passes over rows of blanks', () => {
    const { rows, faults } = readRows('localities', table(' name ,code', ' North Side , n ', ',', '', 'South,s'));
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      { line: 2, row: { name: 'North Side', code: 'n' } },
      { line: 5, row: { name: 'South', code: 's' } },
    ]);
  });

  it('names every bad cell with its line, column, value and what was expected', () => {
    const { rows, faults } = readRows('rolls', table(ROLLS, 'p 1,2025-02-30,P8,=A1,girl,6,maybe,-3'));
    expect(rows).toEqual([]);
    expect(faults.map(({ line, column, value }) => [line, column, value])).toEqual([
      [2, 'school', 'p 1'],
      [2, 'date', '2025-02-30'],
      [2, 'stage', 'P8'],
      [2, 'class', '=A1'],
      [2, 'sex', 'girl'],
      [2, 'quintile', '6'],
      [2, 'asn', 'maybe'],
      [2, 'pupils', '-3'],
    ]);
    expect(faults.at(-1)!.expected).toBe('a whole number from 0 to 2000');
  });

  it('goes on after a bad row', () => {
    const { rows, faults } = readRows('localities', table('code,name', 'n', 'a!,North', 's,South'));
    expect(faults.map(({ line, column, expected }) => [line, column, expected])).toEqual([
      [2, null, '2 cells, found 1'],
      [3, 'code', FORMATS.localities.code.expected],
    ]);
    expect(rows.map(({ row }) => row.code)).toEqual(['s']);
  });

  it('names columns that are missing, unknown or there twice, and reads no rows', () => {
    const { rows, faults, readable } = readRows('schools', table('code,Name,sector,code', 'p1,One,primary,p1'));
    expect(rows).toEqual([]);
    expect(readable).toBe(false);
    expect(faults.map(({ column, value }) => [column, value])).toEqual([
      ['name', ''],
      ['locality', ''],
      ['Name', 'Name'],
      ['code', 'code'],
    ]);
  });

  it('refuses names that a spreadsheet would run', () => {
    for (const name of ['=1+1', '+44', '-x', '@sum', '\tname', 'Two\nlines']) {
      expect(FORMATS.schools.name.parse(name), name).toBeUndefined();
    }
    for (const name of ["Àrd-sgoil a' Bhràighe", '4th Street School', 'مدرسة الوادي', 'Szkoła (część 2)']) {
      expect(FORMATS.schools.name.parse(name), name).toBe(name);
    }
  });

  it('reads whole numbers and dates back as they were written, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -50, max: 3000 }).map(String), fc.string()), (text) => {
        const value = FORMATS.rolls.pupils.parse(text);
        expect(value === undefined || (value >= 0 && value <= 2000 && Number(text) === value)).toBe(true);
        if (/^[1-9]\d{0,2}$/.test(text)) expect(value).toBe(Number(text));
      }),
    );
    const days = fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const text = date.toISOString().slice(0, 10);
        expect(FORMATS.rolls.date.parse(text)).toBe(text);
      }),
    );
    for (const text of ['2025-2-3', '17/09/2025', '2025-13-01', '2023-02-29', '']) {
      expect(FORMATS.rolls.date.parse(text), text).toBeUndefined();
    }
  });
});

describe('docs/import.md', () => {
  const words = readFileSync(join(import.meta.dirname, '../../../docs/import.md'), 'utf8');
  const section = (format: FormatName) => words.split(`### ${format}.csv`)[1]?.split('\n#')[0] ?? '';

  it.each(FORMAT_NAMES)('says of each column of %s what is expected', (format) => {
    const rows = [...section(format).matchAll(/^\| `(\w+)` *\| (.+?) *\|$/gm)].map((match) => [match[1], match[2]]);
    expect(rows).toEqual(Object.entries(FORMATS[format]).map(([name, column]) => [name, column.expected]));
  });
});
