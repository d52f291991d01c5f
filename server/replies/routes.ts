import type { App, Services } from '../web/services.ts';

export async function replyRoutes(_app: App, _services: Services): Promise<void> {}
