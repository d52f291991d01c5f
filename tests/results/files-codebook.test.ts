import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import english from '../../locales/en/files.json' with { type: 'json' };
import { COLUMNS } from '../../server/results/files/columns.ts';
import { csvRows, textOf, within, type Row } from './file-reading.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { readXml, type XmlElement } from './xml-reading.ts';

/*
 * The codebook is DDI Codebook 2.5. Its schema is not ours to ship: by hand the file was validated with xmllint
 * against the one of the DDI Alliance. Here it is held to what that schema says of the elements that it uses.
 */

/** What may stand in an element, in this order; with an exclamation mark what must. Others hold text alone. */
const ORDER: Record<string, string> = {
  codeBook: 'docDscr stdyDscr! fileDscr dataDscr',
  docDscr: 'citation guide',
  stdyDscr: 'citation! stdyInfo method dataAccs',
  citation: 'titlStmt! rspStmt prodStmt distStmt verStmt',
  titlStmt: 'titl! IDNo',
  rspStmt: 'AuthEnty',
  prodStmt: 'producer prodDate',
  distStmt: 'distrbtr distDate',
  verStmt: 'version',
  stdyInfo: 'subject abstract sumDscr',
  subject: 'keyword',
  sumDscr: 'collDate geogCover anlyUnit universe dataKind',
  method: 'notes anlyInfo',
  anlyInfo: 'respRate',
  dataAccs: 'useStmt',
  useStmt: 'restrctn conditions',
  fileDscr: 'fileTxt',
  fileTxt: 'fileName fileCont fileStrc dimensns fileType dataMsng',
  dimensns: 'caseQnty varQnty',
  dataDscr: 'varGrp var nCube',
  varGrp: 'labl txt',
  var: 'labl qstn universe txt catgry verStmt concept varFormat',
  qstn: 'qstnLit ivuInstr',
  catgry: 'catValu labl',
  nCube: 'labl txt dmns measure',
};
/** Attributes that name other elements by their ids. */
const REFERENCES = ['var', 'files', 'varRef'];

let files: FilesHouse;
let codebook: XmlElement;
let rows: Row[];
beforeAll(async () => {
  files = await openFilesHouse();
  codebook = readXml(await files.text('codebook'));
  rows = csvRows(await files.file('csv'));
});
afterAll(() => files.house.close());

const everything = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(everything)];
const variables = () => within(codebook, 'var');
const named = (name: string) => variables().find(({ attributes }) => attributes['name'] === name);
const child = (element: XmlElement | undefined, name: string) => element?.children.find((one) => one.name === name);
const categoriesOf = (variable: XmlElement) =>
  within(variable, 'catgry').map((category) => ({
    code: textOf(child(category, 'catValu')!),
    words: textOf(child(category, 'labl')!),
    missing: category.attributes['missing'] === 'Y',
  }));

