import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../app.ts';
import { ROLES, type Role } from '../../core/roles.ts';
import { FORMAT_NAMES } from '../../core/places/formats.ts';
import { hashPassword } from '../../web/passwords.ts';
import { readSettings } from '../../settings.ts';
import { createAccounts } from '../../storage/accounts.ts';
import { readSurveyFolders } from '../../storage/survey-folders.ts';
import { createSurveys } from '../../storage/surveys.ts';
import type { Services } from '../../web/services.ts';
import { importPlaces, type ImportFiles } from '../import/run.ts';
import type { RollRow } from '../../core/places/formats.ts';
import { asCsv, smallAuthority, type SeededAuthority } from '../seed/authority.ts';
import { openServices } from '../services.ts';
import { Browser } from './browser.ts';
import { demand } from './trouble.ts';

export interface SignIn {
  name: string;
  password: string;
}

/** A small authority with a server of its own, for one loop. */
export interface Town {
  authority: SeededAuthority;
  /** For checking what the browsers saw, never for doing anything. */
  services: Services;
  /** Scheme, host and port of its server. */
  address: string;
  signIns: Record<Role, SignIn>;
  /** A browser of somebody who has not been here before. */
  browser(): Browser;
  close(): Promise<void>;
}

/**
 * Sets up a fresh database and secrets in a temporary folder: places imported from CSV files, the shipped
 * surveys published, one account a role; and starts the server on a free port. Closing removes it all.
 * @param environment settings besides, by their variables
 */
export async function openTown(seed: string, environment: Record<string, string> = {}): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-loop-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const settings = readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: join(folder, 'data', 'heard.sqlite'),
    HEARD_SECRETS: join(folder, 'secrets'),
    HEARD_DEMONSTRATION: 'no',
    // What went wrong is said by the page that a browser was given; standard output belongs to the result.
    HEARD_LOG: 'silent',
    ...environment,
  });
  const services = await openServices(settings);
  const authority = withSexAlone(smallAuthority(seed));
  await importFiles(services, authority, join(folder, 'files'));
  const signIns = await addAccounts(services, authority.id);
  const surveys = createSurveys(services.database);
  for (const content of readSurveyFolders()) await surveys.publish(content, null, services.clock());
  const app = await buildApp(services);
  const address = await app.listen({ host: settings.host, port: settings.port });
  const agent = new Agent({ keepAlive: true });
  return {
    authority,
    services,
    address,
    signIns,
    browser: () => new Browser(address, agent),
    async close() {
      agent.destroy();
      await app.close();
      await services.database.close();
      remove();
      process.off('exit', remove);
    },
  };
}

/** As a council does it: five files, first a dry run, then in earnest. */
async function importFiles({ database, clock }: Services, authority: SeededAuthority, folder: string): Promise<void> {
  mkdirSync(folder);
  const texts = asCsv(authority);
  const files: ImportFiles = {};
  for (const format of FORMAT_NAMES) {
    const name = `${format}.csv`;
    writeFileSync(join(folder, name), texts[format]);
    files[format] = { name, bytes: readFileSync(join(folder, name)) };
  }
  const { id: authorityId, name, kind } = authority;
  for (const write of [false, true]) {
    const outcome = await importPlaces(database, { authorityId, name, kind, files, write, at: clock() });
    const faults = 'faults' in outcome ? JSON.stringify([...outcome.troubles, ...outcome.faults.slice(0, 3)]) : '';
    demand(faults === '', 'the seeded files to import without a fault', faults);
    const written = 'written' in outcome && outcome.written;
    demand(written === write, `a ${write ? 'written import' : 'dry run that writes nothing'}`, `written: ${written}`);
  }
}

/** One account a role, each with a password that nobody else has. */
async function addAccounts({ database, clock }: Services, authorityId: string): Promise<Record<Role, SignIn>> {
  const accounts = createAccounts(database);
  const passwords = ROLES.map(() => randomBytes(18).toString('base64url'));
  const hashes = await Promise.all(passwords.map(hashPassword));
  const signIns: Partial<Record<Role, SignIn>> = {};
  for (const [index, role] of ROLES.entries()) {
    const account = { authorityId, signInName: role, passwordHash: hashes[index] ?? '', roles: [role] };
    const outcome = await accounts.add(account, clock());
    demand(outcome !== 'name-taken', `the sign-in name ${role} to be free`, 'taken');
    signIns[role] = { name: role, password: passwords[index] ?? '' };
  }
  // A forum has two youth workers; the second one does nothing in the loop and never signs in.
  const second = { authorityId, signInName: 'second-youth-worker', passwordHash: 'nobody signs in with this' };
  await accounts.add({ ...second, roles: ['youth-worker'] }, clock());
  return signIns as Record<Role, SignIn>;
}

/** Signs somebody in at the door. @throws Trouble if they do not arrive on their own page */
export async function signIn(town: Town, role: Role): Promise<Browser> {
  const { name, password } = town.signIns[role];
  const browser = town.browser();
  await browser.visit('/people/sign-in');
  const { path } = await browser.send(browser.form('/people/sign-in').fill('name', name).fill('password', password));
  demand(path === '/people', `the ${role} to arrive at /people`, path);
  return browser;
}

/**
 * The town's roll holds sex and nothing else, so that its release is made in half a minute: girls and boys are the
 * groups that take least time, and without sex the groups would be those of the question about gender. What more groups
 * show is tried on the demonstration, whose release takes a quarter of an hour.
 */
function withSexAlone(authority: SeededAuthority): SeededAuthority {
  const rolls = Map.groupBy(authority.rolls, (row) => [row.school, row.date, row.stage, row.class, row.sex].join('|'));
  return { ...authority, rolls: [...rolls.values()].map(inOneRow) };
}

function inOneRow(rows: readonly RollRow[]): RollRow {
  const pupils = rows.reduce((sum, row) => sum + row.pupils, 0);
  return { ...rows[0]!, quintile: null, asn: null, pupils };
}
