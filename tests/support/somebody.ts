import { expect } from 'vitest';
import { Secret, TOTP } from 'otpauth';
import { form, type House } from './house.ts';

/** Somebody with a browser of their own, which keeps the cookies that it is given. */
export class Somebody {
  readonly house: House;
  private readonly cookies: Map<string, string>;

  /** @param cookies what the browser has to begin with */
  constructor(house: House, cookies: Record<string, string> = {}) {
    this.house = house;
    this.cookies = new Map(Object.entries(cookies));
  }

  get(url: string, headers: Record<string, string> = {}) {
    return this.keep(this.house.app.inject({ url, headers: { ...headers, cookie: this.cookie } }));
  }

  post(url: string, fields: Record<string, string | string[]> = {}) {
    const { payload, headers } = form(fields);
    return this.keep(
      this.house.app.inject({ method: 'POST', url, payload, headers: { ...headers, cookie: this.cookie } }),
    );
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Forgets who was signed in here. */
  forget(): void {
    this.cookies.clear();
  }

  /** Sets a second step up, now. @returns the secret of the device */
  async setUpFactor(): Promise<string> {
    await this.post('/people/second-factor');
    const secret = keyOn((await this.get('/people/second-factor')).body);
    const reply = await this.post('/people/second-factor/confirmation', { code: codeOf(secret, this.house) });
    expect(reply.statusCode).toBe(200);
    return secret;
  }

  /** Signs in with a password alone. */
  signIn(name: string, password: string) {
    this.forget();
    return this.post('/people/sign-in', { name, password });
  }

  private async keep<Reply extends { cookies: { name: string; value: string }[] }>(asked: Promise<Reply>) {
    const reply = await asked;
    for (const { name, value } of reply.cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return reply;
  }
}

/** The code that a device shows at the time of the house. */
export function codeOf(secret: string, house: House): string {
  const timestamp = Date.parse(house.services.clock());
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

/** The key that the page for setting a device up shows. */
export function keyOn(page: string): string {
  return /<b class="key" dir="ltr">([A-Z2-7 ]+)</.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
}
