import type { App, Services } from '../web/services.ts';

export async function resultRoutes(_app: App, _services: Services): Promise<void> {}
