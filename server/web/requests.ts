import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import { createStaffSessions, type SessionHolder } from '../storage/staff-sessions.ts';
import { mayUse } from './access.ts';
import { isForeignForm } from './foreign-forms.ts';
import { headerSets, type HeaderSet } from './headers.ts';
import { asHostCookies, ownCookies } from './host-cookies.ts';
import { chooseLanguage, type Language } from './language.ts';
import type { Log } from './log.ts';
import type { App, Services } from './services.ts';

export const STAFF_COOKIE = 'heard-staff';
export const LANGUAGE_COOKIE = 'heard-language';

declare module 'fastify' {
  interface FastifyRequest {
    /** Milliseconds since the process began. */
    startedAt: number;
    /** Its route, asked for once: Fastify's own `routeOptions` is put together anew each time. */
    route: Pick<FastifyRequest['routeOptions'], 'url' | 'config'>;
  }
}

/**
 * What happens to every request before its route: language, forgery defence, who is asking, may they;
 * and to every reply on its way out: its headers and its line in the log.
 */
export async function serveRequests(app: App, services: Services, log: Log): Promise<void> {
  const { database, settings, languages, clock } = services;
  const sessions = createStaffSessions(database);
  const headersOf = headerSets(settings.behindHttps);

  if (settings.behindHttps) readHostCookies(app);
  await app.register(cookie);
  if (settings.behindHttps) writeHostCookies(app);
  await app.register(formbody);
  const english = languages.get('en')!;
  app.decorateRequest('startedAt', 0);
  app.decorateRequest('route', null as unknown as FastifyRequest['route']);
  app.decorateRequest('signedIn', null);
  app.decorateRequest('entering', null);
  app.decorateRequest('language', null as unknown as Language);

  // One hook each way, and no promise where nothing is waited for: both are felt on the answer path.
  app.addHook('onRequest', (request, reply, done) => {
    const { cookies } = request;
    request.startedAt = performance.now();
    request.route = request.routeOptions;
    const code = chooseLanguage(cookies[LANGUAGE_COOKIE], request.headers['accept-language']);
    request.language = languages.get(code) ?? english;
    if (isForeignForm(request)) return done(new Fault('foreign-form'));
    dropTypeOfNothing(request);
    const token = cookies[STAFF_COOKIE];
    if (request.route.config.access === 'respondent') return done();
    if (!token) return admit(request, reply, done);
    sessions.find(token, clock()).then((holder) => {
      knowHolder(request, holder);
      admit(request, reply, done);
    }, done);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const { url, config } = request.route;
    reply.headers(headersOf[headerSetOf(reply.statusCode, config.headers)]);
    log.request(request.method, url ?? '(none)', reply.statusCode, performance.now() - request.startedAt);
    done(null, payload);
  });
}

/** What went wrong is told on a page of its own, whatever was asked for. */
function headerSetOf(status: number, ofRoute: HeaderSet = 'pages'): HeaderSet {
  if (status >= 400) return 'pages';
  return status >= 300 && status !== 304 ? 'redirects' : ofRoute;
}

/** Before cookies are parsed: whatever another host of this domain may have set is not seen at all. */
function readHostCookies(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    const own = ownCookies(headers.cookie);
    if (own === undefined) delete headers.cookie;
    else headers.cookie = own;
    done();
  });
}

/** After cookies were written into the reply. */
function writeHostCookies(app: App): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    const lines = reply.getHeader('set-cookie');
    if (lines !== undefined) void reply.removeHeader('set-cookie').header('set-cookie', asHostCookies(lines));
    done(null, payload);
  });
}

/**
 * A request without a body that names a content type: Node has ended its body already (`optimizeEmptyRequests`), and a
 * parser that began to wait for that end now would wait until the request times out.
 */
function dropTypeOfNothing({ method, headers, raw }: FastifyRequest): void {
  // Not for pages: taking something out of headers makes them slow to read, which is felt on the answer path.
  if (method !== 'GET' && raw.readableEnded) delete headers['content-type'];
}

/** Whose session it is: of somebody signed in, or of somebody who still has a step to take. */
export function knowHolder(request: FastifyRequest, holder: SessionHolder | undefined): void {
  const { awaits = null } = holder ?? {};
  request.signedIn = holder && awaits === null ? holder : null;
  request.entering = holder && awaits !== null ? { ...holder, awaits } : null;
}

/** Lets a person on to a route that they may use; whoever could, if they signed in, is led there. */
function admit(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
  const { access } = request.route.config;
  if (!access || mayUse(access, request.signedIn)) return done();
  if (access === 'entering' && request.entering) return done();
  if (request.signedIn || request.method !== 'GET') return done(new Fault('not-allowed'));
  void reply.redirect(`${doorOf(request)}?next=${encodeURIComponent(request.url)}`, 303);
}

/** Where somebody goes who could use a page if they signed in, or went on signing in. */
function doorOf({ entering }: FastifyRequest): string {
  if (!entering) return '/people/sign-in';
  return entering.awaits === 'code' ? '/people/second-step' : '/people/second-factor';
}

/** A path on this server to go back to, or the fallback: addresses of elsewhere are never followed. */
export function localPath(path: string | undefined, fallback: string): string {
  return path && /^\/(?![/\\])[!-[\]-~]*$/.test(path) ? path : fallback;
}
