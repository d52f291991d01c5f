import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { ROLES, type Role } from '../../server/core/roles.ts';
import { readSettings } from '../../server/settings.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { createAuthorities } from '../../server/storage/authorities.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrations.ts';
import { openSecrets } from '../../server/storage/secrets.ts';
import { createStaffSessions } from '../../server/storage/staff-sessions.ts';
import { loadLanguages } from '../../server/web/language.ts';
import type { App, Services } from '../../server/web/services.ts';

/** A whole server on a database of its own in memory, with one account a role. No mock stands in for anything. */
export interface House {
  app: App;
  services: Services;
  authorityId: string;
  accounts: Record<Role, string>;
  /** Headers of a browser in which somebody with this role is signed in. */
  as(role: Role, language?: 'en' | 'ar'): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** A time that stands still unless a test sets it. */
export interface TestClock {
  now: string;
}

export const AUTHORITY = { id: 'strathlorn', name: 'Strathlorn', kind: 'demonstration' as const };

export interface HouseOptions {
  authority?: { id: string; name: string; kind: 'real' | 'demonstration' };
  clock?: TestClock;
  /** Keeps the database in a file, for what is tried beside the server. */
  onDisk?: boolean;
  /** Settings besides, by their variables. */
  environment?: Record<string, string>;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-'));
  const clock = options.clock ?? { now: '2026-05-01T09:00:00.000Z' };
  const authority = options.authority ?? AUTHORITY;
  const settings = readSettings({
    DATABASE_URL: options.onDisk ? join(folder, 'heard.sqlite') : ':memory:',
    HEARD_SECRETS: join(folder, 'secrets'),
    HEARD_LOG: 'silent',
    ...options.environment,
  });
  const database = openDatabase(settings.databaseUrl);
  await migrate(database);
  const services: Services = {
    settings,
    database,
    secrets: openSecrets(settings.secretsFolder),
    languages: loadLanguages(),
    clock: () => clock.now,
  };
  await createAuthorities(database).add(authority, clock.now);
  const accounts = await addAccounts(services, authority.id);
  const app = await buildApp(services);
  const sessions = createStaffSessions(database);
  return {
    app,
    services,
    authorityId: authority.id,
    accounts,
    async as(role, language = 'en') {
      const token = await sessions.start(accounts[role], clock.now, '2999-01-01T00:00:00.000Z', clock.now);
      return { cookie: `heard-staff=${token}; heard-language=${language}` };
    },
    async close() {
      await app.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addAccounts(services: Services, authorityId: string): Promise<Record<Role, string>> {
  const accounts = createAccounts(services.database);
  const ids: Partial<Record<Role, string>> = {};
  for (const role of ROLES) {
    const account = { authorityId, signInName: role, passwordHash: 'nobody signs in with this', roles: [role] };
    const outcome = await accounts.add(account, services.clock());
    if (outcome === 'name-taken') throw new Error(`The test account ${role} exists already.`);
    ids[role] = outcome.id;
  }
  return ids as Record<Role, string>;
}

/** The body of a form as a browser sends it. */
export function form(fields: Record<string, string | string[]>): { payload: string; headers: Record<string, string> } {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
  }
  return { payload: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}
