import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationInput } from '../../server/commands/seed/demonstration-input.ts';
import { LATEST } from '../../server/commands/seed/past-waves.ts';
import { start } from '../../server/commands/start.ts';
import { makeOfInput } from '../../server/release/job.ts';

/*
 * The server of the demonstration as `npm start` runs it. At SIGUSR2 it makes the release of the newest wave, with
 * nothing kept, by the job that analysts start: in the same process, on worker threads of its own.
 */
await start(process.env);
const input = await demonstrationInput(mkdtempSync(join(tmpdir(), 'heard-beside-')), LATEST);
const end = new AbortController();
process.once('SIGUSR2', () => {
  const memory = { done: new Map(), planned: () => console.log('making pieces'), keep: () => undefined };
  makeOfInput(input, { memory, signal: end.signal }).catch((error: unknown) => console.log(String(error)));
});
process.once('SIGTERM', () => end.abort(new Error('The benchmark is over.')));
