import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpClient } from '../server/commands/http-client.ts';
import { answerOnce, runLoad, type BusyPupil, type LoadResult } from './respond/load.ts';
import { makeCodes, seat } from './respond/pupils.ts';
import { startArguments, startServer, type RunningServer } from '../server/commands/server-process.ts';

/*
 * `npm run bench:respond`: answers a second through the real server with everything on (headers, forgery
 * defence, limits, language, encryption, durable commits, a log line a request) against the bare limit of
 * the same machine in the same run. --seconds N shortens a run, --rounds N their number.
 */
const option = (name: string, fallback: number) => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : Number(process.argv[index + 1]);
};
const SECONDS = option('seconds', 10);
const ROUNDS = option('rounds', 5);
const PUPILS = option('pupils', 200);
const json = process.argv.includes('--json');

async function seatBare(port: number): Promise<BusyPupil> {
  const client = new HttpClient(port);
  await client.post('/sessions', '');
  const page = await client.get('/pages/1');
  return { client, path: '/pages/1', body: page.body };
}

/** Bytes of the median page of a whole survey. */
async function medianPageBytes(port: number, code: string): Promise<number> {
  const pupil = await seat(port, code);
  const sizes = [pupil.body.length];
  for (let page = 0; page < 12; page += 1) {
    await answerOnce(pupil);
    sizes.push(pupil.body.length);
  }
  pupil.client.close();
  return Math.round(median(sizes));
}

interface Run extends LoadResult {
  /** MiB at the end. */
  memory: number;
  /** Microseconds of processor time that the server spent on each answer, all threads together. */
  processorMicros: number;
}

async function run(server: RunningServer, pupils: readonly BusyPupil[]): Promise<Run> {
  const before = server.processorSeconds();
  const result = await runLoad(pupils, SECONDS);
  const processorMicros = ((server.processorSeconds() - before) / result.answers) * 1e6;
  return { ...result, memory: server.memory(), processorMicros };
}

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)] ?? NaN;
const percentile = (values: readonly number[], share: number) =>
  sorted(values)[Math.floor(values.length * share)] ?? NaN;
const rate = (result: LoadResult) => result.answers / result.seconds;

const folder = mkdtempSync(join(tmpdir(), 'heard-bench-'));
const environment = {
  PORT: '0',
  DATABASE_URL: join(folder, 'heard.sqlite'),
  HEARD_SECRETS: join(folder, 'secrets'),
  HEARD_LOG: 'info',
};
const servers: RunningServer[] = [];
try {
  // The first start fills the database; the second is the server at rest after seeding.
  await (await startServer(startArguments(), environment)).stop();
  const heard = await startServer(startArguments(), environment);
  servers.push(heard);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const idleMiB = heard.memory();
  const codes = await makeCodes(heard.port, PUPILS + 2);
  if (codes.length < PUPILS + 2) throw new Error(`Expected ${PUPILS + 2} codes, found ${codes.length}.`);

  const pageBytes = await medianPageBytes(heard.port, codes.pop()!);
  const bare = await startServer(['bench/respond/bare-server.ts'], { PAGE_BYTES: String(pageBytes) });
  servers.push(bare);

  const alone = await seat(heard.port, codes.pop()!);
  const single: number[] = [];
  for (let answer = 0; answer < 300; answer += 1) single.push(await answerOnce(alone));
  alone.client.close();

  const pupils = await Promise.all(codes.slice(0, PUPILS).map((code) => seat(heard.port, code)));
  const barePupils = await Promise.all(Array.from({ length: PUPILS }, () => seatBare(bare.port)));
  const rounds: { heard: Run; bare: Run }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bareRun = await run(bare, barePupils);
    rounds.push({ bare: bareRun, heard: await run(heard, pupils) });
    if (!json)
      console.log(
        `round ${round + 1}: ${Math.round(rate(rounds.at(-1)!.heard))} of ${Math.round(rate(bareRun))} answers a second`,
      );
  }
  for (const { client } of [...pupils, ...barePupils]) client.close();

  const figures = {
    ratioToBare: round2(median(rounds.map((round) => rate(round.heard) / rate(round.bare)))),
    answersPerSecond: Math.round(median(rounds.map((round) => rate(round.heard)))),
    bareAnswersPerSecond: Math.round(median(rounds.map((round) => rate(round.bare)))),
    p99Ms: round2(median(rounds.map((round) => percentile(round.heard.posts, 0.99)))),
    bareP99Ms: round2(median(rounds.map((round) => percentile(round.bare.posts, 0.99)))),
    singleMs: round2(median(single)),
    idleMiB: Math.round(idleMiB),
    loadMiB: Math.round(Math.max(...rounds.map((round) => round.heard.memory))),
    processorMicros: Math.round(median(rounds.map((round) => round.heard.processorMicros))),
    bareProcessorMicros: Math.round(median(rounds.map((round) => round.bare.processorMicros))),
    pageBytes,
    pupils: PUPILS,
    rounds: ROUNDS,
    secondsARun: SECONDS,
  };
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
