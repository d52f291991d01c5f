import type { App, Services } from '../web/services.ts';
import { classRoutes as runningRoutes } from './class-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { createProgress } from './progress.ts';
import { schoolRoutes } from './school-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { createTeaching } from './teaching.ts';
import { togetherRoutes } from './together-routes.ts';

/** Everything that a teacher and a school do; how pupils join a class is with those who answer. */
export async function classRoutes(app: App, services: Services): Promise<void> {
  const teaching = createTeaching(services);
  const progress = createProgress(services);
  app.decorateRequest('teaching', null);

  schoolRoutes(app, services);
  signInRoutes(app, services);
  runningRoutes(app, services, teaching, progress);
  eventRoutes(app, services, teaching, progress);
  togetherRoutes(app, services, teaching);
}
