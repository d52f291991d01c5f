import { pino, type Logger } from 'pino';
import type { Settings } from '../settings.ts';

/** What the server writes of its work: nothing in it names a person, an answer or an address that carries a code. */
export interface Log {
  /** For warnings and errors. */
  logger: Logger;
  /** Notes one request by its route's pattern, if requests are noted at all. */
  request(method: string, route: string, status: number, milliseconds: number): void;
}

/** A line is no more than noted here; this many characters are written at once. */
const WRITTEN_AT_ONCE = 64 * 1024;
const WRITTEN_AFTER = 1000;

/**
 * The log on standard output. A write for each line is felt on the answer path, and so is a logger's own way to
 * a line: a request's line is put together here, in the same format, and lines are written many at a time.
 */
export function openLog({ logLevel }: Settings): Log {
  const stream = pino.destination({ dest: 1, sync: false });
  const logger = pino({ level: logLevel, base: null }, stream);
  if (!logger.isLevelEnabled('info')) return { logger, request: () => undefined };
  const INFO = logger.levels.values.info;
  let lines = '';
  let time = 0;
  let timeDigits = '0';
  const write = () => {
    if (lines) stream.write(lines);
    lines = '';
  };
  setInterval(write, WRITTEN_AFTER).unref();
  process.once('exit', () => {
    write();
    stream.flushSync();
  });
  return {
    logger,
    request(method, route, status, milliseconds) {
      const now = Date.now();
      if (now !== time) timeDigits = String((time = now));
      // Whole numbers become digits much faster than others do.
      const tenths = Math.round(milliseconds * 10);
      const took = `${Math.floor(tenths / 10)}.${tenths % 10}`;
      lines += `{"level":${INFO},"time":${timeDigits},"method":"${method}","route":"${route}","status":${status},"ms":${took}}\n`;
      if (lines.length > WRITTEN_AT_ONCE) write();
    },
  };
}
