import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/* docs/security.md against the list of what the standard asks (numbers only) and against the house. */
const ROOT = join(import.meta.dirname, '..', '..');
const { version, numbers } = JSON.parse(readFileSync(join(ROOT, 'tests', 'house', 'asvs.json'), 'utf8')) as {
  version: string;
  numbers: string[];
};
const page = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');

const STANDINGS = ['met', 'operator', 'does not apply', 'not met'];

interface Line {
  number: string;
  cells: string[];
  standing: string;
  shownBy: string;
}

/** The lines of the tables whose first cell is a number of the standard. */
const lines: Line[] = page
  .split('\n')
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter(([before, number]) => before === '' && /^\d+\.\d+\.\d+$/.test(number ?? ''))
  .map((cells) => ({ number: cells[1]!, cells: cells.slice(1, -1), standing: cells[4]!, shownBy: cells[5]! }));

/** What stands between one heading and the next of its level. */
function section(title: string): string {
  const found = new RegExp(`^## ${title}\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(page)?.[1];
  expect(found, title).toBeDefined();
  return found!;
}

/** Names of files, as they stand in a text between backticks. */
const filesIn = (text: string) =>
  [...text.matchAll(/`((?:server|tests|docs|views|public|locales|surveys|migrations|bench)\/[^`*…<]*\.[a-z]+)`/g)].map(
    (match) => match[1]!,
  );
/** Of files at the top, those that a line may name. */
const AT_THE_TOP = /`(package(?:-lock)?\.json|tsconfig\.json|eslint\.config\.js)`/g;

const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
  title!
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);

describe('docs/security.md', () => {
  it('answers every requirement of levels 1 and 2 once, in the order of the standard, and no other', () => {
    expect(page).toContain(`ASVS ${version}`);
    expect(numbers.length).toBeGreaterThan(200);
    expect(lines.map(({ number }) => number)).toEqual(numbers);
  });

  it('says of each what is asked, how it stands, and what shows it', () => {
    for (const { number, cells, standing, shownBy } of lines) {
      expect(cells, number).toHaveLength(5);
      expect(
        cells.every((cell) => cell !== ''),
        number,
      ).toBe(true);
      expect(STANDINGS, number).toContain(standing);
      const pointers = [...filesIn(shownBy), ...shownBy.matchAll(AT_THE_TOP), ...shownBy.matchAll(/\(#[a-z-]+\)/g)];
      expect(pointers.length, number).toBeGreaterThan(0);
    }
  });

  it('names files and sections that are there', () => {
    const named = [...new Set([...filesIn(page), ...[...page.matchAll(AT_THE_TOP)].map((match) => match[1]!)])];
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const links = [...page.matchAll(/\]\(([^)#\s]*)(?:#([a-z0-9-]+))?\)/g)];
    for (const [, path, anchor] of links) {
      if (path!.startsWith('http')) continue;
      if (path) expect(existsSync(join(ROOT, 'docs', path)), path).toBe(true);
      if (anchor) expect(anchors).toContain(anchor);
    }
  });

  it('begins with what is not met: those lines, whole, and no others', () => {
    const listed = [...section('Not met').matchAll(/^- \*\*([\d.]+)\*\*/gm)].map((match) => match[1]);
    const notMet = lines.filter(({ standing }) => standing === 'not met').map(({ number }) => number);
    expect(notMet.length).toBeGreaterThan(0);
    expect(listed).toEqual(notMet);
    expect(page.indexOf('## Not met')).toBe(page.indexOf('\n## ') + 1);
  });

  it('counts right', () => {
    const count = (standing: string) => lines.filter((line) => line.standing === standing).length;
    expect(page).toContain(
      `Of ${lines.length} requirements ${count('met')} are met, ${count('operator')} are the operator's to meet, ${count('does not apply')} do not apply, and ${count('not met')} are not met.`,
    );
  });

  it('tells limits as they are in the code', () => {
    const code = (path: string) => readFileSync(join(ROOT, path), 'utf8');
    const limits = section('Limits');
    const number = (path: string, pattern: RegExp) => {
      const found = pattern.exec(code(path))?.[1];
      expect(found, `${path} ${String(pattern)}`).toBeDefined();
      return found!;
    };
    const desk = 'server/respond/code-desk.ts';
    const tries = 'server/people/tries.ts';
    expect(limits).toContain(`${number(desk, /AN_HOUR = (\d+)/)} an hour and ${number(desk, /A_DAY = (\d+)/)} a day`);
    expect(limits).toContain(`${number(tries, /points: (\d+), duration: 600/)} in ten minutes for a name`);
    expect(limits).toContain(`${number(tries, /byName = .*points: (\d+), duration: 3600/)} an hour for a name`);
    expect(limits).toContain(`${number(tries, /byAccount = .*points: (\d+), duration: 3600/)} an hour for an account`);
    const pins = 'server/class/pin-desk.ts';
    expect(limits).toContain(
      `${number(pins, /WRONG_PINS = \[\s*\{ most: (\d+), seconds: HOUR \/ 4/)} in a quarter of an hour`,
    );
    expect(limits).toContain(
      `${number(pins, /WRONG_PINS_FROM_ALL = \[\s*\{ most: (\d+), seconds: HOUR \}/)} an hour from everywhere`,
    );
    expect(limits).toContain(`${number('server/respond/link-routes.ts', /STARTS = (\d+)/)} an hour from a network`);
    expect(limits).toContain(`${number('server/web/server-options.ts', /bodyLimit: (\d+) \* 1024/)} KiB`);
    const sessions = section('Sessions');
    expect(number('server/people/entrance.ts', /SESSION_HOURS = (\d+)/)).toBe('8');
    expect(sessions).toContain('eight hours');
  });
});
