import type { FastifyRequest } from 'fastify';
import type { Drafts } from '../storage/drafts.ts';
import { createHelpContacts } from '../storage/help-contacts.ts';
import type { App, Services } from '../web/services.ts';
import { ANSWERING_COOKIE } from './carry-on.ts';
import { helpPage, levelOfAsking, type AskingInSurvey } from './help-pages.ts';
import type { WaveContents } from '../web/wave-content.ts';

/** Help for anyone. Whoever is in a survey gets the contacts of its authority for their level, and the way back. */
export function helpRoutes(app: App, { database }: Services, drafts: Drafts, contents: WaveContents): void {
  const contacts = createHelpContacts(database);

  app.get('/help', { config: { access: 'anyone' } }, async (request, reply) => {
    const asking = await whoAsks(request);
    const own = asking ? await contacts.ofLevel(asking.content.authorityId, levelOfAsking(asking)) : [];
    return reply.page('respond/help', helpPage(request.language, asking, own));
  });

  /** Nobody is turned away here: a session that is over is none. */
  async function whoAsks({ cookies }: FastifyRequest): Promise<AskingInSurvey | undefined> {
    const session = drafts.hold(cookies[ANSWERING_COOKIE] ?? '');
    if (typeof session !== 'object') return undefined;
    const { draft } = session;
    return { draft, content: await contents.read(draft.waveId) };
  }
}
