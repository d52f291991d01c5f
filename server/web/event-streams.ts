import { PassThrough } from 'node:stream';

/** Between signs of life, so that no proxy takes a quiet stream for a dead one. */
const HEARTBEAT_MILLISECONDS = 15_000;

/** Server-sent events to one browser (WHATWG HTML, section 9.2). */
export interface EventStream {
  /** What the reply sends. */
  body: PassThrough;
  send(event: string, data: object): void;
  end(): void;
}

/** Streams that are open, so that a server that stops can end them: it would wait for each of them for ever. */
export interface EventStreams {
  /** @param onClose called once, whoever ends the stream */
  open(onClose: () => void): EventStream;
  endAll(): void;
}

export function createEventStreams(): EventStreams {
  const streams = new Set<EventStream>();
  return {
    open(onClose) {
      const body = new PassThrough();
      const heartbeat = setInterval(() => body.write(': still here\n\n'), HEARTBEAT_MILLISECONDS).unref();
      const stream: EventStream = {
        body,
        send(event, data) {
          if (body.writable) body.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        },
        end: () => void body.end(),
      };
      streams.add(stream);
      body.once('close', () => {
        clearInterval(heartbeat);
        streams.delete(stream);
        onClose();
      });
      return stream;
    },
    endAll() {
      for (const stream of streams) stream.end();
    },
  };
}
