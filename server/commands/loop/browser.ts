import { request, type Agent } from 'node:http';
import { formsOf, linksOf, markOf, wordsOf, type Form, type Link } from './markup.ts';
import { demand, the, Trouble } from './trouble.ts';

/** A page as it arrived, after all redirects. */
export interface Page {
  /** Path and query on this server; a whole address where a redirect led elsewhere, which is not followed. */
  path: string;
  status: number;
  body: string;
}

const MOST_REDIRECTS = 6;
/** No page of a small authority takes long; closing is the longest. */
const PATIENCE_MILLISECONDS = 60_000;

/**
 * One person's browser: keeps cookies, follows redirects, says where its forms stand, knows nothing but
 * what is on its page.
 */
export class Browser {
  readonly #address: string;
  readonly #agent: Agent;
  readonly #cookies = new Map<string, string>();
  page: Page = { path: '', status: 0, body: '' };

  /** @param address scheme, host and port of the server */
  constructor(address: string, agent: Agent) {
    this.#address = address;
    this.#agent = agent;
  }

  async open(path: string): Promise<Page> {
    return this.#go('GET', path);
  }

  /** Opens a page that has to be there. @throws Trouble for any status but 200 */
  async visit(path: string): Promise<Page> {
    return this.#arrived(await this.open(path));
  }

  /** Follows the first link of the page whose address fits. */
  async follow(href: string | RegExp): Promise<Page> {
    return this.visit(this.link(href).href);
  }

  /** Sends a form to its action and arrives where that leads. @throws Trouble for any status but 200 */
  async send(form: Form, button?: { name: string; value: string }): Promise<Page> {
    return this.#arrived(await this.trySending(form, button));
  }

  /** Sends a form that may be refused. */
  async trySending(form: Form, button?: { name: string; value: string }): Promise<Page> {
    return this.#go('POST', form.action, form.press(button?.name, button?.value));
  }

  /** Sends a body that no form of the page offers, as somebody would who meddles. */
  async meddle(path: string, body = ''): Promise<Page> {
    return this.#go('POST', path, body);
  }

  /** The first form of the page whose action fits. */
  form(action: string | RegExp): Form {
    return the(formsOf(this.page.body, action)[0], `a form ${String(action)} on ${this.page.path}`);
  }

  /** The first link of the page whose address fits. */
  link(href: string | RegExp): Link {
    const fits = (link: Link) => (typeof href === 'string' ? link.href === href : href.test(link.href));
    return the(linksOf(this.page.body).find(fits), `a link ${String(href)} on ${this.page.path}`);
  }

  /** @throws Trouble unless the page bears this mark */
  demandMark(mark: string, value: string): void {
    const found = markOf(this.page.body, mark) ?? 'none';
    demand(found === value, `${mark} "${value}" on ${this.page.path}`, `"${found}"`);
  }

  #arrived(page: Page): Page {
    if (page.status === 200) return page;
    throw new Trouble(`the page ${page.path} with status 200`, `${page.status} ${complaintOf(page.body)}`);
  }

  async #go(method: 'GET' | 'POST', path: string, body?: string): Promise<Page> {
    let reply = await this.#ask(method, path, body);
    let here = path;
    for (let count = 0; reply.location !== undefined; count += 1) {
      demand(count < MOST_REDIRECTS, `at most ${MOST_REDIRECTS} redirects from ${path}`, 'more');
      here = reply.location;
      if (!here.startsWith('/')) break;
      reply = await this.#ask('GET', here);
    }
    this.page = { path: here, status: reply.status, body: reply.body };
    return this.page;
  }

  #ask(method: string, path: string, body?: string): Promise<{ status: number; body: string; location?: string }> {
    const headers: Record<string, string | number> = { accept: 'text/html' };
    if (this.#cookies.size > 0) headers['cookie'] = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    if (body !== undefined) {
      headers['origin'] = this.#address;
      headers['content-type'] = 'application/x-www-form-urlencoded';
      headers['content-length'] = Buffer.byteLength(body);
    }
    const options = { method, headers, agent: this.#agent, timeout: PATIENCE_MILLISECONDS };
    // The part after # is the browser's own.
    const address = `${this.#address}${path.split('#')[0]}`;
    return new Promise((resolve, reject) => {
      const asked = request(address, options, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('error', reject);
        reply.on('end', () => {
          for (const cookie of reply.headers['set-cookie'] ?? []) this.#keep(cookie);
          const { location } = reply.headers;
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: reply.statusCode ?? 0, body: text, ...(location === undefined ? {} : { location }) });
        });
      });
      asked.on('timeout', () => asked.destroy(new Trouble(`${method} ${path} to be answered`, 'nothing in a minute')));
      asked.on('error', reject);
      asked.end(body);
    });
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** What a page says is wrong: its summary of faults, else its first paragraphs. */
function complaintOf(body: string): string {
  const main = /<main\b[^>]*>([\s\S]*)<\/main>/.exec(body)?.[1] ?? body;
  const summary = /<div class="error-summary"[^>]*>([\s\S]*?)<\/div>/.exec(main)?.[1];
  return `"${wordsOf(summary ?? main).slice(0, 200)}"`;
}
