import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLoad } from './respond/load.ts';
import { makeCodes, seat } from './respond/pupils.ts';
import { startServer } from '../server/commands/server-process.ts';

/*
 * `npm run bench:beside`: how long pupils wait for an answer to be saved while the same server makes the release of the
 * demonstration's newest wave on its two worker threads, beside how long they wait when it does not. 200 pupils think
 * for four seconds on average. --seconds N is the length of each half, --json prints one object.
 */
const PUPILS = 200;
const THINKING_MS = 4000;
const index = process.argv.indexOf('--seconds');
const SECONDS = index < 0 ? 60 : Number(process.argv[index + 1]);

const folder = mkdtempSync(join(tmpdir(), 'heard-bench-'));
const server = await startServer(['--max-semi-space-size=16', 'bench/release/beside-server.ts'], {
  PORT: '0',
  DATABASE_URL: join(folder, 'heard.sqlite'),
  HEARD_SECRETS: join(folder, 'secrets'),
});
try {
  const codes = await makeCodes(server.port, PUPILS);
  const pupils = await Promise.all(codes.slice(0, PUPILS).map((code) => seat(server.port, code)));
  await runLoad(pupils, 10, THINKING_MS);
  const alone = await runLoad(pupils, SECONDS, THINKING_MS);
  server.signal('SIGUSR2');
  // Gathering and planning come first; the load is measured while threads protect and attack.
  await server.printed('making pieces');
  const before = server.processorSeconds();
  const beside = await runLoad(pupils, SECONDS, THINKING_MS);
  const processors = (server.processorSeconds() - before) / beside.seconds;
  for (const { client } of pupils) client.close();
  const figures = {
    pupils: pupils.length,
    answersPerSecond: Math.round(beside.answers / beside.seconds),
    aloneMedianMs: at(alone.posts, 0.5),
    aloneP99Ms: at(alone.posts, 0.99),
    medianMs: at(beside.posts, 0.5),
    p99Ms: at(beside.posts, 0.99),
    longestMs: at(beside.posts, 1),
    processorsBusy: Math.round(processors * 100) / 100,
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
  else console.table(figures);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function at(posts: readonly number[], share: number): number {
  const sorted = Float64Array.from(posts).sort();
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) * 10) / 10;
}
