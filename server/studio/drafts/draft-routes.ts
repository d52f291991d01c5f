import { createSurveys } from '../../storage/surveys.ts';
import { LARGE_FORM } from '../../web/server-options.ts';
import type { App, Services } from '../../web/services.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { newestSurveys } from '../surveys.ts';
import { PreviewBody, readBody } from './draft-body.ts';
import { createDraftDesk } from './draft-desk.ts';
import { surveyOf } from './draft-context.ts';
import { previewOf } from './draft-preview.ts';
import { editRoutes } from './edit-routes.ts';
import { historyRoutes } from './history-routes.ts';
import { mergerRoutes } from './merger-routes.ts';
import { newContext, newDraftRoutes } from './new-draft-routes.ts';
import { IN_FORUMS } from '../access.ts';

/** Drafts of questions: writing the first, writing the next, looking back, and how one looks while it is written. */
export function draftRoutes(app: App, services: Services, access: ForumAccess): void {
  const { database, languages } = services;
  const surveys = createSurveys(database);
  const desk = createDraftDesk(services);

  app.post(
    '/studio/drafts/preview',
    { schema: { body: PreviewBody }, config: IN_FORUMS, bodyLimit: LARGE_FORM },
    async (request, reply) => {
      const { language } = request;
      const body = readBody(request.body);
      const context = newContext(language, await newestSurveys(surveys), null);
      const itemId = request.body.item;
      const items = surveyOf(context, body.form)?.version.definition.items ?? [];
      const own = { ...context, itemId, before: items.find(({ id }) => id === itemId) };
      const preview = previewOf(language, languages, own, body);
      return reply.page('studio/drafts/preview-page', { title: language.words.drafts.previewTitle, preview });
    },
  );

  newDraftRoutes(app, services, access, desk);
  editRoutes(app, services, access, desk);
  mergerRoutes(app, services, access, desk);
  historyRoutes(app, services, access);
}
