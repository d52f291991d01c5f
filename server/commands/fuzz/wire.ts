import { connect } from 'node:net';

/*
 * Requests as bytes on a socket: what no client library would send. One connection each, closed afterwards, so that a
 * broken request cannot spoil the next one.
 */

export interface WireReply {
  /** 0 if the server closed the connection without a word, −1 if it said nothing in time. */
  status: number;
  contentType: string;
  location: string;
  /** The start of what came, as Latin-1. */
  start: string;
}

const PATIENCE_MILLISECONDS = 20_000;
/** Enough to know a page by. */
const ENOUGH_BYTES = 256 * 1024;

/** Sends bytes as they are and waits for the reply. */
export function sendBytes(port: number, bytes: Buffer): Promise<WireReply> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let received = '';
    const end = (silence: 0 | -1) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(replyOf(received, silence));
    };
    const timer = setTimeout(() => end(-1), PATIENCE_MILLISECONDS);
    socket.setEncoding('latin1');
    socket.on('connect', () => void socket.write(bytes));
    socket.on('data', (part: string) => {
      received += part;
      if (received.length > ENOUGH_BYTES || isWhole(withoutContinue(received))) end(0);
    });
    socket.on('error', () => end(0));
    socket.on('close', () => end(0));
  });
}

/** Whether there is nothing to wait for: a reply that says how long it is need not close the connection. */
function isWhole(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const head = received.slice(0, headEnd);
  // A stream of events never ends by itself.
  if (/^content-type: text\/event-stream/im.test(head)) return true;
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  return length !== undefined && received.length >= headEnd + 4 + Number(length);
}

/** What follows "100 Continue", which is said before the reply. */
function withoutContinue(received: string): string {
  return received.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '');
}

function replyOf(all: string, silence: 0 | -1): WireReply {
  const received = withoutContinue(all);
  const head = received.split('\r\n\r\n', 1)[0] ?? '';
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? silence);
  return {
    status,
    contentType: /^content-type: ([^\r\n;]+)/im.exec(head)?.[1] ?? '',
    location: /^location: ([^\r\n]+)/im.exec(head)?.[1] ?? '',
    start: received.slice(0, 4000),
  };
}

export interface WireRequest {
  method: string;
  /** Path and query as they stand in the request line; nothing is escaped here. */
  target: string;
  headers?: Record<string, string>;
  body?: Buffer | undefined;
}

/** A request in HTTP/1.1, well framed whatever stands in it. */
export function bytesOf({ method, target, headers = {}, body }: WireRequest, port: number): Buffer {
  const all: Record<string, string> = { host: `127.0.0.1:${port}`, connection: 'close', ...headers };
  if (body && all['content-length'] === undefined && all['transfer-encoding'] === undefined) {
    all['content-length'] = String(body.length);
  }
  const chunked = all['transfer-encoding'] !== undefined ? Buffer.from('0\r\n\r\n') : undefined;
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  // What was announced as chunks ends as chunks do, so that nobody waits for more.
  return Buffer.concat([head, body ?? Buffer.alloc(0), chunked ?? Buffer.alloc(0)]);
}
