import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { House } from '../../support/house.ts';
import { uploadForm } from '../../support/upload.ts';
import { get, post } from '../chain.ts';

/* A partnership's own table, with its title above it, two measures of one action and a column that the plan does not know. */
export const TABLE = readFileSync(join(import.meta.dirname, 'partnership.csv'), 'utf8');

/** A page without the marks that keep directions apart. */
export const plain = (body: string) => body.replace(/[\u2066-\u2069]/g, '').replaceAll('&#39;', '’');

export interface LookedAt {
  url: string;
  body: string;
}

/** What a planner does with a table. */
export interface Tables {
  send: (bytes: string | Uint8Array, name?: string) => ReturnType<typeof post>;
  look: (bytes: string | Uint8Array, name?: string) => Promise<LookedAt>;
  take: (looked: LookedAt) => ReturnType<typeof post>;
}

/** Q1 to Q4 in a table are those of 2026/27. */
export function tablesOf(house: House, planner: Record<string, string>): Tables {
  async function send(bytes: string | Uint8Array, name = 'plan.csv') {
    const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    const { payload, headers } = uploadForm([{ name, bytes: content }], { year: '2026' });
    return house.app.inject({
      method: 'POST',
      url: '/replies/plan/imports',
      payload,
      headers: { ...headers, ...planner },
    });
  }
  return {
    send,
    look: async (bytes, name) => {
      const sent = await send(bytes, name);
      expect(sent.statusCode).toBe(303);
      const url = String(sent.headers.location);
      return { url, body: plain((await get(house, url, planner)).body) };
    },
    take: ({ url, body }) => {
      const fingerprint = /name="fingerprint" value="(\w+)"/.exec(body)?.[1] ?? '';
      return post(house, `${url}/taking`, { fingerprint }, planner);
    },
  };
}
