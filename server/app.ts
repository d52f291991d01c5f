import Fastify from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { adminRoutes } from './admin/routes.ts';
import { classRoutes } from './class/routes.ts';
import { fieldworkRoutes } from './fieldwork/routes.ts';
import { languageRoutes } from './languages/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { releaseRoutes } from './release/routes.ts';
import { replyRoutes } from './replies/routes.ts';
import { respondRoutes } from './respond/routes.ts';
import { resultRoutes } from './results/routes.ts';
import { galleryRoutes } from './studio/gallery-routes.ts';
import { studioRoutes } from './studio/routes.ts';
import { demandAccess } from './web/access.ts';
import { serveAssets } from './web/assets.ts';
import { serveErrorPages, showBadAddress } from './web/error-pages.ts';
import { openLog } from './web/log.ts';
import { serverOptions } from './web/server-options.ts';
import { servePages } from './web/pages.ts';
import { serveRequests } from './web/requests.ts';
import { serviceWorkerRoutes } from './web/service-worker-routes.ts';
import type { App, Services } from './web/services.ts';

/** The whole server, ready to listen. Nothing here decides anything; read it as the table of contents. */
export async function buildApp(services: Services): Promise<App> {
  const log = openLog(services.settings);
  const app = Fastify(
    serverOptions(services.settings, showBadAddress(services)),
  ).withTypeProvider<TypeBoxTypeProvider>();

  await app.register(serveAssets);
  demandAccess(app);
  await servePages(app);
  await serveRequests(app, services, log);
  serveErrorPages(app, log);
  serviceWorkerRoutes(app);

  await respondRoutes(app, services);
  await fieldworkRoutes(app, services);
  await classRoutes(app, services);
  await releaseRoutes(app, services, log);
  await resultRoutes(app, services);
  await replyRoutes(app, services);
  await studioRoutes(app, services);
  await galleryRoutes(app);
  await peopleRoutes(app, services);
  await languageRoutes(app, services);
  await adminRoutes(app, services);
  return app;
}
