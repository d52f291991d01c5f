import { createWaves } from '../storage/waves.ts';
import type { App, Services } from '../web/services.ts';
import { filePage } from './file-page.ts';
import { administrator, ownWave, WithWave } from './own-wave.ts';
import { gatherWaveFacts } from './wave-facts.ts';

/** The data-protection file of a wave. */
export async function fileRoutes(app: App, services: Services): Promise<void> {
  const waves = createWaves(services.database);

  app.get('/fieldwork/waves/:wave/file', { schema: { params: WithWave }, ...administrator }, async (request, reply) => {
    const facts = await gatherWaveFacts(services, await ownWave(waves, request, request.params.wave));
    return reply.page('fieldwork/file', filePage(request.language, facts));
  });
}
