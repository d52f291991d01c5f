import { Type } from 'typebox';
import { isStage } from '../core/survey/stage.ts';
import { Fault } from '../errors.ts';
import { assetAddresses } from '../web/assets.ts';
import type { App, Services } from '../web/services.ts';
import { createWaveContents } from '../web/wave-content.ts';
import { classOf, type Teaching } from './teaching.ts';
import { togetherPage } from './together-page.ts';

const PageNumber = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 400 }) });
const OfStage = Type.Object({ stage: Type.String({ maxLength: 10 }) });

/** The pages of the survey one after another, to be read together. The pupils' devices stay their own. */
export function togetherRoutes(app: App, { database }: Services, teaching: Teaching): void {
  const contents = createWaveContents(database);
  const { pageStyle } = assetAddresses().ofFolder('respond');

  app.get(
    '/class/pages/:number',
    { schema: { params: PageNumber, querystring: OfStage }, config: { access: 'teacher' }, preHandler: teaching },
    async (request, reply) => {
      const facts = classOf(request);
      const { stage } = request.query;
      if (!isStage(stage) || !facts.stages.includes(stage)) throw new Fault('not-found');
      const asked = { stage, number: request.params.number, style: pageStyle };
      const page = togetherPage(request.language, facts, await contents.read(facts.wave.id), asked);
      if (!page) throw new Fault('not-found');
      return reply.page('class/page', page);
    },
  );
}
