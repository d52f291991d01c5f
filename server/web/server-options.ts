import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { Settings } from '../settings.ts';

/** Shows the page of an address that cannot even be read, which no hook sees. */
type ShowBadAddress = NonNullable<FastifyHttpOptions<Server>['frameworkErrors']>;

/**
 * The largest form with long words in several languages, in bytes, for the routes that say so: a letter beyond Latin is
 * six to nine bytes in a form.
 */
export const LARGE_FORM = 1024 * 1024;

/** Limits and logging of the server. A form is small; a page of text with 64 KiB is already a mistake. */
export function serverOptions(settings: Settings, showBadAddress: ShowBadAddress): FastifyHttpOptions<Server> {
  return {
    bodyLimit: 64 * 1024,
    frameworkErrors: showBadAddress,
    // The proxies nearest to us are ours; what stands further left in the header anybody may have written.
    trustProxy: settings.trustProxy > 0 && ((_address: string, hop: number) => hop < settings.trustProxy),
    // Fastify's own logger stays off: it gives every reply listeners that the answer path feels, and its lines
    // hold addresses. Requests and errors are noted by requests.ts and error-pages.ts.
    logger: false,
    http: { optimizeEmptyRequests: true },
    requestTimeout: 30_000,
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: true, maxParamLength: 200 },
    ajv: {
      customOptions: {
        // A foreign field is refused, not dropped; a single checkbox still arrives as a list.
        removeAdditional: false,
        coerceTypes: 'array',
        allErrors: false,
      },
    },
  };
}
