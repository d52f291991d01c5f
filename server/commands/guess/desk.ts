import { Agent, request } from 'node:http';
import { wordsOf } from '../loop/markup.ts';
import { demand } from '../loop/trouble.ts';

/** What the server says to a typed code: in, why it cannot be one, that nobody was given it, or no more tries. */
export type Outcome = 'in' | 'told' | 'unknown' | 'refused';

/** Codes that are typed at once, as in a class. */
export const AT_ONCE = 30;

/** The front page's form, sent as a browser behind a proxy sends it. */
export class Desk {
  readonly #address: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  readonly #unknownWords: string;

  /** @param unknownWords what a page says of a code that nobody was given */
  constructor(address: string, unknownWords: string) {
    this.#address = address;
    this.#unknownWords = unknownWords;
  }

  async type(code: string, from: string): Promise<Outcome> {
    const { status, body } = await this.#post(new URLSearchParams({ code }).toString(), from);
    if (status === 303) return 'in';
    if (status === 429) return 'refused';
    demand(status === 422, 'a code to be taken, told or refused', `status ${status}`);
    return wordsOf(body).includes(this.#unknownWords) ? 'unknown' : 'told';
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(form: string, from: string): Promise<{ status: number; body: string }> {
    const headers = {
      origin: this.#address,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
      'x-forwarded-for': from,
    };
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.#address}/respond/sessions`,
        { method: 'POST', headers, agent: this.#agent },
        (reply) => {
          const parts: Buffer[] = [];
          reply.on('data', (part: Buffer) => parts.push(part));
          reply.on('error', reject);
          reply.on('end', () =>
            resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(form);
    });
  }
}
