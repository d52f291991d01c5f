import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, FAULTS, Superseded, type FaultCode } from '../errors.ts';
import { newId } from '../storage/identifiers.ts';
import { headerSets } from './headers.ts';
import type { Log } from './log.ts';
import type { App, Services } from './services.ts';

/**
 * What an address gets that cannot even be read ("/%zz"): the framework has no pages and no language there,
 * so it is one plain sentence in every language.
 */
export function showBadAddress({ languages, settings }: Services) {
  const headers = headerSets(settings.behindHttps).pages;
  return (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    const sentences = [...languages.values()].map((language) => language.words.errors.notFound);
    void reply
      .code(FAULTS['not-found'].status)
      .headers(headers)
      .type('text/plain; charset=utf-8')
      .send(sentences.join('\n'));
  };
}

/** Every error ends on a translated page with a reference that also stands in the log. */
export function serveErrorPages(app: App, log: Log): void {
  const methodsOf = rememberRoutes(app);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url);
    if (methods.length > 0) reply.header('allow', methods.join(', '));
    return showFault(log, request, reply, new Fault(methods.length > 0 ? 'method-not-allowed' : 'not-found'));
  });
  app.setErrorHandler((error: FastifyError | Fault, request, reply) => showFault(log, request, reply, error));
}

/** Which methods an address takes: what came by another one is told so, and not that there is no such page. */
function rememberRoutes(app: App): (url: string) => string[] {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    const parts = url
      .split('/')
      .map((part) => (/^[:*]/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    routes.push({ pattern: new RegExp(`^${parts.join('/')}$`), methods: [method].flat() });
  });
  return (url) => {
    const path = url.split('?')[0]!;
    return [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))];
  };
}

/** What somebody may have tried on purpose: noted as a warning, which the log holds unless it is told otherwise. */
const REFUSALS: readonly FaultCode[] = [
  'not-allowed',
  'own-work',
  'foreign-form',
  'too-many',
  'too-large',
  'bad-request',
  'council-refused',
  'council-unknown',
];

function showFault({ logger }: Log, request: FastifyRequest, reply: FastifyReply, error: FastifyError | Fault) {
  const code = error instanceof Fault ? error.code : codeOf(error);
  const reference = newId().slice(0, 8);
  const noted = {
    reference,
    route: request.routeOptions.url ?? '(none)',
    account: (request.signedIn ?? request.entering)?.accountId,
    err: code === 'unexpected' ? error : undefined,
  };
  if (code === 'unexpected') logger.error(noted, 'unexpected error');
  else if (REFUSALS.includes(code)) logger.warn(noted, error.message);
  else logger.info(noted, error.message);
  const { words } = request.language;
  const home = { homeHref: request.signedIn ? '/people' : '/', homeWords: words.errors.home };
  const onwards = { homeHref: successorHref(request, error), homeWords: words.errors.toSuccessor };
  return reply.code(FAULTS[code].status).page('errors/fault', {
    title: code === 'superseded' ? words.errors.supersededTitle : words.errors.title,
    message: words.errors[FAULTS[code].words],
    reference: request.language.say('layout', 'reference', { reference }),
    ...(onwards.homeHref === '' ? home : onwards),
  });
}

/** The same page of results, or the same new finding, in the release that stands in the place of another one; else that release's first page. */
function successorHref(request: FastifyRequest, error: Error): string {
  if (!(error instanceof Superseded)) return '';
  const { asked, successor } = error;
  const isPage = request.method === 'GET' && /^\/(results|replies\/findings\/new)\b/.test(request.url);
  return isPage ? request.url.replaceAll(asked, successor) : `/results/${successor}`;
}

/** What a framework error means in our own table. */
function codeOf(error: FastifyError): FaultCode {
  if (error.statusCode === 413) return 'too-large';
  if (error.statusCode === 404) return 'not-found';
  if (error.statusCode === 429) return 'too-many';
  if (error.validation || (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)) return 'bad-request';
  return 'unexpected';
}
