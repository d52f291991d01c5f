import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit } from '../../server/storage/audit.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase, type Database } from '../../server/storage/database.ts';
import { createInvitations } from '../../server/storage/invitations.ts';
import { migrate } from '../../server/storage/migrations.ts';

const folder = mkdtempSync(join(tmpdir(), 'heard-'));
const url = join(folder, 'heard.sqlite');
let database: Database;
beforeAll(async () => {
  database = openDatabase(url);
  await migrate(database);
  await createAuthorities(database).add({ id: 'otherglen', name: 'Otherglen', kind: 'real' }, '2026-05-01');
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const invite = (...options: string[]) =>
  spawnSync(process.execPath, ['server/commands/invite.ts', ...options], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
  });

describe('npm run invite', () => {
  it('gives the link of the first administrator, beside a server, and notes it', async () => {
    const { status, stdout } = invite('--authority', 'otherglen');
    expect(status).toBe(0);
    const [, token] = /\/people\/invitations\/([\w-]{20,})/.exec(stdout) ?? [];
    const invitation = await createInvitations(database).open(token!, new Date().toISOString());
    expect(invitation).toMatchObject({ authorityId: 'otherglen', roles: ['administrator'], invitedBy: null });
    const audit = createAudit(database);
    expect(await audit.newest('otherglen', 1)).toMatchObject([
      { action: 'invited', who: null, subject: `${invitation!.id} administrator` },
    ]);
    expect(await audit.check()).toMatchObject({ broken: null });
  });

  it.each([
    [[], 'Expected npm run invite -- --authority ID'],
    [['--authority', 'otherglen', '--role', 'emperor'], 'with roles among forum-member'],
    [['--authority', 'nowhere'], 'There is no authority "nowhere". Authorities here: otherglen.'],
    [['--authority', 'otherglen', '--role', 'approver'], 'needs-agreement'],
    [['--emperor'], 'Expected: npm run invite'],
  ])('with %j says what it expected', (options, words) => {
    const { status, stderr } = invite(...options);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });
});
