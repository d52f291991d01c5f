import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from '../app.ts';
import { ROLES, type Role } from '../core/roles.ts';
import { StartError } from '../errors.ts';
import { readSettings } from '../settings.ts';
import { createAccounts } from '../storage/accounts.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import type { Services } from '../web/services.ts';
import { fuzzAll, type CookiesOf, type FuzzFigures } from './fuzz/run.ts';
import { readPools } from './fuzz/pools.ts';
import { bytesOf, sendBytes } from './fuzz/wire.ts';
import { Browser } from './loop/browser.ts';
import { pageRoutes, withRoutes } from './registered-routes.ts';
import { seedDemonstration } from './seed.ts';
import { openServices } from './services.ts';

/*
 * `npm run fuzz`: every route with wrong types, sizes, encodings and methods, from everybody who may use it and some who
 * may not, over bare sockets. A server of its own with the demonstration in a temporary folder; the same seed sends the
 * same requests.
 */

const USAGE = `npm run fuzz -- [--requests N] [--seed TEXT] [--json]
--requests N  how many at least (10000 if none is given)
--seed TEXT   other requests (1)
--json        one JSON object on standard output`;

/** Pages read for each role, to learn which addresses there are. */
const PAGES_A_ROLE = 60;

interface Options {
  requests: number;
  seed: string;
  json: boolean;
}

/** @throws StartError with the usage */
function readOptions(given: string[]): Options {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: given, options: { requests: text, seed: text, json: { type: 'boolean' } } });
    const requests = Number(values.requests ?? '10000');
    if (!Number.isInteger(requests) || requests < 1) throw new Error('--requests: expected a whole number from 1.');
    return { requests, seed: values.seed || '1', json: values.json ?? false };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function run({ requests, seed, json }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-fuzz-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const settings = readSettings({
    DATABASE_URL: join(folder, 'heard.sqlite'),
    HEARD_SECRETS: join(folder, 'secrets'),
    // What went wrong stands on standard output as it would in a log.
    HEARD_LOG: json ? 'silent' : 'error',
  });
  const services = await openServices(settings);
  const { built: app, routes: all } = await withRoutes(() => buildApp(services));
  const seeded = await seedDemonstration(services);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const codes = seeded?.codes.map(({ code }) => code) ?? [];
  const cookiesOf = await cookieMaker(services, port, codes);
  const routes = pageRoutes(all);
  const visitor = (who: Role | 'nobody' | 'respondent', first: string) => ({
    first,
    visit: pageReader(port, cookiesOf, who),
  });
  const visitors = [
    ...ROLES.map((role) => visitor(role, '/people')),
    visitor('nobody', '/replies'),
    visitor('respondent', '/respond/next'),
  ];
  const known = await readPools(routes, visitors, PAGES_A_ROLE);
  console.error(`${routes.length} routes, ${[...known.targets.values()].flat().length} addresses known`);
  const { leaveAddress } = settings;
  const figures = await fuzzAll(port, routes, known, { requests, seed, cookiesOf, leaveAddress });
  const alive = await stillServes(address);
  await app.close();
  await services.database.close();
  report(json, { ...figures, stillServes: alive });
  if (figures.serverErrors + figures.leaks + figures.openRedirects > 0 || !alive) process.exitCode = 1;
}

/** Whoever is asked for has a session that still holds: some requests end sessions, so each asks anew. */
async function cookieMaker(services: Services, port: number, codes: readonly string[]): Promise<CookiesOf> {
  const { database } = services;
  const [authority] = await createAuthorities(database).list();
  const accounts = await createAccounts(database).list(authority?.id ?? '');
  const sessions = createStaffSessions(database);
  const idOf = (role: Role) => accounts.find(({ roles }) => roles.includes(role))!.id;
  let turn = 0;
  return async (who) => {
    if (who === 'nobody') return '';
    if (who !== 'respondent') {
      const token = await sessions.start(idOf(who), services.clock(), '2999-01-01T00:00:00.000Z');
      return `heard-staff=${token}`;
    }
    const body = Buffer.from(`code=${codes[(turn += 1) % codes.length]}`);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { start } = await sendBytes(
      port,
      bytesOf({ method: 'POST', target: '/respond/sessions', headers, body }, port),
    );
    return /^set-cookie: (heard-answering=[^;]+)/im.exec(start)?.[1] ?? '';
  };
}

/** The whole text of a page as one visitor sees it. */
function pageReader(port: number, cookiesOf: CookiesOf, who: Role | 'nobody' | 'respondent') {
  let cookie: string | undefined;
  return async (path: string): Promise<string> => {
    cookie ??= await cookiesOf(who);
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } });
    const type = reply.headers.get('content-type') ?? '';
    if (type.startsWith('text/html')) return reply.text();
    await reply.body?.cancel();
    return '';
  };
}

async function stillServes(address: string): Promise<boolean> {
  const agent = new Agent();
  const { status } = await new Browser(address, agent).open('/');
  agent.destroy();
  return status === 200;
}

function report(json: boolean, { first, ...figures }: FuzzFigures & { stillServes: boolean }): void {
  if (json) console.log(JSON.stringify(figures));
  else console.log(figures);
  for (const words of first) console.error(words);
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
