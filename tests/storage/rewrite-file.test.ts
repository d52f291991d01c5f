import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';

/*
 * SQLite leaves copies of rows that it moves to another page in the part of the old page that no row uses, also where what
 * is deleted is overwritten. It does so once in a hundred closes, so one is written there by hand.
 */
const PAGE = 8192;
const LEFT_BEHIND = 'an id that was left behind';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heard-'));
  file = join(folder, 'heard.sqlite');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes words between the pointers and the rows of the first leaf page that has room there (SQLite file format, 1.6). */
function leaveBehind(words: string): void {
  const bytes = readFileSync(file);
  for (let page = PAGE; page < bytes.length; page += PAGE) {
    const isLeaf = bytes[page] === 10 || bytes[page] === 13;
    const pointersEnd = 8 + 2 * bytes.readUInt16BE(page + 3);
    const contentStart = bytes.readUInt16BE(page + 5);
    if (!isLeaf || contentStart - pointersEnd < words.length + 50) continue;
    bytes.write(words, page + pointersEnd + 20, 'latin1');
    writeFileSync(file, bytes);
    return;
  }
  throw new Error('Expected a leaf page with room between its pointers and its rows, found none.');
}

describe('writing the file anew', () => {
  it('keeps every row and leaves nothing that no row holds', async () => {
    const first = openDatabase(file);
    await migrate(first);
    await createAuthorities(first).add({ id: 'glen', name: 'Glen', kind: 'real' }, '2026-05-01T09:00:00.000Z');
    first.truncateLog();
    await first.close();
    leaveBehind(LEFT_BEHIND);

    const database = openDatabase(file);
    expect(database.truncateLog()).toBe(true);
    expect(readFileSync(file).includes(LEFT_BEHIND)).toBe(true);
    expect(database.rewriteFile()).toBe(true);
    expect(database.truncateLog()).toBe(true);
    expect(readFileSync(file).includes(LEFT_BEHIND)).toBe(false);
    expect((await createAuthorities(database).list()).map(({ name }) => name)).toEqual(['Glen']);
    await database.close();
  });
});
