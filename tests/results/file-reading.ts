import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { readXml, type XmlElement } from './xml-reading.ts';

/* Reads files of a release as programs would, without the code that wrote them. */

export type Row = Record<string, string>;

/** The rows of a CSV by the names in its head. */
export function csvRows(file: string | Buffer): Row[] {
  return parse(file, { bom: true, columns: true, record_delimiter: '\r\n' });
}

/** The files of a zip archive, by their names. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = archive.readUInt32LE(end + 16);
  for (let number = archive.readUInt16LE(end + 10); number > 0; number -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((at) => archive.readUInt16LE(entry + at)) as [
      number,
      number,
      number,
    ];
    const header = archive.readUInt32LE(entry + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(entry + 20));
    const isPacked = archive.readUInt16LE(entry + 10) === 8;
    files.set(archive.toString('utf8', entry + 46, entry + 46 + name), isPacked ? inflateRawSync(packed) : packed);
    entry += 46 + name + extra + comment;
  }
  return files;
}

export interface ReadSheet {
  name: string;
  /** Cells row by row: numbers as numbers, texts as texts, what is empty as null. */
  rows: (string | number | null)[][];
  rightToLeft: boolean;
  /** Rows that stay in sight. */
  frozen: number;
  /** The sheet as it is written. */
  xml: string;
}

/** The sheets of a workbook in their order. */
export function readWorkbook(archive: Buffer): ReadSheet[] {
  const files = unzip(archive);
  const read = (name: string) => {
    const file = files.get(name);
    if (!file) throw new Error(`The workbook has no ${name}.`);
    return file.toString('utf8');
  };
  const strings = readXml(read('xl/sharedStrings.xml')).children.map((string) => textOf(string));
  const targets = new Map(
    readXml(read('xl/_rels/workbook.xml.rels')).children.map(({ attributes }) => [
      attributes['Id'],
      attributes['Target'],
    ]),
  );
  const sheets = within(readXml(read('xl/workbook.xml')), 'sheet');
  return sheets.map(({ attributes }) => {
    const xml = read(`xl/${targets.get(attributes['r:id'])}`);
    return { name: attributes['name'] ?? '', xml, ...readSheet(readXml(xml), strings) };
  });
}

function readSheet(sheet: XmlElement, strings: readonly string[]): Omit<ReadSheet, 'name' | 'xml'> {
  const rows = within(sheet, 'row').map((row) => {
    const cells: (string | number | null)[] = [];
    for (const cell of row.children) {
      const value = textOf(cell);
      const shown = cell.attributes['t'] === 's' ? strings[Number(value)]! : value === '' ? null : Number(value);
      cells[columnOf(cell.attributes['r'] ?? '')] = shown;
    }
    return Array.from(cells, (cell) => cell ?? null);
  });
  return {
    rows,
    rightToLeft: within(sheet, 'sheetView').some(({ attributes }) =>
      ['1', 'true'].includes(attributes['rightToLeft']!),
    ),
    frozen: Number(within(sheet, 'pane')[0]?.attributes['ySplit'] ?? 0),
  };
}

/** `B7` is in the second column, whose index is 1. */
function columnOf(address: string): number {
  const letters = address.replace(/\d/g, '');
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** All elements of a name, at any depth. */
export function within(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...within(child, name)]);
}

export function textOf(element: XmlElement): string {
  return element.text + element.children.map(textOf).join('');
}
