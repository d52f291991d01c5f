import type { App, Services } from '../../web/services.ts';
import type { ForumAccess } from '../forum/forum-access.ts';
import { createBoardReading } from './board-reading.ts';
import { boardsRoutes } from './boards-routes.ts';
import { cardRoutes } from './card-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { createEventShowing } from './event-showing.ts';
import { headingRoutes } from './heading-routes.ts';
import { undertakingsRoutes } from './undertakings-routes.ts';

/** Boards: needs, what gets in the way, ideas; and what adults take on of them. */
export function boardRoutes(app: App, services: Services, access: ForumAccess): void {
  const reading = createBoardReading(services, access);
  const showing = createEventShowing(services, reading);
  boardsRoutes(app, services, access, reading);
  eventRoutes(app, services, reading, showing);
  headingRoutes(app, services, reading, showing);
  cardRoutes(app, services, reading, showing);
  undertakingsRoutes(app, services);
}
