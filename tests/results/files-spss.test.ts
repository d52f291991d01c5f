import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS, type Column } from '../../server/results/files/columns.ts';
import { RESERVED } from '../../server/results/files/names.ts';
import { csvRows, type Row } from './file-reading.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';

/* The syntax for SPSS fits the CSV beside it. That SPSS's free twin runs it was tried by hand. */

let files: FilesHouse;
beforeAll(async () => {
  files = await openFilesHouse();
});
afterAll(() => files.house.close());

/** Commands end with a stop at the end of a line; lines that begin with a star say something to people. */
function commandsOf(syntax: string): string[] {
  return syntax
    .replace(/^\uFEFF/, '')
    .split(/\.\r\n/)
    .map((command) => command.trim())
    .filter((command) => command !== '' && !command.startsWith('*'));
}

const command = (syntax: string, name: string) =>
  commandsOf(syntax).filter((one) => one === name || one.startsWith(`${name}\r\n`) || one.startsWith(`${name} `));

/** The variables that the syntax reads, with their formats. */
function variablesOf(syntax: string): [string, string][] {
  const [, list = ''] = /\/VARIABLES=\r\n([^]*?)\.\r\n/.exec(syntax) ?? [];
  return list.split('\r\n').map((line) => line.trim().split(' ') as [string, string]);
}

/** The labels of the values of a variable. */
function labelsOf(syntax: string, variable: string): Map<string, string> {
  const [found = ''] = command(syntax, `VALUE LABELS ${variable}`);
  const pairs = [...found.matchAll(/^ +('(?:[^']|'')*'|\d) '((?:[^']|'')*)'/gm)];
  return new Map(pairs.map(([, value = '', label = '']) => [value.replace(/^'|'$/g, '').replaceAll("''", "'"), label]));
}

describe.each(['en', 'ar'] as const)('the syntax for SPSS in %s', (language) => {
  let syntax: string;
  let rows: Row[];
  beforeAll(async () => {
    syntax = await files.text('spss', language);
    rows = csvRows(await files.file('csv', language));
  });

  it('reads the CSV beside it, in the order of its columns, with decimals and letters set', async () => {
    const name = /filename="([^"]+)"/.exec(
      String((await files.get(`/results/${files.current}/files/csv`, language)).headers['content-disposition']),
    )?.[1];
    expect(syntax.startsWith('\uFEFF* Encoding: UTF-8.\r\n')).toBe(true);
    expect(command(syntax, 'SET UNICODE=ON')).toHaveLength(1);
    expect(command(syntax, 'SET DECIMAL=DOT')).toHaveLength(1);
    expect(syntax).toContain(`/FILE='${name}'\r\n  /ENCODING='UTF8'`);
    expect(syntax).toContain("/FIRSTCASE=2\r\n  /DELIMITERS=','\r\n  /QUALIFIER='\"'");
    expect(variablesOf(syntax).map(([variable]) => variable)).toEqual(Object.keys(rows[0]!));
  });

  it('gives every text the room that it needs, and reads every number as one', () => {
    for (const [index, [variable, format]] of variablesOf(syntax).entries()) {
      const { type, decimals = 0 }: Column = COLUMNS[index]!;
      const longest = Math.max(...rows.map((row) => Buffer.byteLength(row[variable]!)));
      if (type === 'number') {
        expect(format).toBe(`F8.${decimals}`);
        const number = decimals === 0 ? /^\d{0,8}$/ : /^(\d{1,6}(\.\d)?)?$/;
        for (const row of rows) expect(row[variable]).toMatch(number);
      } else expect(Number(/^A(\d+)$/.exec(format)?.[1]), variable).toBeGreaterThanOrEqual(longest);
    }
  });

  it('has names that SPSS takes', () => {
    const names = variablesOf(syntax).map(([variable]) => variable);
    for (const name of names) {
      expect(name).toMatch(/^[a-z][a-z0-9_]{0,62}[a-z0-9]$/);
      expect(RESERVED).not.toContain(name);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  it('labels every variable, and every code that the CSV holds', () => {
    const [labels = ''] = command(syntax, 'VARIABLE LABELS');
    for (const { name } of COLUMNS) expect(labels, name).toMatch(new RegExp(`[ /]${name} '[^']+'`));
    for (const name of ['place', 'place_kind', 'band', 'item_kind', 'domain', 'wording', 'state'] as const) {
      const values = labelsOf(syntax, name);
      for (const row of rows) expect(values.has(row[name]!), `${name} ${row[name]}`).toBe(true);
    }
    expect([...labelsOf(syntax, 'state').keys()]).toEqual([
      'answered',
      'dont-know',
      'prefer-not-to-say',
      'skipped',
      'not-asked',
    ]);
    expect([...labelsOf(syntax, 'one_school').keys()]).toEqual(['0', '1']);
    expect([...labelsOf(syntax, 'caution').keys()]).toEqual(['none', 'flagged', 'cautious']);
  });

  it('keeps labels and lines as short as SPSS reads them, and closes what it opens', () => {
    for (const line of syntax.split('\r\n')) {
      if (!line.startsWith('*')) expect(Buffer.byteLength(line), line).toBeLessThan(256);
      expect((line.startsWith('*') ? '' : line).replaceAll('"', '').split("'").length % 2, line).toBe(1);
    }
    for (const label of labelsOf(syntax, 'wording').values()) expect(Buffer.byteLength(label)).toBeLessThanOrEqual(120);
    expect(commandsOf(syntax).at(-1)).toBe('EXECUTE');
    for (const said of commandsOf(syntax)) expect(said).toMatch(/^[A-Z]{3}/);
  });
});

describe('what a release says of itself in SPSS', () => {
  it('stays with the data', async () => {
    const syntax = await files.text('spss');
    expect(command(syntax, 'FILE LABEL')[0]).toBe("FILE LABEL 'Spring 2026: released results of Strathlorn'");
    expect(command(syntax, 'ADD DOCUMENT')[0]).toContain(files.release.sha256);
  });
});
