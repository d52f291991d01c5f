import { Type } from 'typebox';
import { Fault } from '../../errors.ts';
import { createSurveys } from '../../storage/surveys.ts';
import type { App, Services } from '../../web/services.ts';
import type { SeenProposals } from '../proposals/seen-proposals.ts';
import { surveyPage } from './survey-page.ts';
import { tryRoutes } from './try-routes.ts';
import { surveyWouldBe, type FindWouldBe } from './would-be.ts';
import { STUDIO } from '../access.ts';

const SurveyId = Type.Object({ survey: Type.String({ maxLength: 40 }) });
const Wish = Type.Object({
  with: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 50 })),
  topics: Type.Optional(Type.Literal('on')),
});

/** A survey as it would be: what the coach says of the whole, and trying it as somebody would who answers it. */
export function surveyRoutes(app: App, services: Services, seen: SeenProposals): void {
  const { database } = services;
  const surveys = createSurveys(database);

  const find: FindWouldBe = async (request, surveyId, wish) => {
    const version = await surveys.newestOf(surveyId);
    if (!version) throw new Fault('not-found');
    const [texts, all] = await Promise.all([surveys.texts(version.id), seen.list(request)]);
    const proposed = all.filter((proposal) => proposal.surveyId === surveyId).toReversed();
    return surveyWouldBe({ version, texts }, proposed, wish);
  };

  app.get(
    '/studio/surveys/:survey',
    { schema: { params: SurveyId, querystring: Wish }, config: { access: STUDIO } },
    async (request, reply) => {
      const { with: wished = [], topics } = request.query;
      const wish = { proposals: wished, withTopics: topics === 'on' };
      const wouldBe = await find(request, request.params.survey, wish);
      return reply.page('studio/survey', surveyPage(request.language, wouldBe));
    },
  );

  tryRoutes(app, services, find, STUDIO);
}
