import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeServiceWorker } from '../../server/web/service-worker-routes.ts';
import { openHouse, type House } from '../support/house.ts';

/* The worker that stands in where a page cannot be reached. Here it runs with a line and a store that we hold. */

interface Asked {
  url: string;
  method: string;
  mode: string;
}
type Listener = (event: object) => void;

const ORIGIN = 'https://heard.example';

class Device {
  readonly stores = new Map<string, Map<string, string>>();
  readonly listeners = new Map<string, Listener>();
  line: 'up' | 'down' = 'up';
  readonly #self: Record<string, unknown>;

  constructor(script: string) {
    this.#self = {
      location: { origin: ORIGIN },
      addEventListener: (name: string, listener: Listener) => this.listeners.set(name, listener),
      skipWaiting: () => Promise.resolve(),
      clients: { claim: () => Promise.resolve() },
    };
    const redirect = (url: string, status: number) => ({ status, location: url });
    runInNewContext(script, {
      self: this.#self,
      URL,
      Promise,
      fetch: (request: Asked) => this.#fetch(request),
      caches: this.#caches(),
      Response: { redirect, error: () => ({ status: 0 }) },
    });
  }

  async #fetch(request: Asked): Promise<unknown> {
    if (this.line === 'down') throw new TypeError('Failed to fetch');
    return { status: 200, from: 'the line', url: request.url };
  }

  #caches() {
    const pathOf = (asked: string | Asked) => {
      const url = new URL(typeof asked === 'string' ? asked : asked.url, ORIGIN);
      return { path: url.pathname, full: url.pathname + url.search };
    };
    return {
      open: async (name: string) => {
        const store = this.stores.get(name) ?? new Map<string, string>();
        this.stores.set(name, store);
        return { addAll: async (files: string[]) => files.forEach((file) => store.set(file, `kept ${file}`)) };
      },
      keys: async () => [...this.stores.keys()],
      delete: async (name: string) => this.stores.delete(name),
      match: async (asked: string | Asked, options: { ignoreSearch?: boolean } = {}) => {
        const { path, full } = pathOf(asked);
        for (const store of this.stores.values()) {
          for (const [address, text] of store) {
            const same = options.ignoreSearch ? pathOf(address).path === path : address === full;
            if (same) return { status: 200, from: 'the device', address, text: async () => text };
          }
        }
        return undefined;
      },
    };
  }

  async happen(name: 'install' | 'activate'): Promise<void> {
    let done: Promise<unknown> = Promise.resolve();
    this.listeners.get(name)!({ waitUntil: (promise: Promise<unknown>) => (done = promise) });
    await done;
  }

  /** What the worker answers; undefined where it leaves a request alone. */
  async ask(path: string, options: Partial<Asked> = {}): Promise<Record<string, unknown> | undefined> {
    const request = { url: ORIGIN + path, method: 'GET', mode: 'navigate', ...options };
    let answer: Promise<Record<string, unknown>> | undefined;
    this.listeners.get('fetch')!({
      request,
      respondWith: (promise: Promise<Record<string, unknown>>) => (answer = promise),
    });
    return answer;
  }

  readLast(language: string): void {
    this.stores.set('heard-language', new Map([['/respond/offline-language', language]]));
  }
}

let house: House;
let script: string;
let device: Device;
beforeAll(async () => {
  house = await openHouse();
  script = (await house.app.inject('/service-worker.js')).body;
});
afterAll(() => house.close());
beforeEach(async () => {
  device = new Device(script);
  await device.happen('install');
  await device.happen('activate');
  device.line = 'down';
});

