import { Type } from 'typebox';
import { SWITCHED_TOPICS } from '../core/survey/topics.ts';
import { Fault } from '../errors.ts';
import { createAudit } from '../storage/audit.ts';
import { createWaves } from '../storage/waves.ts';
import { createWaveTopics } from '../storage/wave-topics.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { stepHref } from './addresses.ts';
import { administrator, Id, ownWave, WithWave } from './own-wave.ts';
import { topicsPage } from './setup-pages.ts';
import { gatherWaveFacts } from './wave-facts.ts';

const Topic = Type.Enum(SWITCHED_TOPICS);
const TopicForm = Type.Object(
  { topic: Topic, reason: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
);
const WithTopic = Type.Object({ wave: Id, topic: Topic });
/** Letters of a reason: less than this says nothing. */
const LEAST_REASON = 10;

/** Switching topics on, with a reason and by name, and off again, before a wave opens. */
export async function topicRoutes(app: App, services: Services): Promise<void> {
  const { database, clock } = services;
  const waves = createWaves(database);
  const topics = createWaveTopics(database);
  const audit = createAudit(database);

  app.post(
    '/fieldwork/waves/:wave/topics',
    { schema: { params: WithWave, body: TopicForm }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      if (wave.state !== 'made') throw new Fault('wave-already-open');
      const { topic } = request.body;
      const reason = request.body.reason.trim();
      const facts = await gatherWaveFacts(services, wave);
      if (!facts.askedTopics.some((asked) => asked.topic === topic)) throw new Fault('not-found');
      if (reason.length < LEAST_REASON) {
        const fault = { field: `reason-${topic}`, message: request.language.words.fieldwork.topicFault };
        const page = topicsPage(request.language, facts, [fault], { topic, reason });
        if (!page) throw new Fault('not-found');
        return reply.code(422).page('fieldwork/setup-topics', page);
      }
      const outcome = await topics.switchOn(wave.id, { topic, reason }, accountId, clock());
      if (outcome === 'wave-open') throw new Fault('wave-already-open');
      if (outcome === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'topic-switched-on', subject: `${wave.id} ${topic}` });
      return reply.redirect(stepHref(wave.id, 'topics'), 303);
    },
  );

  app.post(
    '/fieldwork/waves/:wave/topics/:topic/removal',
    { schema: { params: WithTopic }, ...administrator },
    async (request, reply) => {
      const { accountId } = person(request);
      const wave = await ownWave(waves, request, request.params.wave);
      const { topic } = request.params;
      const outcome = await topics.switchOff(wave.id, topic);
      if (outcome === 'wave-open') throw new Fault('wave-already-open');
      if (outcome === 'done-already') throw new Fault('already-done');
      await audit.write({ at: clock(), accountId, action: 'topic-switched-off', subject: `${wave.id} ${topic}` });
      return reply.redirect(stepHref(wave.id, 'topics'), 303);
    },
  );
}
