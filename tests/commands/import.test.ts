import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormatName } from '../../server/core/places/formats.ts';
import { splitFile } from '../../server/commands/import/files.ts';
import { reportOf } from '../../server/commands/import/report.ts';
import { importPlaces, type ImportFiles, type ImportRequest } from '../../server/commands/import/run.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { createPlaces } from '../../server/storage/places.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function split(text: string | Uint8Array) {
  return splitFile('f.csv', typeof text === 'string' ? bytes(text) : text);
}

function faultOf(text: string | Uint8Array) {
  const outcome = split(text);
  if ('table' in outcome) throw new Error('expected a fault, and the file was split');
  return outcome.fault;
}

describe('splitting a file', () => {
  it.each([
    ['plain', 'code,name\na,"A, with ""quotes"""\n\nb,B'],
    ['with a byte order mark', '\ufeffcode,name\na,"A, with ""quotes"""\n\nb,B\n'],
    ['with Windows line ends', 'code,name\r\na,"A, with ""quotes"""\r\n\r\nb,B\r\n'],
    ['with old Macintosh line ends', 'code,name\ra,"A, with ""quotes"""\r\rb,B\r'],
  ])('knows the line of each row: %s', (_what, text) => {
    expect(split(text)).toMatchObject({
      table: {
        header: { line: 1, cells: ['code', 'name'] },
        lines: [
          { line: 2, cells: ['a', 'A, with "quotes"'] },
          { line: 3, cells: [''] },
          { line: 4, cells: ['b', 'B'] },
        ],
      },
    });
  });

  it('counts on behind a cell of several lines, by the line that its row begins on', () => {
    const outcome = split('code,name\na,"two\r\nlines"\nb,B\n');
    expect('table' in outcome && outcome.table.lines.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each([
    ['semicolons', 'code;name\na;A\n', 1, /commas between the columns, found semicolons/],
    ['tabs', 'code\tname\na\tA\n', 1, /found tabs/],
    ['an empty file', '', 1, /names of the columns/],
    ['a quote that is never closed', 'code,name\na,A\nb,"B\nc,C\n', 3, /closing quote/],
    ['a quote inside a cell', 'code,name\na,A "small" one\n', 2, /quotes only around/],
    ['text after a quote', 'code,name\na,"A" B\n', 2, /quotes only around/],
  ])('names %s', (_what, text, line, expected) => {
    const fault = faultOf(text);
    expect(fault.line).toBe(line);
    expect(fault.expected).toMatch(expected);
  });

  it('names the line where text in another encoding begins', () => {
    const latin = Uint8Array.from([...bytes('code,name\na,A\nb,Caf'), 0xe9, ...bytes('\n')]);
    expect(faultOf(latin)).toMatchObject({ line: 3, expected: expect.stringContaining('UTF-8') as string });
    const utf16 = Buffer.from('\ufeffcode,name\n', 'utf16le');
    expect(faultOf(utf16)).toMatchObject({ line: 1, expected: expect.stringContaining('UTF-8') as string });
  });
});

const GOOD: Record<FormatName, string> = {
  localities: 'code,name\nn,North\n',
  schools: 'code,name,sector,locality\np1,One,primary,n\np2,Two,primary,\ns1,Big,secondary,n\n',
  clusters: 'code,name\nhill,Hill\n',
  memberships: 'cluster,school,from,to\nhill,p1,2012-08-13,\nhill,s1,2012-08-13,\n',
  rolls:
    'school,date,stage,class,sex,quintile,asn,pupils\np1,2025-09-17,P5,P5A,female,1,,12\np1,2025-09-17,P6,P6A,,,,9\ns1,2025-09-17,S1,1A,male,5,no,20\n',
};

function files(texts: { [F in FormatName]?: string }): ImportFiles {
  const entries = Object.entries(texts).map(([format, text]) => [
    format,
    { name: `${format}.csv`, bytes: bytes(text) },
  ]);
  return Object.fromEntries(entries) as ImportFiles;
}

describe('importing', () => {
  let database: Database;

  beforeEach(async () => {
    database = openDatabase(':memory:');
    await migrate(database);
  });
  afterEach(() => database.close());

  const request = (more: Partial<ImportRequest> = {}): ImportRequest => ({
    authorityId: 'strathlorn',
    name: 'Strathlorn',
    kind: 'demonstration',
    files: files(GOOD),
    write: true,
    at: '2026-05-01T09:00:00.000Z',
    ...more,
  });

  async function run(more: Partial<ImportRequest> = {}): Promise<string[]> {
    const all = request(more);
    return reportOf(await importPlaces(database, all), all.write);
  }

  const everything = async () => {
    const { query } = database;
    const rows = await createPlaces(database).rows('strathlorn', ['2025-09-17', '2026-01-10']);
    const authorities = await query.selectFrom('authorities').selectAll().execute();
    const audit = await query.selectFrom('audit_entries').select(['action', 'subject']).execute();
    return { rows, authorities, audit };
  };

  it('says in a dry run what would change, and changes nothing', async () => {
    const before = await everything();
    expect(await run({ write: false })).toEqual([
      'Strathlorn (strathlorn, demonstration): new',
      '  localities   1 new, 0 changed, 0 as stored',
      '  schools      3 new, 0 changed, 0 as stored',
      '  clusters     1 new, 0 changed, 0 as stored',
      '  memberships  2 new, 0 changed, 0 as stored',
      '  new roll of 2025-09-17: 2 schools, 41 pupils (P5 12, P6 9, S1 20)',
      'A dry run: nothing was written. Add --write to import this.',
    ]);
    expect(await everything()).toEqual(before);
  });

  it('writes everything and an audit entry, and does nothing when run again', async () => {
    expect((await run()).at(-1)).toBe('Imported.');
    const after = await everything();
    expect(after.rows.schools).toHaveLength(3);
    expect(after.rows.rolls).toHaveLength(3);
    expect(after.audit).toEqual([{ action: 'imported', subject: 'strathlorn' }]);
    expect((await run()).at(-1)).toBe('Everything is stored already; nothing was written.');
    expect(await everything()).toEqual(after);
  });

  it('imports nothing if there is one fault, and names each with file, line, column, value and what was expected', async () => {
    const schools = GOOD.schools.replace('p2,Two,primary', 'p2,Two,Primary');
    const rolls = GOOD.rolls.replace('P6,P6A,,,,9', 'S6,P6A,,,,nine').replace('s1,', 's7,');
    expect(await run({ files: files({ ...GOOD, schools, rolls }) })).toEqual([
      'schools.csv line 3, column sector: "Primary"; expected one of primary, secondary, special.',
      'rolls.csv line 3, column pupils: "nine"; expected a whole number from 0 to 2000.',
      'rolls.csv line 4, column school: "s7"; expected the code of a school that is stored or in the same import.',
      '3 faults. Nothing was imported.',
    ]);
    const { rows, authorities, audit } = await everything();
    expect([rows.schools, authorities, audit]).toEqual([[], [], []]);
  });

  it('reads every file to its end although another cannot be split', async () => {
    const localities = 'code;name\nn;North\n';
    const clusters = 'code,name\nhi ll,Hill\n';
    const lines = await run({ files: files({ ...GOOD, localities, clusters }) });
    expect(lines.map((line) => line.split(' ', 3).join(' '))).toEqual([
      'localities.csv line 1:',
      'clusters.csv line 2,',
      '2 faults. Nothing',
    ]);
  });

  it('renames by code and takes a new roll beside the old one', async () => {
    await run();
    const schools = 'code,name,sector,locality\np1,First,primary,n\n';
    const rolls = 'school,date,stage,class,sex,quintile,asn,pupils\np1,2026-01-10,P5,,,,,30\n';
    const lines = await run({ files: files({ schools, rolls }) });
    expect(lines).toContain('    p1: One (n) → First (n)');
    expect(lines).toContain('  new roll of 2026-01-10: 1 school, 30 pupils (P5 30)');
    const { rows } = await everything();
    expect(rows.schools.map(({ name }) => name)).toEqual(['Big', 'First', 'Two']);
    expect(rows.rolls).toHaveLength(4);
  });

  it('asks for the name and kind of a new authority, and never changes a kind', async () => {
    const { authorityId, files: all, write, at } = request();
    const outcome = await importPlaces(database, { authorityId, files: all, write, at });
    expect(outcome).toMatchObject({ troubles: [expect.stringContaining('--name NAME --kind') as string] });
    await run();
    expect((await run({ kind: 'real' }))[0]).toContain('stored as demonstration');
    expect((await everything()).authorities).toMatchObject([{ kind: 'demonstration' }]);
  });

  it('refuses an authority whose id could not stand in an address', async () => {
    expect((await run({ authorityId: 'Strath lorn' }))[0]).toContain('needs an id');
  });
});

describe('npm run import', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'heard-import-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function command(...options: string[]) {
    const root = join(import.meta.dirname, '../..');
    const outcome = spawnSync('node_modules/.bin/node', ['server/commands/import.ts', ...options], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: join(folder, 'heard.sqlite') },
      encoding: 'utf8',
    });
    return { status: outcome.status, said: outcome.stdout, complained: outcome.stderr };
  }

  function paths(texts: { [F in FormatName]?: string }): string[] {
    return Object.entries(texts).flatMap(([format, text]) => {
      const path = join(folder, `${format}.csv`);
      writeFileSync(path, text);
      return [`--${format}`, path];
    });
  }

  const authority = ['--authority', 'strathlorn', '--name', 'Strathlorn', '--kind', 'demonstration'];

  it('ends with 0 when done and with 1 when there is a fault', () => {
    const good = paths(GOOD);
    expect(command(...authority, ...good)).toMatchObject({
      status: 0,
      said: expect.stringContaining('dry run') as string,
    });
    expect(command(...authority, ...good, '--write')).toMatchObject({
      status: 0,
      said: expect.stringContaining('Imported.') as string,
    });
    const bad = command(...authority, ...paths({ clusters: 'code,name\n!,Hill\n' }), '--write');
    expect(bad.status).toBe(1);
    expect(bad.said).toContain(`${join(folder, 'clusters.csv')} line 2, column code: "!"; expected a code`);
  }, 60_000);

  it.each([
    [['--rolls', 'x.csv'], 'Name the authority'],
    [['--authority', 'a'], 'at least one file'],
    [['--authority', 'a', '--rolls', '/nowhere/x.csv'], '/nowhere/x.csv cannot be read'],
    [['--authority', 'a', '--kind', 'trial', '--rolls', 'x.csv'], 'expected demonstration or real'],
    [['--authority', 'a', '--rools', 'x.csv'], '--rools'],
  ])('says what is wrong with %j and ends with 1', (options, sentence) => {
    const { status, complained } = command(...options);
    expect(status).toBe(1);
    expect(complained).toContain(sentence);
    expect(complained).not.toContain('    at ');
  });
});
