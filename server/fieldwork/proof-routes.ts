import { Fault } from '../errors.ts';
import { createAnswerDeletions } from '../storage/answer-deletions.ts';
import { createClosingProofs } from '../storage/closing-proofs.ts';
import { createWaves } from '../storage/waves.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { waveHref } from './addresses.ts';
import { administrator, ownWave, WithWave } from './own-wave.ts';
import { proofPage } from './proof-page.ts';
import { proveClosing } from './prove-closing.ts';

/** Whether the close of a wave did all that it promises, and what was deleted of it afterwards. */
export async function proofRoutes(app: App, services: Services): Promise<void> {
  const { database } = services;
  const waves = createWaves(database);

  app.get(
    '/fieldwork/waves/:wave/proof',
    { schema: { params: WithWave }, config: { access: ['administrator', 'auditor'] } },
    async (request, reply) => {
      const wave = await ownWave(waves, request, request.params.wave);
      const proofs = await createClosingProofs(database).ofWave(wave.id);
      const deletions = await createAnswerDeletions(database).ofWave(wave.id);
      return reply.page('fieldwork/proof', proofPage(request.language, wave, proofs, deletions));
    },
  );

  app.post(
    '/fieldwork/waves/:wave/proof',
    { schema: { params: WithWave }, ...administrator },
    async (request, reply) => {
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state !== 'closed') throw new Fault('not-ready');
      await proveClosing(services, wave.id, person(request).accountId);
      return reply.redirect(`${waveHref(wave.id)}/proof`, 303);
    },
  );
}
