import { connect, type Socket } from 'node:net';

/*
 * The smallest HTTP client that keeps a connection, cookies and count of time, for those who stand for a whole class or
 * council: they share two cores with the server, so everything this does not do is measured less wrongly.
 */
export interface HttpReply {
  status: number;
  location: string;
  body: string;
  /** Milliseconds from the request to the last byte of the reply. */
  took: number;
}

/** One pupil's browser: one connection to 127.0.0.1, one request at a time. */
export class HttpClient {
  readonly #socket: Socket;
  readonly #host: string;
  readonly #cookies = new Map<string, string>();
  #received = '';
  #resolve: ((reply: HttpReply) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;
  #sentAt = 0;

  readonly #headerLines: string;

  /** @param headers sent with every request, by name */
  constructor(port: number, headers: Readonly<Record<string, string>> = {}) {
    this.#host = `127.0.0.1:${port}`;
    this.#headerLines = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    // Latin-1 keeps one character a byte, so that lengths agree with Content-Length.
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (chunk: string) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#reject?.(error));
    this.#socket.on('close', () => this.#reject?.(new Error('The server closed the connection.')));
  }

  get(path: string): Promise<HttpReply> {
    return this.#send(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${this.#headerLines}${this.#cookieLine()}\r\n`);
  }

  post(path: string, body: string): Promise<HttpReply> {
    const form = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    const origin = `Origin: http://${this.#host}\r\n`;
    return this.#send(
      `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${this.#headerLines}${origin}${form}${this.#cookieLine()}\r\n${body}`,
    );
  }

  close(): void {
    this.#reject = undefined;
    this.#socket.destroy();
  }

  #cookieLine(): string {
    if (this.#cookies.size === 0) return '';
    return `Cookie: ${[...this.#cookies].map((pair) => pair.join('=')).join('; ')}\r\n`;
  }

  #send(request: string): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#sentAt = performance.now();
      this.#socket.write(request);
    });
  }

  #take(chunk: string): void {
    this.#received += chunk;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.slice(0, headEnd);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < headEnd + 4 + length) return;
    const body = this.#received.slice(headEnd + 4, headEnd + 4 + length);
    this.#received = '';
    for (const [, name = '', value = ''] of head.matchAll(/set-cookie: ([^=;\r\n]+)=([^;\r\n]*)/gi)) {
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const status = Number(head.slice(9, 12));
    const location = /location: ([^\r\n]+)/i.exec(head)?.[1] ?? '';
    this.#resolve?.({ status, location, body, took: performance.now() - this.#sentAt });
  }
}
