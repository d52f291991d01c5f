import type { App, Services } from '../web/services.ts';
import { helpContactRoutes } from './help-routes.ts';
import { recordRoutes } from './record-routes.ts';

/** The record of who did what, for the auditor, and the help that each authority names. */
export async function adminRoutes(app: App, services: Services): Promise<void> {
  recordRoutes(app, services);
  helpContactRoutes(app, services);
}
