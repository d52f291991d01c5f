import { aboutFiles } from './about.ts';
import { COLUMNS, columnsOf, columnWords, type Column, type ColumnName, type Fact } from './columns.ts';
import type { FileContent } from './content.ts';
import { valueLabels } from './values.ts';

/*
 * Syntax for SPSS that reads the CSV beside it and says what is in it. Empty cells become system-missing by
 * themselves. PSPP runs it too, without the line that sets Unicode.
 */

/** The most that SPSS keeps of a label, in bytes. */
const LONGEST_VARIABLE_LABEL = 200;
const LONGEST_VALUE_LABEL = 120;
const LONGEST_FILE_LABEL = 60;
const LOOKS_LIKE_FORMULA = /^[=+\-@＝＋－＠]/;
/** A number of a release: whole, unless its column says otherwise. */
const numberFormat = (decimals = 0) => `F8.${decimals}`;

export function spssFile(content: FileContent, facts: Iterable<Fact>, csvName: string): string {
  const { language } = content;
  const { files } = language.words;
  const { title, releaseId, sha256, reached } = aboutFiles(content);
  const lines = [
    '* Encoding: UTF-8.',
    comment(title),
    comment(`${files.spssRelease} ${releaseId}, SHA-256 ${sha256}`),
    comment(reached),
    comment(files.spssFolder),
    comment(files.noteHidden),
    comment(files.spssUnicode),
    '',
    'SET UNICODE=ON.',
    'SET DECIMAL=DOT.',
    '',
    ...readCsv(csvName, widthsOf(facts)),
    'DATASET NAME heard_release.',
    '',
    `FILE LABEL ${quoted(title, LONGEST_FILE_LABEL)}.`,
    `ADD DOCUMENT ${quoted(releaseId)} ${quoted(`SHA-256 ${sha256}`)}.`,
    '',
    ...variableLabels(content),
    '',
    ...COLUMNS.flatMap(({ name }) => labelsOfValues(content, name)),
    "MISSING VALUES caution (' ').",
    ...variableLevels(),
    'EXECUTE.',
  ];
  // The mark at the beginning tells every version that these are letters of UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function readCsv(csvName: string, widths: ReadonlyMap<ColumnName, number>): string[] {
  const all: readonly (Column & { name: ColumnName })[] = COLUMNS;
  const variables = all.map(
    ({ name, type, decimals }) => `    ${name} ${type === 'number' ? numberFormat(decimals) : `A${widths.get(name)}`}`,
  );
  return [
    'GET DATA',
    '  /TYPE=TXT',
    `  /FILE=${quoted(csvName)}`,
    "  /ENCODING='UTF8'",
    '  /ARRANGEMENT=DELIMITED',
    '  /DELCASE=LINE',
    '  /FIRSTCASE=2',
    "  /DELIMITERS=','",
    "  /QUALIFIER='\"'",
    '  /VARIABLES=',
    `${variables.join('\r\n')}.`,
  ];
}

/**
 * Bytes that each text needs. Codes have the same width in every release, so that releases can be put together;
 * words take the next step above what they need.
 */
function widthsOf(facts: Iterable<Fact>): Map<ColumnName, number> {
  const needed = new Map<ColumnName, number>();
  const texts = COLUMNS.filter(({ type }) => type === 'text').map(({ name }) => name);
  const seen = new Map(texts.map((name) => [name, new Set<string>()]));
  for (const fact of facts) for (const name of texts) seen.get(name)?.add(String(fact[name]));
  for (const column of COLUMNS.filter(({ type }) => type === 'text')) {
    const longest = Math.max(...Array.from(seen.get(column.name) ?? [], bytesInCsv));
    const usual = 'width' in column ? column.width : 0;
    needed.set(column.name, longest <= usual ? usual : 2 ** Math.max(6, Math.ceil(Math.log2(longest))));
  }
  return needed;
}

/** What looks like a formula has a mark before it. */
function bytesInCsv(text: string): number {
  return Buffer.byteLength(text) + (LOOKS_LIKE_FORMULA.test(text) ? 1 : 0);
}

function variableLabels({ language }: FileContent): string[] {
  const labels = COLUMNS.map(
    ({ name }) => `${name} ${quoted(columnWords(language.words, name).label, LONGEST_VARIABLE_LABEL)}`,
  );
  return [`VARIABLE LABELS`, `    ${labels.join('\r\n  / ')}.`];
}

function labelsOfValues(content: FileContent, name: ColumnName): string[] {
  const labels = valueLabels(content, name).map(
    ({ value, label }) =>
      `    ${typeof value === 'number' ? value : quoted(value)} ${quoted(label, LONGEST_VALUE_LABEL)}`,
  );
  return labels.length === 0 ? [] : [`VALUE LABELS ${name}`, `${labels.join('\r\n')}.`, ''];
}

function variableLevels(): string[] {
  const figures = columnsOf('figure').map(({ name }) => name);
  const others = COLUMNS.map(({ name }) => name).filter((name) => !figures.includes(name));
  return ['VARIABLE LEVEL', `    ${figures.join(' ')} (SCALE)`, `  / ${others.join(' ')} (NOMINAL).`, ''];
}

/** One command of its own: a stop at the end of a line ends it. */
function comment(text: string): string {
  return `* ${text.replace(/[.\s]+$/, '')}.`;
}

/** Text between quotation marks, cut where SPSS would cut it, but never within a letter. */
function quoted(text: string, longest = Infinity): string {
  return `'${cut(text, longest).replaceAll("'", "''")}'`;
}

function cut(text: string, longest: number): string {
  if (Buffer.byteLength(text) <= longest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (Buffer.byteLength(`${kept}${segment}…`) > longest) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
