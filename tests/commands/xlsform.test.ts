import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSurvey, type SurveyRead } from '../../server/core/xlsform/read-survey.ts';
import { readExamples } from '../../server/storage/survey-folders.ts';
import { MOST_BYTES } from '../../server/web/workbooks/archive.ts';
import { readWorkbook, writeWorkbook } from '../../server/web/workbooks/workbook-file.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xlsform-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function xlsform(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/commands/xlsform.ts', ...options], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const FORM = [
  {
    name: 'survey',
    rows: [
      ['type', 'name', 'label::English (en)', 'relevant'],
      ['select_one yes_no', 'club', 'Are you in a club?'],
      ['geopoint', 'where', 'Where are you?'],
      [],
      ['text', 'which', 'Which one?', "${club} = 'yes'"],
    ],
  },
  {
    name: 'choices',
    rows: [
      ['list_name', 'name', 'label::English (en)'],
      ['yes_no', 'yes', 'Yes'],
      ['yes_no', 'no', 'No'],
    ],
  },
];

const SHEET = 'xl/worksheets/sheet1.xml';
const bytesOf = async () => new Uint8Array(await writeWorkbook(FORM));

/** The form with one part of the archive written anew. */
async function changed(name: string, change: (content: string) => string): Promise<Uint8Array> {
  const parts = unzipSync(await bytesOf());
  const before = new TextDecoder().decode(parts[name]);
  return zipSync({ ...parts, [name]: strToU8(change(before)) });
}

describe('npm run xlsform', () => {
  it('says as JSON what is taken of a form, and by row what is not', async () => {
    const path = join(folder, 'form.xlsx');
    writeFileSync(path, await bytesOf());
    const { status, stdout } = xlsform(path, '--json');
    expect(status).toBe(0);
    const { questions, notTaken } = JSON.parse(stdout) as SurveyRead;
    expect(questions).toEqual([
      { id: 'club', name: 'club', kind: 'one-choice', row: 2 },
      { id: 'which', name: 'which', kind: 'short-text', row: 5 },
    ]);
    expect(notTaken.map(({ sheet, row, column, value }) => [sheet, row, column, value])).toEqual([
      ['survey', 3, 'type', 'geopoint'],
      ['survey', 3, 'name', 'where'],
      ['survey', 3, 'label::English (en)', 'Where are you?'],
    ]);
    expect(xlsform(path).stdout).toMatch(/survey row 3, type "geopoint": Heard asks nobody where they are\./);
  });

  it('writes a survey as a form, of which it takes all again', async () => {
    const path = join(folder, 'examples.xlsx');
    expect(xlsform('--survey', 'examples', '--out', path)).toMatchObject({ status: 0, stderr: '' });
    const { survey, texts, notTaken } = readSurvey(await readWorkbook(readFileSync(path)));
    const { definition, texts: words } = readExamples();
    expect(notTaken).toEqual([]);
    expect(survey).toEqual(definition);
    for (const text of words) expect(texts).toContainEqual(text);
  });

  it('ends with one sentence on what is wrong with a file or an option', () => {
    const pdf = join(folder, 'form.pdf');
    writeFileSync(pdf, '%PDF-1.7\n');
    const broken = xlsform(pdf);
    expect(broken).toMatchObject({ status: 1, stdout: '' });
    expect(broken.stderr).toBe(`${pdf}: Expected a workbook (.xlsx), found a PDF: export the form itself as .xlsx.\n`);
    expect(xlsform(join(folder, 'none.xlsx')).stderr).toMatch(/cannot be read \(ENOENT\)/);
    expect(xlsform('--survey', 'nobody', '--out', join(folder, 'x.xlsx')).stderr).toMatch(/found "nobody"/);
    expect(xlsform()).toMatchObject({ status: 1 });
  });
});