describe('where nothing can be reached, a device shows', () => {
  it.each(['/respond/pages/7', '/respond/next', '/respond/check', '/'])('a page of its own for %s', async (path) => {
    expect(await device.ask(path)).toMatchObject({ address: '/respond/offline?language=en' });
  });

  it('it in the language that was read last', async () => {
    device.readLast('ar');
    expect(await device.ask('/respond/next')).toMatchObject({ address: '/respond/offline?language=ar' });
    device.readLast('a language that is gone');
    expect(await device.ask('/respond/next')).toMatchObject({ address: '/respond/offline?language=en' });
  });

  it('it at an address of its own where a form was sent, so that no form is sent twice', async () => {
    const answer = await device.ask('/respond/sending', { method: 'POST' });
    expect(answer).toEqual({ status: 303, location: '/respond/offline?language=en' });
    expect(await device.ask('/respond/offline?language=en')).toMatchObject({ from: 'the device' });
  });

  it('it until what was to be hidden can be hidden', async () => {
    const answer = await device.ask('/respond/hiding', { method: 'POST' });
    expect(answer).toEqual({ status: 303, location: '/respond/offline?language=en&then=hiding' });
    expect(await device.ask('/respond/offline?language=en&then=hiding')).toMatchObject({ from: 'the device' });
  });

  it('nothing of ours to somebody who leaves quickly, and nothing on other pages', async () => {
    for (const path of ['/respond/leave', '/help', '/replies', '/people/sign-in', '/fieldwork/waves/1'])
      expect(await device.ask(path), path).toBeUndefined();
  });
});

describe('the worker', () => {
  it('lets everything through while there is a line', async () => {
    device.line = 'up';
    expect(await device.ask('/respond/pages/7')).toMatchObject({ from: 'the line' });
  });

  it('keeps files of public/ and the page that stands in, and never a page of a person', async () => {
    device.line = 'up';
    for (const path of ['/respond/pages/7', '/respond/check', '/']) await device.ask(path);
    const kept = [...device.stores.values()].flatMap((store) => [...store.keys()]);
    expect(kept.length).toBeGreaterThan(5);
    for (const address of kept) expect(address).toMatch(/^\/(public\/|respond\/offline\?language=[a-z]{2}$)/);
  });

  it('leaves requests of scripts alone, and files that it does not keep', async () => {
    expect(await device.ask('/respond/waiting-answers', { method: 'POST', mode: 'cors' })).toBeUndefined();
    expect(await device.ask('/public/symbols/boat.svg', { mode: 'no-cors' })).toBeUndefined();
  });

  it('stands in for a kept file, also where a script asks for it without its version', async () => {
    const file = [...device.stores.values()]
      .flatMap((store) => [...store.keys()])
      .find((name) => name.includes('/waiting.js'))!;
    expect(await device.ask(file, { mode: 'cors' })).toMatchObject({ from: 'the device' });
    expect(await device.ask(file.split('?')[0]!, { mode: 'cors' })).toMatchObject({ from: 'the device' });
  });

  it('throws away what an earlier version kept, and not the language', async () => {
    device.stores.set('heard-files-of-old', new Map([['/public/old.css', 'old']]));
    device.readLast('ar');
    await device.happen('activate');
    expect([...device.stores.keys()].toSorted()).toEqual(
      ['heard-language', expect.stringMatching(/^heard-files-(?!of-old)/) as string].toSorted(),
    );
  });

  it('is plain enough for tablets of 2021', () => {
    const code = script.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    expect(code).toContain('addEventListener');
    expect(code).not.toMatch(/=>|\bconst\b|\blet\b|\basync\b|\?\.|`/);
  });
});

describe('the address of the worker', () => {
  it('is at the root, is asked about each time, and says so shortly where nothing changed', async () => {
    const first = await house.app.inject('/service-worker.js');
    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toContain('javascript');
    expect(first.headers['cache-control']).toContain('no-cache');
    expect(first.headers['service-worker-allowed']).toBe('/');
    const again = await house.app.inject({
      url: '/service-worker.js',
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('gives the same worker until something that it keeps changes', () => {
    expect(writeServiceWorker()).toBe(script);
  });

  it('names files that are there', async () => {
    for (const [, path] of script.split('\n')[0]!.matchAll(/"(\/public\/[^"]+)"/g)) {
      const { statusCode } = await house.app.inject(path!);
      expect(statusCode, path).toBe(200);
    }
    const policy = String((await house.app.inject('/')).headers['content-security-policy']);
    expect(policy).toContain("worker-src 'self'");
  });
});
