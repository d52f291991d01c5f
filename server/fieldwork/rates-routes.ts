import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createAuthorities } from '../storage/authorities.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { asksSchools, gatherRates, RATES_BY, wavesWithRates, type RatesBy, type WaveRates } from '../web/wave-rates.ts';
import { ownWave, WithWave } from './own-wave.ts';
import { ratesCsv, ratesHref, ratesPage, rateWavesPage } from './rates-page.ts';
import type { FastifyRequest } from 'fastify';

const By = Type.Object({ by: Type.Optional(Type.Enum(RATES_BY)) }, { additionalProperties: false });
const chasing = { config: { access: ['administrator', 'planner'] } } as const;

/** Rates while a wave is open, for those who chase. Once it is closed its release has them. */
export async function ratesRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const waves = createWaves(database);
  const audit = createAudit(database);

  /** @throws Fault unless it is open and asks schools; of a rehearsal nothing counts */
  async function ratesOf(request: FastifyRequest<{ Params: { wave: string } }>): Promise<WaveRates> {
    const wave = await ownWave(waves, request, request.params.wave);
    if (wave.rehearsalOf !== null) throw new Fault('rehearsal');
    if (wave.state === 'made') throw new Fault('wave-not-open');
    if (wave.state !== 'open') throw new Fault('wave-closed');
    if (!(await asksSchools(database, wave))) throw new Fault('not-found');
    const authority = await createAuthorities(database).find(wave.authorityId);
    return gatherRates(services, person(request), wave, authority?.name ?? '');
  }

  const record = (request: FastifyRequest, action: 'rates-viewed' | 'rates-exported', waveId: string, by: RatesBy) =>
    audit.write({ at: clock(), accountId: person(request).accountId, action, subject: ratesHref(waveId, by) });

  app.get('/fieldwork/rates', chasing, async (request, reply) =>
    reply.page(
      'fieldwork/rate-waves',
      rateWavesPage(request.language, await wavesWithRates(services, person(request).authorityId)),
    ),
  );

  app.get(
    '/fieldwork/waves/:wave/rates',
    { schema: { params: WithWave, querystring: By }, ...chasing },
    async (request, reply) => {
      const { by = 'school' } = request.query;
      const rates = await ratesOf(request);
      await record(request, 'rates-viewed', rates.wave.id, by);
      return reply.page('fieldwork/rates', ratesPage(request.language, rates, by));
    },
  );

  app.get(
    '/fieldwork/waves/:wave/rates.csv',
    { schema: { params: WithWave, querystring: By }, config: { ...chasing.config, headers: 'files' } },
    async (request, reply) => {
      const { by = 'school' } = request.query;
      const rates = await ratesOf(request);
      await record(request, 'rates-exported', rates.wave.id, by);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="heard_rates_by_${by}.csv"`)
        .send(ratesCsv(rates, by));
    },
  );
}
