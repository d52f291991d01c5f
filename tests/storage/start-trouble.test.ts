import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { openSecrets } from '../../server/storage/secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'heard-trouble-'));
const file = join(folder, 'file');
writeFileSync(file, 'This is a text, and long enough not to be taken for an empty database.'.repeat(20));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a place that cannot hold the database or the secrets', () => {
  // In /proc no folder can be made; making one with all above it once never ended there.
  it.skipIf(process.platform !== 'linux')('refuses at once, in one sentence, where no folder can be made', () => {
    expect(() => openDatabase('/proc/nope/heard.sqlite')).toThrow(/cannot be written.*DATABASE_URL/);
    expect(() => openSecrets('/proc/nope/secrets')).toThrow(/cannot be used.*HEARD_SECRETS/);
  });

  it('says that a part of the path is a file', () => {
    expect(() => openDatabase(join(file, 'deeper', 'heard.sqlite'))).toThrow(/a part of that path is a file/);
    expect(() => openSecrets(join(file, 'secrets'))).toThrow(/cannot be used/);
  });

  it('says that the file is no sound database', () => {
    expect(() => openDatabase(file)).toThrow(/not a sound SQLite database/);
  });
});

describe('a folder that is missing', () => {
  it('is made with those above it, for this user alone', async () => {
    const database = openDatabase(join(folder, 'new', 'deep', 'heard.sqlite'));
    await database.close();
    for (const made of ['new', 'new/deep']) expect(statSync(join(folder, made)).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'new/deep/heard.sqlite')).mode & 0o777).toBe(0o600);
  });
});
