import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import type { Access } from '../web/access.ts';

/** A route as the server registered it. */
export interface RegisteredRoute {
  method: string;
  url: string;
  /** Missing only on files of public/, which are registered before anything asks who may use them. */
  access: Access | undefined;
  /** The JSON schema of the form that it takes, if it takes one. */
  body: unknown;
}

/**
 * Runs something that builds the server, and tells every route that it registered. Fastify announces
 * each new instance, so nothing in the server has to know that it is being watched.
 */
export async function withRoutes<Built>(
  build: () => Promise<Built>,
): Promise<{ built: Built; routes: RegisteredRoute[] }> {
  const routes: RegisteredRoute[] = [];
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) {
        if (method !== 'HEAD')
          routes.push({ method, url: route.url, access: route.config?.access, body: route.schema?.body });
      }
    });
  };
  subscribe('fastify.initialization', watch);
  try {
    return { built: await build(), routes };
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}

/** Routes that pages and forms use, by address; without the files of public/. */
export function pageRoutes(routes: readonly RegisteredRoute[]): RegisteredRoute[] {
  return routes.filter((route) => !route.url.startsWith('/public'));
}
