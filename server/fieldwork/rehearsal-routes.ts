import { Type } from 'typebox';
import { Fault } from '../errors.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { stepHref, waveHref } from './addresses.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { beginRehearsal, endRehearsal } from './rehearse.ts';
import { rehearsalPage } from './setup-pages.ts';
import { gatherWaveFacts } from './wave-facts.ts';

const WithRehearsal = Type.Object({ wave: Id, rehearsal: Id });

/** Beginning a rehearsal of a wave that is not open, and ending it, which deletes it. */
export async function rehearsalRoutes(app: App, services: Services): Promise<void> {
  const waves = createWaves(services.database);

  app.post(
    '/fieldwork/waves/:wave/rehearsals',
    { schema: { params: WithWave }, ...administrator },
    async (request, reply) => {
      const { language } = request;
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.rehearsalOf !== null) throw new Fault('not-found');
      if (wave.state !== 'made') throw new Fault('wave-already-open');
      const facts = await gatherWaveFacts(services, wave);
      if (facts.missingForRehearsal.length > 0)
        return reply.code(422).page('fieldwork/setup-rehearsal', rehearsalPage(language, facts));
      const name = language.say('setup', 'rehearsalName', { name: wave.name });
      const begun = await beginRehearsal(services, facts, name, person(request).accountId);
      if (begun === 'wave-open') throw new Fault('wave-already-open');
      if (begun === 'under-way') throw new Fault('already-done');
      return reply.redirect(waveHref(begun.id), 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/rehearsals/:rehearsal/removal',
    { schema: { params: WithRehearsal }, ...administrator },
    async (request, reply) => {
      const wave = await ownWave(waves, request, request.params.wave);
      const rehearsal = await ownWave(waves, request, request.params.rehearsal);
      if (rehearsal.rehearsalOf !== wave.id) throw new Fault('not-found');
      await endRehearsal(services, rehearsal, person(request).accountId);
      return reply.redirect(stepHref(wave.id, 'rehearsal'), 303);
    },
  );
}
