import Fastify from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fault, type FaultCode } from '../../server/errors.ts';
import { serveErrorPages, showBadAddress } from '../../server/web/error-pages.ts';
import { servePages } from '../../server/web/pages.ts';
import { serveRequests } from '../../server/web/requests.ts';
import { serverOptions } from '../../server/web/server-options.ts';
import type { App } from '../../server/web/services.ts';
import { openHouse, type House } from '../support/house.ts';

/* What the log holds of faults, read as it is written: a server with one route that ends in any of them. */
let house: House;
let app: App;
let lines: Record<string, unknown>[] = [];
beforeAll(async () => {
  house = await openHouse();
  const { services } = house;
  const logger = pino(
    { level: 'warn', base: null },
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const log = { logger, request: () => undefined };
  app = Fastify(serverOptions(services.settings, showBadAddress(services))).withTypeProvider<TypeBoxTypeProvider>();
  await servePages(app);
  await serveRequests(app, services, log);
  serveErrorPages(app, log);
  app.get('/faults/:code', { config: { access: 'anyone' } }, (request) => {
    const { code } = request.params as { code: FaultCode | 'boom' };
    throw code === 'boom' ? new Error('select secret from drawer') : new Fault(code);
  });
  app.get('/for-auditors', { config: { access: ['auditor'] } }, () => 'the record');
});
afterAll(async () => {
  await app.close();
  await house.close();
});
beforeEach(() => void (lines = []));

describe('the log', () => {
  it('holds whoever asked for what they may not, by route and account, under the reference of their page', async () => {
    const reply = await app.inject({ url: '/for-auditors?code=ABCD', headers: await house.as('planner') });
    expect(reply.statusCode).toBe(403);
    const [line] = lines as [{ reference: string }];
    expect(lines).toHaveLength(1);
    expect(line).toMatchObject({ level: 40, route: '/for-auditors', account: house.accounts.planner });
    expect(reply.body).toContain(line.reference);
    expect(JSON.stringify(line)).not.toContain('ABCD');
  });

  it.each(['foreign-form', 'too-many', 'bad-request', 'own-work', 'council-refused'])('holds %s', async (code) => {
    await app.inject(`/faults/${code}`);
    expect(lines).toEqual([expect.objectContaining({ level: 40, route: '/faults/:code', msg: code })]);
  });

  it.each(['not-found', 'session-over', 'wave-closed', 'carried-on-elsewhere'])(
    'is not filled by %s, which nobody did on purpose',
    async (code) => {
      await app.inject(`/faults/${code}`);
      expect(lines).toEqual([]);
    },
  );

  it('alone knows what went wrong inside', async () => {
    const reply = await app.inject('/faults/boom');
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toMatch(/select|secret|drawer|\.ts|Error:/);
    expect(lines).toEqual([expect.objectContaining({ level: 50, msg: 'unexpected error' })]);
    expect(JSON.stringify(lines)).toContain('select secret from drawer');
  });
});
