import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit, type Audit } from '../../server/storage/audit.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';

const folder = mkdtempSync(join(tmpdir(), 'heard-'));
const url = join(folder, 'heard.sqlite');
let database: Database;
let audit: Audit;
beforeAll(async () => {
  database = openDatabase(url);
  await migrate(database);
  audit = createAudit(database);
  for (const subject of ['one', 'two', 'three']) {
    await audit.write({ at: '2026-05-01T09:00:00.000Z', accountId: null, action: 'imported', subject });
  }
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function verify(options: string[], databaseUrl = url) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/commands/audit-verify.ts', ...options], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  return { status, stdout, stderr };
}
const verifyJson = (...options: string[]) => {
  const { status, stdout } = verify(['--json', ...options]);
  return { status, ...(JSON.parse(stdout) as Record<string, unknown>) };
};

/** Writes entries in a process of its own. */
function writeElsewhere(file: string, count: number): Promise<number | null> {
  const program = `
    const { createAudit } = await import('./server/storage/audit.ts');
    const { openDatabase } = await import('./server/storage/database.ts');
    const database = openDatabase(process.env.DATABASE_URL);
    const audit = createAudit(database);
    for (let index = 0; index < ${count}; index += 1) {
      await audit.write({ at: '2026-05-01T09:00:00.000Z', accountId: null, action: 'imported', subject: 'elsewhere' });
    }
    await database.close();`;
  const options = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, options, { env: { ...process.env, DATABASE_URL: file }, stdio: 'inherit' });
  return new Promise((resolve) => child.on('close', resolve));
}

describe('npm run audit:verify', () => {
  it('says that the record is whole, beside a server that has it open', async () => {
    const { head } = await audit.check();
    expect(verifyJson()).toEqual({ status: 0, entries: 3, broken: null, head });
    expect(verify([]).stdout).toContain(`Its head is entry 3: ${head.hash}`);
  });

  it('proves that nothing was cut off up to a head that somebody kept', async () => {
    const { head } = await audit.check();
    await audit.write({ at: '2026-05-02T09:00:00.000Z', accountId: null, action: 'imported', subject: 'four' });
    const kept = { sequence: 3, hash: head.hash };
    expect(verifyJson('--head', head.hash, '--at', '3')).toMatchObject({ status: 0, kept: { ...kept, found: true } });
    const other = 'ab'.repeat(32);
    expect(verifyJson('--head', other, '--at', '3')).toMatchObject({ status: 1, broken: null, kept: { found: false } });
    expect(verify(['--head', head.hash, '--at', '9']).stdout).toContain('Entry 9 is gone');
  });

  it('ends with 1 and says where the record is broken', async () => {
    await sql`drop trigger audit_entries_no_delete`.execute(database.query);
    await database.query.deleteFrom('audit_entries').where('sequence', '=', 2).execute();
    expect(verifyJson()).toMatchObject({ status: 1, entries: 3, broken: { sequence: 2, why: 'removed' } });
    expect(verify([]).stdout).toContain('The record is broken: entry 2 was removed.');
  });

  it.each([['--head', 'short', '--at', '1'], ['--head', 'ab'.repeat(32)], ['--at', '1'], ['--tail']])(
    'says what it expected instead of %s %s',
    (...options) => {
      const { status, stderr } = verify(options);
      expect(status).toBe(2);
      expect(stderr).toContain('npm run audit:verify -- [--json] [--head HASH --at NUMBER]');
    },
  );

  it('makes no database where there is none', () => {
    const missing = join(folder, 'missing.sqlite');
    expect(verify([], missing)).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(missing)).toBe(false);
  });
});

describe('the record', () => {
  it('stays one chain when two processes write at once', async () => {
    const file = join(folder, 'shared.sqlite');
    const shared = openDatabase(file);
    await migrate(shared);
    const written = createAudit(shared);
    const elsewhere = writeElsewhere(file, 200);
    let here = 0;
    let over = false;
    void elsewhere.then(() => (over = true));
    while (!over) {
      await written.write({ at: '2026-05-01T09:00:00.000Z', accountId: null, action: 'imported', subject: 'here' });
      here += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await elsewhere).toBe(0);
    expect(here).toBeGreaterThan(0);
    expect(await written.check()).toMatchObject({ entries: 200 + here, broken: null });
    await shared.close();
  }, 60_000);
});
