import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FOR_CODE, FOR_WORKS, isAllowed } from '../../server/commands/licences/allowed.ts';

const HOUSE = join(import.meta.dirname, '..', '..');
const COMMAND = join(HOUSE, 'server', 'commands', 'licences.ts');

interface Report {
  shipped: { name: string; version: string; licence: string | null }[];
  development: { name: string }[];
  works: { folder: string; licence: string; text: string; files: number }[];
  faults: string[];
}

function licences(cwd: string, ...options: string[]) {
  return spawnSync(process.execPath, [COMMAND, ...options], { cwd, encoding: 'utf8' });
}
function reported(cwd: string): Report & { status: number | null } {
  const { status, stdout } = licences(cwd, '--json');
  return { status, ...(JSON.parse(stdout) as Report) };
}

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND CC0-1.0', true],
    ['MIT AND GPL-3.0-only', false],
    ['MIT OR ISC AND GPL-3.0-only', false],
    ['MIT OR (ISC AND GPL-3.0-only)', false],
    ['GPL-3.0-only', false],
    ['MPL-2.0', false],
    ['Apache-2.0 WITH LLVM-exception', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['UNLICENSED', false],
    ['', false],
    [null, false],
  ])('%j may ship as code: %s', (licence, may) => {
    expect(isAllowed(licence, FOR_CODE)).toBe(may);
  });

  it('of typefaces and pictures is not one for code', () => {
    for (const licence of ['OFL-1.1', 'CC-BY-SA-4.0']) {
      expect([isAllowed(licence, FOR_WORKS), isAllowed(licence, FOR_CODE)]).toEqual([true, false]);
    }
  });
});

describe('Heard', () => {
  it('ships nothing that it may not, and says all that it ships', () => {
    const found = reported(HOUSE);
    expect(found.faults).toEqual([]);
    expect(found.status).toBe(0);
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(HOUSE, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const shipped = found.shipped.map(({ name }) => name);
    expect(Object.keys(dependencies).filter((name) => !shipped.includes(name))).toEqual([]);
    // Its Node comes as a dev dependency, and everything runs on it.
    expect(Object.keys(devDependencies).filter((name) => shipped.includes(name))).toEqual(['node']);
    expect(found.works).toMatchObject([
      { folder: 'public/fonts', licence: 'OFL-1.1' },
      { folder: 'public/symbols', licence: 'CC-BY-SA-4.0' },
    ]);
  });

  it('lets no package run a script while it is installed but those that were looked at', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(HOUSE, path), 'utf8')) as Record<string, object>;
    const packages = Object.entries(read('package-lock.json').packages!) as [string, { hasInstallScript?: boolean }][];
    const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    const { allowScripts } = read('package.json');
    expect(withScript).toEqual(Object.keys(allowScripts!).map((name) => `node_modules/${name}`));
    const unpinned = packages.filter(([path, one]) => path !== '' && !('integrity' in one)).map(([path]) => path);
    expect(unpinned).toEqual([]);
  });

  it('says the same in words', () => {
    const { status, stdout } = licences(HOUSE);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/fastify 5\.\S+ {2}MIT[\s\S]*Everything that ships may/),
    ]);
  });
});

describe('somewhere else', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'heard-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, content: unknown): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const lock = (packages: Record<string, object>) => write('package-lock.json', { lockfileVersion: 3, packages });

  it('a package under a licence that is not on the list, or none, is named, unless it only develops with', () => {
    lock({
      '': { name: 'heard' },
      'node_modules/good': { version: '1.0.0', license: 'MIT' },
      'node_modules/copyleft': { version: '2.0.0', license: 'GPL-3.0-only' },
      'node_modules/good/node_modules/@a/silent': { version: '3.0.0' },
      'node_modules/tool': { version: '4.0.0', license: 'GPL-3.0-only', dev: true },
      'node_modules/peer': { version: '5.0.0', license: 'GPL-3.0-only', devOptional: true },
    });
    const { status, shipped, development, faults } = reported(folder);
    expect(status).toBe(1);
    expect(shipped.map(({ name }) => name)).toEqual(['@a/silent', 'copyleft', 'good']);
    expect(development.map(({ name }) => name)).toEqual(['peer', 'tool']);
    expect(faults).toEqual([
      expect.stringMatching(/^@a\/silent 3\.0\.0: expected MIT, .* found no licence\./),
      expect.stringMatching(/^copyleft 2\.0\.0: .* found GPL-3\.0-only\./),
    ]);
  });

  it('what is installed counts before what the lockfile says of it', () => {
    lock({ 'node_modules/one': { version: '1.0.0', license: 'MIT' }, 'node_modules/two': { version: '1.0.0' } });
    write('node_modules/one/package.json', { license: 'AGPL-3.0-only' });
    write('node_modules/two/package.json', { licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] });
    const { shipped, faults } = reported(folder);
    expect(shipped.map(({ licence }) => licence)).toEqual(['AGPL-3.0-only', 'MIT OR GPL-2.0']);
    expect(faults).toHaveLength(1);
  });

  it('a typeface or picture of which nothing says whose it is is named', () => {
    lock({});
    write('public/logo.png', 'a picture');
    write('public/fonts/mine.woff2', 'a typeface');
    write('public/symbols/cat.svg', '<svg/>');
    write('public/symbols/CREDITS.md', 'CC BY-SA 4.0\n| `cat` |');
    const { status, faults } = reported(folder);
    expect(status).toBe(1);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'public/logo.png',
      'public/fonts/OFL.txt',
      'public/fonts/mine.woff2',
    ]);
  });

  it('without a lockfile, or asked otherwise, it says what it wants', () => {
    const empty = licences(folder);
    expect([empty.status, empty.stderr]).toEqual([1, expect.stringContaining('Run this in the folder of Heard.')]);
    const other = licences(folder, '--all');
    expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('[--json]')]);
  });
});
