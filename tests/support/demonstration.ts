import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The real server with the demonstration in a database of its own. */
export interface Demonstration {
  address: string;
  /** What the start printed. */
  output: string;
  stop(): Promise<void>;
}

/** Starts `server/main.ts` on a free port and a new database, and waits until it says that it is ready. */
export function startDemonstration(): Promise<Demonstration> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-demonstration-'));
  const child = spawn(process.execPath, [join(ROOT, 'server', 'main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      DATABASE_URL: join(folder, 'heard.sqlite'),
      HEARD_SECRETS: join(folder, 'secrets'),
      // Leaving quickly must not reach out of the machine from a test.
      HEARD_LEAVE_ADDRESS: 'http://127.0.0.1:9/',
    },
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (status) => reject(new Error(`The server ended with ${String(status)}: ${output}`)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const address = /Heard is at (http:\S+)/.exec(output)?.[1];
      if (!address || !output.includes('password of all')) return;
      child.removeAllListeners('exit');
      resolve({ address, output, stop: () => stop(child, folder) });
    });
  });
}

function stop(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
    child.kill('SIGTERM');
  });
}
