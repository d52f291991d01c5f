import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetAddresses } from './assets.ts';
import { LANGUAGES } from './language.ts';
import type { App } from './services.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SCRIPT = join(ROOT, 'public', 'service-worker.js');
/** What the page that stands in for others needs besides itself. */
const SCRIPTS = ['waiting', 'waiting-sending', 'waiting-store', 'waiting-words'];
const PAGE = ['views/respond/offline.eta', 'views/respond/waiting.eta'];

/**
 * The worker that shows a page of Heard's own where the line is down (public/service-worker.js). Its address is at the
 * root, so that it may stand before the first page too; a browser asks for it anew and replaces it when it changes.
 */
export function serviceWorkerRoutes(app: App): void {
  const script = writeServiceWorker();
  const tag = `"${hash('sha256', script, 'base64url').slice(0, 16)}"`;
  app.get('/service-worker.js', { config: { access: 'anyone', headers: 'public' } }, (request, reply) => {
    void reply.header('etag', tag).header('service-worker-allowed', '/');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.type('text/javascript; charset=utf-8').send(script);
  });
}

/** The worker with what it keeps: any change of that makes it another worker, with a store of its own. */
export function writeServiceWorker(): string {
  const addresses = assetAddresses();
  const files = [addresses.style, ...SCRIPTS.map((name) => addresses.ofFolder(name).pageScript)];
  const languages = LANGUAGES.map(({ code }) => code);
  const sources = [...PAGE, ...languages.map((code) => `locales/${code}/waiting.json`)];
  const contents = sources.map((path) => readFileSync(join(ROOT, path), 'utf8'));
  const version = hash('sha256', JSON.stringify([files, contents]), 'base64url').slice(0, 10);
  return `self.HEARD = ${JSON.stringify({ version, files, languages })};\n${readFileSync(SCRIPT, 'utf8')}`;
}
