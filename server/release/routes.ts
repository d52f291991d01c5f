import type { App, Services } from '../web/services.ts';

export async function releaseRoutes(_app: App, _services: Services): Promise<void> {}