describe('a workbook', () => {
  it('is read as plain text: numbers, truths, rich words, spaces and empty rows', async () => {
    const bytes = await changed(SHEET, (xml) =>
      xml.replace(
        /<sheetData>.*<\/sheetData>/s,
        '<sheetData><row r="1"><c r="A1"><v>1.0</v></c><c r="B1" t="b"><v>1</v></c><c r="D1"><v>0.1</v></c></row>' +
          '<row r="3"><c r="A3" t="inlineStr"><is><r><t>rich </t></r><r><t xml:space="preserve">words </t></r></is></c>' +
          '<c r="B3" t="str"><f>1&amp;2</f><v>12</v></c></row></sheetData>',
      ),
    );
    const [sheet] = await readWorkbook(bytes);
    expect(sheet?.rows.map((row) => row.filter((value) => value !== ''))).toEqual([
      ['1', 'true', '0.1'],
      [],
      ['rich words ', '12'],
    ]);
    expect(sheet?.rows[0]?.[3]).toBe('0.1');
  });

  it.each([
    ['nothing', new Uint8Array(), /an empty file/],
    ['text', strToU8('type,name,label\ntext,a,A\n'), /text, perhaps CSV/],
    ['a page', strToU8('<!doctype html><table>'), /a page in HTML/],
    ['old Excel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /an old Excel file/],
    ['other bytes', new Uint8Array([1, 2, 3, 0, 5]), /a file of another kind/],
    ['a letter', zipSync({ 'word/document.xml': strToU8('<w/>') }), /a Word document/],
    ['OpenDocument', zipSync({ 'content.xml': strToU8('<w/>') }), /an OpenDocument file/],
    ['an archive', zipSync({ 'a.txt': strToU8('a') }), /without a workbook/],
    ['too much', new Uint8Array(MOST_BYTES + 1), /more than 5 MB/],
  ])('is not %s, which is told', async (_what, bytes, reason) => {
    await expect(readWorkbook(bytes)).rejects.toThrow(reason);
  });

  it('is refused before it is unpacked, where it would unpack to more than a form can hold', async () => {
    const parts = unzipSync(await bytesOf());
    const bomb = zipSync({ ...parts, 'xl/media/image1.bin': new Uint8Array(60 * 1024 * 1024) }, { level: 9 });
    expect(bomb.length).toBeLessThan(MOST_BYTES);
    await expect(readWorkbook(bomb)).rejects.toThrow(/unpacks to more than 50 MB/);
    // An archive that says of its parts that they are small is measured all the same.
    const view = Buffer.from(bomb);
    for (let at = view.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = view.indexOf('PK\x01\x02', at + 4, 'latin1'))
      view.writeUInt32LE(10, at + 24);
    await expect(readWorkbook(view)).rejects.toThrow(/unpacks to more than 50 MB/);
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`a${index}.xml`, strToU8('<a/>')]));
    await expect(readWorkbook(zipSync({ ...parts, ...many }))).rejects.toThrow(/more than 1000/);
  });

  it.each([
    [
      'a definition of entities',
      (xml: string) => xml.replace('<worksheet', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    ],
    ['a row far below', (xml: string) => xml.replace('<row r="2"', '<row r="1048576"')],
    ['a row without end', (xml: string) => xml.replace('<row r="2"', '<row r="99999999999999"')],
    ['a cell far outside', (xml: string) => xml.replace('r="A1"', 'r="XFD1"')],
    ['a row that hides behind a quote', (xml: string) => xml.replace('<row r="2"', '<row x=">" r="999999999999"')],
    ['a row that hides behind a comment', (xml: string) => xml.replace('<row r="2"', '<!-- <row x=" --><row r="2"')],
    ['rows without number', (xml: string) => xml.replace('<sheetData>', `<sheetData>${'<row/>'.repeat(30_000)}`)],
  ])('is refused with %s', async (_what, change) => {
    await expect(readWorkbook(await changed(SHEET, change))).rejects.toThrow(/Expected a workbook/);
  });

  it('may have empty rows and cells with a style far outside, as spreadsheet programs leave them', async () => {
    const rows = '<row r="9"><c r="XFD9" s="0"/><c r="XFE9"></c></row><row r="1048576" ht="15"></row></sheetData>';
    const sheets = await readWorkbook(await changed(SHEET, (xml) => xml.replace('</sheetData>', rows)));
    expect(sheets[0]?.rows).toEqual((await readWorkbook(await bytesOf()))[0]?.rows);
  });

  it('is told as damaged wherever it is cut off', async () => {
    const bytes = await bytesOf();
    for (let length = 5; length < bytes.length; length += Math.ceil(bytes.length / 40))
      await expect(readWorkbook(bytes.subarray(0, length))).rejects.toThrow(/found a damaged one/);
    await expect(readWorkbook(await changed(SHEET, (xml) => xml.slice(0, 300)))).rejects.toThrow(/damaged/);
  });
});
