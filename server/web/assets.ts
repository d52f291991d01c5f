import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import files from '@fastify/static';
import type { App } from './services.ts';

const PUBLIC = join(import.meta.dirname, '..', '..', 'public');
const CHART = join(import.meta.dirname, '..', '..', 'node_modules', 'chart.js', 'dist');

/** The address of a file in public/ with its content in it, so that browsers may keep it for ever. */
function assetAddress(path: string): string {
  const content = readFileSync(join(PUBLIC, path));
  return `/public/${path}?v=${hash('sha256', content, 'base64url').slice(0, 10)}`;
}

/** Addresses of the files that layouts name, by capability where one has a style or a behaviour of its own. */
export interface AssetAddresses {
  style: string;
  script: string;
  chart: string;
  /** Style and script of a page, by the folder of its template; empty where there is none. */
  ofFolder(folder: string): { pageStyle: string; pageScript: string };
}

export function assetAddresses(): AssetAddresses {
  const addresses = new Map(
    ['css', 'js'].flatMap((kind) =>
      readdirSync(join(PUBLIC, kind)).map((name) => [`${kind}/${name}`, assetAddress(`${kind}/${name}`)] as const),
    ),
  );
  return {
    style: addresses.get('css/heard.css') ?? '',
    script: addresses.get('js/heard.js') ?? '',
    chart: '/public/vendor/chart.umd.min.js',
    ofFolder: (folder) => ({
      pageStyle: addresses.get(`css/${folder}.css`) ?? '',
      pageScript: addresses.get(`js/${folder}.js`) ?? '',
    }),
  };
}

/** Serves public/, compressed, kept by browsers for a year. */
export async function serveAssets(app: App): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    done();
  });
  await app.register(compress, { global: true, encodings: ['br', 'gzip'] });
  await app.register(files, {
    root: PUBLIC,
    prefix: '/public/',
    maxAge: '365d',
    immutable: true,
    decorateReply: false,
  });
  await app.register(files, { root: CHART, prefix: '/public/vendor/', maxAge: '1d', decorateReply: false });
}
