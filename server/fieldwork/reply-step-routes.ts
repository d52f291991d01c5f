import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { asksAboutReply } from '../core/fieldwork/reply-wave.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import type { Database } from '../storage/database.ts';
import { createReplies } from '../storage/replies.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { waveHref } from './addresses.ts';
import { administrator, Id, WithWave } from './own-wave.ts';
import { replyChoices } from './reply-offers.ts';
import { replyStepPage } from './reply-step-page.ts';
import type { WaveFacts } from './wave-facts.ts';

const ReplyForm = Type.Object({ reply: Type.Optional(Id) }, { additionalProperties: false });

type FactsToChange = (request: FastifyRequest, waveId: string) => Promise<WaveFacts>;

/** A published reply of an authority; undefined for any other id. */
export async function ownReply(database: Database, authorityId: string, replyId: string | undefined) {
  const found = replyId === undefined ? undefined : await createReplies(database).findPublished(replyId);
  return found?.finding.authorityId === authorityId ? found : undefined;
}

/** The step in which a wave gets the reply that it asks about. */
export async function replyStepRoutes(app: App, services: Services, factsToChange: FactsToChange): Promise<void> {
  const { database, clock } = services;
  const waveReplies = createWaveReplies(database);
  const audit = createAudit(database);

  app.post(
    '/fieldwork/waves/:wave/setup/reply',
    { schema: { params: WithWave, body: ReplyForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const facts = await factsToChange(request, request.params.wave);
      const { wave } = facts;
      if (!asksAboutReply(wave)) throw new Fault('not-found');
      const { reply: replyId } = request.body;
      const chosen = await ownReply(database, wave.authorityId, replyId);
      if (!chosen) {
        const { feedback } = request.language.words;
        const message = replyId === undefined ? feedback['step-fault'] : feedback['step-unknown'];
        const choices = await replyChoices(database, wave.authorityId);
        const page = replyStepPage(request.language, facts, choices, [{ field: 'reply', message }]);
        return reply.code(422).page('fieldwork/setup-reply', page);
      }
      if ((await waveReplies.choose(wave.id, chosen.id, accountId, clock())) === 'wave-open')
        throw new Fault('wave-already-open');
      await audit.write({ at: clock(), accountId, action: 'wave-set-up', subject: `${wave.id} reply` });
      return reply.redirect(`${waveHref(wave.id)}#reply`, 303);
    },
  );
}
