import type { App, Services } from '../web/services.ts';
import { chainRoutes } from './chain-routes.ts';
import { findingMarkRoutes } from './finding-marks-routes.ts';
import { findingRoutes } from './finding-routes.ts';
import { replyRoutesOfPlanners } from './reply-routes.ts';
import { publicReplyRoutes } from './public-reply-routes.ts';
import { annualRoutes } from './annual/annual-routes.ts';
import { publicReportRoutes } from './annual/public-report-routes.ts';
import { engagementRoutes } from './engagement/routes.ts';
import { planActionRoutes } from './plan/action-routes.ts';
import { dashboardRoutes } from './plan/dashboard-routes.ts';
import { planImportRoutes } from './plan/import-routes.ts';
import { planRoutes } from './plan/plan-routes.ts';
import { publicRoutes } from './public-routes.ts';
import { suggestionRoutes } from './suggestion-routes.ts';

/** Findings, actions and replies for planners; what was answered for everybody. */
export async function replyRoutes(app: App, services: Services): Promise<void> {
  await findingRoutes(app, services);
  await findingMarkRoutes(app, services);
  await suggestionRoutes(app, services);
  await chainRoutes(app, services);
  await replyRoutesOfPlanners(app, services);
  await planRoutes(app, services);
  await planActionRoutes(app, services);
  await planImportRoutes(app, services);
  await dashboardRoutes(app, services);
  await annualRoutes(app, services);
  await publicReportRoutes(app, services);
  await engagementRoutes(app, services);
  await publicRoutes(app, services);
  await publicReplyRoutes(app, services);
}
