import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createWaves } from '../storage/waves.ts';
import { createWaveReaders } from '../storage/wave-readers.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { originOf, stepHref, waveHref } from './addresses.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { wavePage } from './pages.ts';
import { readersPage } from './setup-pages.ts';
import { gatherWaveFacts } from './wave-facts.ts';

const ReadersForm = Type.Object(
  { readers: Type.Optional(Type.Array(Id, { maxItems: 100 })) },
  { additionalProperties: false },
);
const WithReader = Type.Object({ wave: Id, reader: Id });

/** Naming who reads what young people write. */
export async function readerRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const waves = createWaves(database);
  const readers = createWaveReaders(database);
  const audit = createAudit(database);

  app.post(
    '/fieldwork/waves/:wave/readers',
    { schema: { params: WithWave, body: ReadersForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state === 'closing' || wave.state === 'closed') throw new Fault('wave-not-open');
      const { readers: chosen = [] } = request.body;
      const facts = await gatherWaveFacts(services, wave);
      if (wave.state === 'open' && facts.readers.length === 0) throw new Fault('wave-already-open');
      if (!chosen.every((id) => facts.readerAccounts.some((account) => account.id === id)))
        throw new Fault('not-found');
      if (chosen.length === 0) {
        const fault = { field: 'readers', message: request.language.words.fieldwork.readersFault };
        reply.code(422);
        const page = wave.state === 'made' ? readersPage(request.language, facts, [fault]) : null;
        if (page) return reply.page('fieldwork/setup-readers', page);
        const state = { origin: originOf(request, services), faults: [fault] };
        return reply.page('fieldwork/wave', wavePage(request.language, facts, state));
      }
      for (const reader of chosen) {
        const outcome = await readers.name(wave.id, reader, accountId, clock());
        if (outcome === 'wave-open') throw new Fault('wave-already-open');
        if (outcome === 'done-already') continue;
        await audit.write({ at: clock(), accountId, action: 'reader-named', subject: `${wave.id} ${reader}` });
      }
      return reply.redirect(wave.state === 'made' ? stepHref(wave.id, 'readers') : `${waveHref(wave.id)}#readers`, 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/readers/:reader/removal',
    { schema: { params: WithReader }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      const { reader } = request.params;
      const outcome = await readers.remove(wave.id, reader);
      if (outcome === 'wave-open') throw new Fault('wave-already-open');
      if (outcome === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'reader-removed', subject: `${wave.id} ${reader}` });
      return reply.redirect(stepHref(wave.id, 'readers'), 303);
    },
  );
}
