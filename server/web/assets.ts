import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import files from '@fastify/static';
import type { App } from './services.ts';

const PUBLIC = join(import.meta.dirname, '..', '..', 'public');

/** The address of a file in public/ with its content in it, so that browsers may keep it for ever. */
function assetAddress(path: string): string {
  const content = readFileSync(join(PUBLIC, path));
  return `/public/${path}?v=${hash('sha256', content, 'base64url').slice(0, 10)}`;
}

/** Addresses of the files that layouts name. */
export function assetAddresses() {
  return {
    style: assetAddress('css/heard.css'),
    script: assetAddress('js/heard.js'),
    chart: assetAddress('js/results-chart.js'),
  };
}

/** Serves public/, compressed, kept by browsers for a year. */
export async function serveAssets(app: App): Promise<void> {
  await app.register(compress, { global: true, encodings: ['br', 'gzip'] });
  await app.register(files, {
    root: PUBLIC,
    prefix: '/public/',
    maxAge: '365d',
    immutable: true,
    decorateReply: false,
    globIgnore: ['**/.*'],
  });
}
