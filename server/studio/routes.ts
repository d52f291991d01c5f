import { createSurveys } from '../storage/surveys.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { boardRoutes } from './boards/routes.ts';
import { draftRoutes } from './drafts/draft-routes.ts';
import { createForumAccess } from './forum/forum-access.ts';
import { forumRoutes } from './forum/routes.ts';
import { homePage } from './pages.ts';
import { proposalRoutes } from './proposals/proposal-routes.ts';
import { createSeenProposals } from './proposals/seen-proposals.ts';
import { publicationRoutes } from './publication-routes.ts';
import { spreadsheetRoutes } from './spreadsheets/spreadsheet-routes.ts';
import { surveyRoutes } from './survey/survey-routes.ts';
import { nameSurveys, newestSurveys } from './surveys.ts';
import { STUDIO } from './access.ts';

/** The studio: forum members propose, their forum agrees, an approver checks the ethics, an analyst publishes. */
export async function studioRoutes(app: App, services: Services): Promise<void> {
  const surveys = createSurveys(services.database);
  const access = createForumAccess(services);
  const seen = createSeenProposals(services, access);

  app.get('/studio', { config: { access: STUDIO } }, async (request, reply) => {
    const [newest, list] = await Promise.all([newestSurveys(surveys), seen.list(request)]);
    const isInForum = (await access.ofPerson(request)).length > 0;
    const names = nameSurveys(request.language, newest);
    return reply.page('studio/home', homePage(request.language, { ...person(request), isInForum }, names, list));
  });

  draftRoutes(app, services, access);
  proposalRoutes(app, services, access);
  publicationRoutes(app, services, access, seen);
  forumRoutes(app, services, access);
  boardRoutes(app, services, access);
  surveyRoutes(app, services, seen);
  await spreadsheetRoutes(app, services, access, seen);
}
