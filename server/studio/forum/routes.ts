import type { App, Services } from '../../web/services.ts';
import { contributionRoutes } from './contribution-routes.ts';
import { deskRoutes } from './desk-routes.ts';
import type { ForumAccess } from './forum-access.ts';
import { forumsRoutes } from './forums-routes.ts';
import { forumHomeRoutes } from './home-routes.ts';
import { joiningRoutes } from './joining-routes.ts';
import { replyCheckRoutes } from './reply-check-routes.ts';

/** Forums: who is in one, what keeps it safe, and what becomes of what its members write. */
export function forumRoutes(app: App, services: Services, access: ForumAccess): void {
  joiningRoutes(app, services);
  forumsRoutes(app, services);
  deskRoutes(app, services, access);
  forumHomeRoutes(app, services, access);
  contributionRoutes(app, services, access);
  replyCheckRoutes(app, services, access);
}
