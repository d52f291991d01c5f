import { form, type House } from './house.ts';

/** A browser that keeps its cookies, shows pages as they come and follows redirects within the house. */
export class Device {
  readonly #house: House;
  readonly #cookies = new Map<string, string>();
  readonly #address: string;
  page = '';
  url = '';
  status = 0;

  /** @param address where it asks from; the devices of a school share one */
  constructor(house: House, { language = 'en', address = '10.0.0.1' } = {}) {
    this.#house = house;
    this.#address = address;
    this.#cookies.set('heard-language', language);
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  go(url: string): Promise<this> {
    return this.#ask({ method: 'GET', url });
  }

  post(url: string, fields: Record<string, string | string[]> = {}): Promise<this> {
    const { payload, headers } = form(fields);
    return this.#ask({ method: 'POST', url, payload, headers });
  }

  /** What a pattern finds on the page, in its first group. */
  found(pattern: RegExp): string {
    return pattern.exec(this.page)?.[1] ?? '';
  }

  hidden(name: string): string {
    return this.found(new RegExp(`name="${name}" value="([^"]*)"`));
  }

  async #ask(request: {
    method: 'GET' | 'POST';
    url: string;
    payload?: string;
    headers?: Record<string, string>;
  }): Promise<this> {
    const headers = { ...request.headers, cookie: this.cookie };
    const reply = await this.#house.app.inject({ ...request, headers, remoteAddress: this.#address });
    for (const { name, value } of reply.cookies) {
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    const next = reply.headers.location;
    if (next?.startsWith('/')) return this.go(next);
    Object.assign(this, { page: reply.body, url: next ?? request.url, status: reply.statusCode });
    return this;
  }
}

/** The sheet of a class, as it is printed. */
export interface Sheet {
  class: string;
  /** Where the QR code leads, and what is typed by hand. */
  path: string;
  link: string;
  pin: string;
}

/** The sheets on a page. */
export function sheetsOn(page: string): Sheet[] {
  return page
    .split('<article class="sheet">')
    .slice(1)
    .map((sheet) => {
      const found = (pattern: RegExp) => pattern.exec(sheet)?.[1] ?? '';
      return {
        class: found(/<h2><bdi>([^<]*?) ·/),
        path: new URL(found(/data-class-link="([^"]+)"/)).pathname,
        link: found(/data-class-link="[^"]+">([^<]+)</),
        pin: found(/data-pin="([^"]+)"/),
      };
    });
}

/** A device that is signed in to a class by its sheet. */
export async function teacherOf(house: House, sheet: Sheet, options: { language?: string } = {}): Promise<Device> {
  const device = await new Device(house, options).go(sheet.path);
  return device.post('/class/sessions', { link: device.hidden('link'), followed: 'yes', pin: sheet.pin });
}

/** A device that joins a class with the code on the board. */
export async function join(device: Device, code: string, stage?: string): Promise<Device> {
  await device.post('/class/join', { code });
  if (!device.hidden('form')) return device;
  const fields = { code: device.hidden('code'), form: device.hidden('form') };
  return device.post('/class/join', { ...fields, ...(stage && { stage }) });
}
