import type { App, Services } from '../../web/services.ts';
import { checkRoutes } from './check-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { listRoutes } from './list-routes.ts';

/** The engagement record: who was involved in which decision, how, and what changed because of it. */
export async function engagementRoutes(app: App, services: Services): Promise<void> {
  await listRoutes(app, services);
  await entryRoutes(app, services);
  await checkRoutes(app, services);
}
