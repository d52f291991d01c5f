import { createAudit } from '../storage/audit.ts';
import { person } from '../web/access.ts';
import type { App, Services } from '../web/services.ts';
import { recordPage } from './pages.ts';

const NEWEST = 200;

/** The record of who did what, for the auditor. */
export async function adminRoutes(app: App, { database }: Services): Promise<void> {
  const audit = createAudit(database);

  app.get('/admin/record', { config: { access: ['auditor'] } }, async (request, reply) =>
    reply.page('admin/record', recordPage(request.language, await audit.newest(person(request).authorityId, NEWEST))),
  );
}