describe('the codebook as a file', () => {
  it('is DDI Codebook 2.5 in the language of the reader, well-formed', async () => {
    expect(codebook.name).toBe('codeBook');
    expect(codebook.attributes).toMatchObject({ xmlns: 'ddi:codebook:2_5', version: '2.5', 'xml:lang': 'en' });
    expect(readXml(await files.text('codebook', 'ar')).attributes['xml:lang']).toBe('ar');
  });

  it('holds what the schema wants, in its order', async () => {
    for (const language of ['en', 'ar'] as const) {
      for (const element of everything(readXml(await files.text('codebook', language)))) {
        const order = (ORDER[element.name] ?? '').split(' ').filter((name) => name !== '');
        const places = element.children.map(({ name }) => order.findIndex((one) => one.replace('!', '') === name));
        expect(places, `${element.name} holds ${element.children.map(({ name }) => name).join(' ')}`).not.toContain(-1);
        expect(
          places.toSorted((one, other) => one - other),
          element.name,
        ).toEqual(places);
        for (const needed of order.filter((one) => one.endsWith('!'))) {
          expect(child(element, needed.slice(0, -1)), `${element.name} ${needed}`).toBeDefined();
        }
        if (order.length > 0) expect(element.text.trim(), element.name).toBe('');
      }
    }
  });

  it('gives each id once, as XML allows it, and names none that is not there', () => {
    const all = everything(codebook);
    const ids = all.flatMap(({ attributes }) => attributes['ID'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
    const named = all.flatMap(({ attributes }) => REFERENCES.flatMap((name) => attributes[name]?.split(' ') ?? []));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('the codebook as a description', () => {
  it('says what release it is, how it is protected, and what is hidden', () => {
    const citation = child(child(codebook, 'stdyDscr'), 'citation')!;
    expect(within(citation, 'IDNo').map(textOf)).toEqual([files.current, files.release.sha256]);
    const notes = within(codebook, 'notes').map(textOf).join(' ');
    expect(notes).toContain('Every count is rounded to the nearest 5 first.');
    expect(notes).toContain('fewer than 10 pupils were asked');
    expect(notes).toContain(english.noteHiddenAlike);
    const hidden = rows.filter((row) => row['share_percent'] === '').length;
    expect(textOf(within(codebook, 'dataMsng')[0]!)).toContain(`${hidden} of ${rows.length} rows have no figure.`);
    expect(textOf(within(codebook, 'caseQnty')[0]!)).toBe(String(rows.length));
  });

  it('describes every column of the CSV, and labels its codes', () => {
    for (const { name } of COLUMNS) {
      const variable = named(name)!;
      expect(textOf(child(variable, 'labl')!), name).toBe((english as Record<string, string>)[`label-${name}`]);
      const codes = categoriesOf(variable).map(({ code }) => code);
      if (codes.length > 0) {
        for (const row of rows) if (row[name] !== '') expect(codes, `${name} ${row[name]}`).toContain(row[name]);
      }
    }
  });

  it('describes every item in each of its wordings, with its options and the five states', () => {
    const byWording = Map.groupBy(rows, (row) => row['wording']!);
    for (const [wording, asked] of byWording) {
      const variable = named(wording)!;
      expect(textOf(child(variable, 'labl')!)).toBe(asked[0]!['question']);
      const categories = categoriesOf(variable);
      const options = new Map(asked.filter((row) => row['option'] !== '').map((row) => [row['option'], row['answer']]));
      expect(categories.filter(({ missing }) => !missing).map(({ code, words }) => [code, words])).toEqual([
        ...options,
      ]);
      expect(categories.filter(({ missing }) => missing).map(({ code }) => code)).toEqual([
        'dont-know',
        'prefer-not-to-say',
        'skipped',
        'not-asked',
      ]);
      expect(textOf(child(variable, 'concept')!)).toBe(asked[0]!['item']);
      for (const band of new Set(asked.map((row) => row['band_name']!))) {
        expect(textOf(child(variable, 'universe')!)).toContain(band);
      }
    }
    expect(variables()).toHaveLength(COLUMNS.length + byWording.size);
  });

  it('says what an indicator counts, and shows a question as it was asked', () => {
    const safe = named(rows.find((row) => row['item'] === 'feels-safe')!['wording']!)!;
    expect(textOf(within(safe, 'qstnLit')[0]!)).toBe(rows.find((row) => row['item'] === 'feel-safe')!['question']);
    expect(textOf(child(safe, 'txt')!)).toBe('Counted are those who answered: Always / Mostly');
  });

  it('holds a table of each wording over place and band', () => {
    const tables = within(codebook, 'nCube');
    expect(tables.map(({ attributes }) => attributes['name'])).toEqual([...new Set(rows.map((row) => row['wording']))]);
    for (const table of tables) {
      const dimensions = within(table, 'dmns').map(({ attributes }) => attributes['varRef']);
      expect(dimensions).toEqual(['V_place', 'V_band', `I_${table.attributes['name']}`]);
      expect(table.attributes['dmnsQnty']).toBe('3');
    }
  });
});
