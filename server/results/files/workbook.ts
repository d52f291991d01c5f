import writeXlsxFile, { type Cell, type Row, type Sheet } from 'write-excel-file/node';
import { bandName } from '../../core/survey/stage.ts';
import { aboutFiles } from './about.ts';
import { COLUMNS, columnWords, type Column, type ColumnName, type Fact } from './columns.ts';
import type { Language } from '../../web/language.ts';
import type { FileContent, Wording } from './content.ts';
import { fileNotes } from './notes.ts';
import { valueLabels } from './values.ts';
import { withoutTimes } from './zip-times.ts';

/*
 * The workbook: a cover, notes, what columns, codes and questions mean, who answered, and the table of facts with
 * a sheet for each domain. Each sheet holds one table from its first cell on and no merged cells, so that screen
 * readers, filters and formulas can follow it. Sheets of Arabic run from right to left.
 */

type Table = Sheet<Buffer>;
type NamedColumn = Column & { name: ColumnName };

/** Each stands once in a sheet of its own: the release on the cover, what keys belong to with the questions. */
const DESCRIBED: readonly NamedColumn[] = COLUMNS.filter(({ role }) => role !== 'release' && role !== 'sort');
/** Of the response only the rate stands beside every figure. */
const RATE_NAMES: readonly ColumnName[] = ['responses', 'on_roll', 'schools'];
const FACT_COLUMNS = DESCRIBED.filter(({ name }) => !RATE_NAMES.includes(name));
const PLACE_NAMES: readonly ColumnName[] = ['place_name', 'band_name', 'response_percent', 'place', 'band'];
const RATE_COLUMNS = DESCRIBED.filter(({ name }) => [...PLACE_NAMES, ...RATE_NAMES].includes(name));

/** Widths of columns, in letters. */
const WIDE = 60;
const MIDDLE = 28;
const NARROW = 12;
const LONGEST_SHEET_NAME = 31;

export async function workbookFile(content: FileContent, facts: readonly Fact[]): Promise<Buffer> {
  const tables = [
    notes(content),
    columns(content),
    codes(content),
    questions(content),
    whoAnswered(content, facts),
    ...domains(content, facts),
  ];
  const rightToLeft = content.language.direction === 'rtl';
  const sheets = [cover(content, tables), ...tables].map((sheet) => ({ ...sheet, rightToLeft }));
  return withoutTimes(await writeXlsxFile(sheets).toBuffer());
}

function cover(content: FileContent, tables: readonly Table[]): Table {
  const { language } = content;
  const { files, results } = language.words;
  const about = aboutFiles(content);
  const rows: [string, string][] = [
    [files.coverAuthority, about.authority],
    [results.factWave, about.wave],
    [files.coverDates, `${language.date(about.startsOn)} – ${language.date(about.endsOn)}`],
    [results.factReleased, language.date(about.released)],
    [files.coverReached, about.reached],
    [files.coverReleaseId, about.releaseId],
    [files.coverHash, about.sha256],
    [files.coverProtection, about.protection],
    ...reading(content),
    [files.coverTerms, about.terms],
    [files.coverSheets, tables.map(({ sheet }) => sheet).join(' · ')],
  ];
  return {
    sheet: files.sheetCover,
    columns: [{ width: MIDDLE }, { width: 2 * WIDE }],
    data: [
      [heading(files.coverTitle), heading(about.title)],
      ...rows.map(([name, words]) => [heading(name), wrapped(words)]),
    ],
  };
}

/** How to read it: of an open survey first that it is one. */
function reading({ language: { words }, release }: FileContent): [string, string][] {
  const { files, open } = words;
  return release.reached === 'open'
    ? [
        [open.methodTitle, `${open.howTheyCame} ${open.noSample} ${open.methodLeftOut}`],
        [files.coverReading, open.filesTable],
      ]
    : [
        [files.coverReading, files.noteTable],
        [files.noteOneSchoolTitle, files.noteOneSchool],
      ];
}

function notes({ language, release }: FileContent): Table {
  const { files } = language.words;
  const rows = fileNotes(language, release).flatMap(({ title, paragraphs }) =>
    paragraphs.map((paragraph): Row => [wrapped(title), wrapped(paragraph)]),
  );
  return table(files.sheetNotes, [MIDDLE, 2 * WIDE], [files.headSubject, files.headNote], rows);
}

