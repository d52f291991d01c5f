import { createAudit } from '../storage/audit.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { helpContactRoutes } from './help-routes.ts';
import { recordPage } from './pages.ts';

const NEWEST = 200;

/** The record of who did what, for the auditor, and the help that each authority names. */
export async function adminRoutes(app: App, services: Services): Promise<void> {
  const { database } = services;
  helpContactRoutes(app, services);
  const audit = createAudit(database);

  app.get('/admin/record', { config: { access: ['auditor'] } }, async (request, reply) =>
    reply.page('admin/record', recordPage(request.language, await audit.newest(person(request).authorityId, NEWEST))),
  );
}
