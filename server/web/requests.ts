import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import { Fault } from '../errors.ts';
import { createStaffSessions } from '../storage/staff-sessions.ts';
import { mayUse } from './access.ts';
import { isForeignForm } from './foreign-forms.ts';
import { HEADER_SETS, HTTPS_HEADERS, type HeaderSet } from './headers.ts';
import { chooseLanguage, type Language } from './language.ts';
import type { App, Services } from './services.ts';

export const STAFF_COOKIE = 'heard-staff';
export const LANGUAGE_COOKIE = 'heard-language';

/** What happens to every request before its route: language, headers, forgery defence, who is asking, may they. */
export async function serveRequests(app: App, { database, settings, languages, clock }: Services): Promise<void> {
  const sessions = createStaffSessions(database);
  const always = settings.behindHttps ? HTTPS_HEADERS : {};
  const headerSets = {
    pages: { ...HEADER_SETS.pages, ...always },
    public: { ...HEADER_SETS.public, ...always },
    files: { ...HEADER_SETS.files, ...always },
  } satisfies Record<HeaderSet, Record<string, string>>;

  await app.register(cookie);
  await app.register(formbody);
  const english = languages.get('en')!;
  app.decorateRequest('signedIn', null);
  app.decorateRequest('language', null as unknown as Language);

  // Hooks that wait for nothing call back at once: a promise a request is felt on the answer path.
  app.addHook('onRequest', (request, reply, done) => {
    const { access, headers } = request.routeOptions.config;
    reply.headers(headerSets[headers ?? 'pages']);
    const code = chooseLanguage(request.cookies[LANGUAGE_COOKIE], request.headers['accept-language']);
    request.language = languages.get(code) ?? english;
    if (isForeignForm(request)) return done(new Fault('foreign-form'));
    if (access === 'respondent' || !request.cookies[STAFF_COOKIE]) return done();
    sessions.find(request.cookies[STAFF_COOKIE], clock()).then((holder) => {
      request.signedIn = holder ?? null;
      done();
    }, done);
  });

  app.addHook('onRequest', (request, reply, done) => {
    const { access } = request.routeOptions.config;
    if (!access || mayUse(access, request.signedIn)) return done();
    if (request.signedIn || request.method !== 'GET') return done(new Fault('not-allowed'));
    return reply.redirect(`/people/sign-in?next=${encodeURIComponent(request.url)}`, 303);
  });

  if (settings.logLevel === 'info' || settings.logLevel === 'debug') {
    app.addHook('onResponse', (request, reply, done) => {
      const took = Math.round(reply.elapsedTime * 10) / 10;
      request.log.info({ method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: took });
      done();
    });
  }
}

/** A path on this server to go back to, or the fallback: addresses of elsewhere are never followed. */
export function localPath(path: string | undefined, fallback: string): string {
  return path && /^\/(?![/\\])[!-[\]-~]*$/.test(path) ? path : fallback;
}
