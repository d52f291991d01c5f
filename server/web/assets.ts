import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import files from '@fastify/static';
import type { App } from './services.ts';

const PUBLIC = join(import.meta.dirname, '..', '..', 'public');
const CHART = join(import.meta.dirname, '..', '..', 'node_modules', 'chart.js', 'dist');

/** The address of a file in public/ with its content in it, so that browsers may keep it for ever. */
function assetAddress(path: string, content: string | Buffer = readFileSync(join(PUBLIC, path))): string {
  return `/public/${path}?v=${hash('sha256', content, 'base64url').slice(0, 10)}`;
}

/** A script as it is served, and its address. */
interface Script {
  content: string;
  address: string;
}

const scripts = new Map<string, Script>();

/** A script of public/js. Where it imports another, the other's address carries its content too: both are kept for ever. */
function scriptNamed(name: string): Script {
  const known = scripts.get(name);
  if (known) return known;
  const content = readFileSync(join(PUBLIC, 'js', name), 'utf8').replaceAll(
    /(?<=^import [^;]*')\.\/([\w-]+\.js)(?=';$)/gm,
    (_whole, imported: string) => scriptNamed(imported).address,
  );
  const script = { content, address: assetAddress(`js/${name}`, content) };
  scripts.set(name, script);
  return script;
}

/** Addresses of the files that layouts name, by capability where one has a style or a behaviour of its own. */
export interface AssetAddresses {
  style: string;
  script: string;
  chart: string;
  /** Style of the views of results beside items, and the script of the funnel. */
  explorer: string;
  funnel: string;
  /** Of printed reports, beside those of their folder. */
  reportStyle: string;
  reportScript: string;
  /** Style and script of a page, by the folder of its template; empty where there is none. */
  ofFolder(folder: string): { pageStyle: string; pageScript: string };
}

export function assetAddresses(): AssetAddresses {
  const addresses = new Map([
    ...readdirSync(join(PUBLIC, 'css')).map((name) => [`css/${name}`, assetAddress(`css/${name}`)] as const),
    ...readdirSync(join(PUBLIC, 'js')).map((name) => [`js/${name}`, scriptNamed(name).address] as const),
  ]);
  return {
    style: addresses.get('css/heard.css') ?? '',
    script: addresses.get('js/heard.js') ?? '',
    chart: '/public/vendor/chart.umd.min.js',
    explorer: addresses.get('css/explorer.css') ?? '',
    funnel: addresses.get('js/funnel.js') ?? '',
    reportStyle: addresses.get('css/reports.css') ?? '',
    reportScript: addresses.get('js/reports.js') ?? '',
    ofFolder: (folder) => ({
      pageStyle: addresses.get(`css/${folder}.css`) ?? '',
      pageScript: addresses.get(`js/${folder}.js`) ?? '',
    }),
  };
}

/** Serves public/, compressed, kept by browsers for a year. */
export async function serveAssets(app: App): Promise<void> {
  // Headers of a page would forbid browsers to keep what they were just told to keep for a year.
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, headers: 'assets' };
  });
  await app.register(compress, { global: true, encodings: ['br', 'gzip'] });
  app.get<{ Params: { name: string } }>('/public/js/:name', (request, reply) => {
    const script = scripts.get(request.params.name);
    if (!script) return reply.callNotFound();
    return reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(script.content);
  });
  await app.register(files, {
    root: PUBLIC,
    prefix: '/public/',
    maxAge: '365d',
    immutable: true,
    decorateReply: false,
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      if (path.endsWith('.svg')) reply.header('content-type', 'image/svg+xml; charset=utf-8');
    },
  });
  await app.register(files, {
    root: CHART,
    prefix: '/public/vendor/',
    maxAge: '1d',
    decorateReply: false,
    dotfiles: 'ignore',
  });
}
