import { pino } from 'pino';
import { LogController, type FastifyServerOptions } from 'fastify';
import type { Settings } from '../settings.ts';

/** Shows the page of an address that cannot even be read, which no hook sees. */
type ShowBadAddress = NonNullable<FastifyServerOptions['frameworkErrors']>;

/** Standard output, written a few kilobytes at a time: a write a line is felt on the answer path. */
function logStream() {
  const stream = pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 1000 });
  process.once('exit', () => stream.flushSync());
  return stream;
}

/** Limits and logging of the server. A form is small; a page of text with 64 KiB is already a mistake. */
export function serverOptions(settings: Settings, showBadAddress: ShowBadAddress): FastifyServerOptions {
  return {
    bodyLimit: 64 * 1024,
    frameworkErrors: showBadAddress,
    // The proxies nearest to us are ours; what stands further left in the header anybody may have written.
    trustProxy: settings.trustProxy > 0 && ((_address: string, hop: number) => hop < settings.trustProxy),
    logger: settings.logLevel === 'silent' ? false : { level: settings.logLevel, base: null, stream: logStream() },
    // Fastify's own lines hold addresses. Ours hold route patterns only: see requests.ts and error-pages.ts.
    // One logger for all requests: a child of its own for each would only add a number that nothing reads.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
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