function columns({ language }: FileContent): Table {
  const { files } = language.words;
  const rows = DESCRIBED.map(({ name }): Row => {
    const { label, about } = columnWords(language.words, name);
    return [wrapped(label), name, wrapped(about)];
  });
  return table(
    files.sheetColumns,
    [MIDDLE, MIDDLE, 2 * WIDE],
    [files.headColumn, files.headName, files.headMeaning],
    rows,
  );
}

/** What codes mean, except those that have a table of their own. */
function codes(content: FileContent): Table {
  const { files } = content.language.words;
  const rows = DESCRIBED.filter(({ name }) => name !== 'wording').flatMap(({ name }) =>
    valueLabels(content, name).map(({ value, label }): Row => [name, String(value), wrapped(label)]),
  );
  return table(files.sheetCodes, [MIDDLE, MIDDLE, WIDE], [files.headName, files.headCode, files.headMeaning], rows);
}

function askedOfWords(language: Language, { question, answers }: NonNullable<Wording['askedOf']>): string {
  return language.say('results', 'askedOf', { question, answers: answers.join(' / ') });
}

/** Every item in each of its wordings; an item with several has a row for each. */
function questions({ language, release, items }: FileContent): Table {
  const { files, results, open } = language.words;
  const several = release.reached === 'open' ? open.noteSeveral : results.noteSeveral;
  const rows = items.flatMap(({ item, variable, wordings }) =>
    wordings.map(({ name, question, reads, askedOf, options, bands }): Row => [
      wrapped(question),
      wrapped(
        reads ? `${reads.question}: ${reads.counted.join(' / ')}` : options.map(({ words }) => words).join(' / '),
      ),
      bands.map(bandName).join(', '),
      wrapped([askedOf && askedOfWords(language, askedOf), item.several && several].filter(Boolean).join(' ')),
      item.id,
      variable,
      name,
    ]),
  );
  const heads = [files.headQuestion, files.headAnswers, files.headBands, files.headRemark];
  const keys = (['item', 'variable', 'wording'] as const).map((name) => columnWords(language.words, name).label);
  return table(files.sheetQuestions, [WIDE, WIDE, MIDDLE, MIDDLE, MIDDLE, MIDDLE, WIDE], [...heads, ...keys], rows);
}

/** The response of each place and band, which stands beside every figure in the table of facts too. */
function whoAnswered(content: FileContent, facts: readonly Fact[]): Table {
  const first = new Map(facts.map((fact) => [`${fact.place}|${fact.band}`, fact]));
  return factTable(content, content.language.words.files.sheetResponse, RATE_COLUMNS, [...first.values()]);
}

function domains(content: FileContent, facts: readonly Fact[]): Table[] {
  const words: Record<string, string> = content.language.words.results;
  return [...Map.groupBy(facts, ({ domain }) => domain)].map(([domain, rows]) =>
    factTable(content, words[`domain-${domain}`] ?? domain, FACT_COLUMNS, rows),
  );
}

function factTable(
  { language }: FileContent,
  sheet: string,
  columns: readonly NamedColumn[],
  facts: readonly Fact[],
): Table {
  const heads = columns.map(({ name }) => columnWords(language.words, name).label);
  const widths = columns.map(({ type, role }) => (type === 'number' ? NARROW : role === 'words' ? MIDDLE : NARROW + 4));
  // An empty text is no cell at all, as an empty number is.
  const rows = facts.map((fact): Row => columns.map(({ name }) => (fact[name] === '' ? null : fact[name])));
  return table(sheet, widths, heads, rows);
}

/** A table with its head in a row that stays in sight. */
function table(sheet: string, widths: readonly number[], heads: readonly string[], rows: readonly Row[]): Table {
  return {
    sheet: sheet.replace(/[[\]/\\:*?]/g, ' ').slice(0, LONGEST_SHEET_NAME),
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    data: [heads.map(heading), ...rows],
  };
}

function heading(value: string): Cell {
  return { value, fontWeight: 'bold', wrap: true, alignVertical: 'top' };
}

function wrapped(value: string): Cell {
  return { value, wrap: true, alignVertical: 'top' };
}
