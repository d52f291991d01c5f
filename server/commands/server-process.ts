import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A server in a process of its own, on a free port of 127.0.0.1. */
export interface RunningServer {
  port: number;
  /** What it printed up to being ready. */
  output: string;
  /** The file that it prints into. */
  log: string;
  /** Resident memory now, in MiB. */
  memory(): number;
  /** Processor seconds used since it started. */
  processorSeconds(): number;
  stop(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Waits until it has printed a line with these words. */
  printed(words: string): Promise<void>;
}

/** What `npm start` gives Node: its flags and the script. */
export function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1);
}

/**
 * Starts a script and waits until it prints its address. What it prints goes to a file, as a service's log
 * does: a pipe that the busy load generator has to empty would hold the server up.
 * @throws with what it printed if it ends before
 */
export async function startServer(
  nodeArguments: readonly string[],
  environment: Record<string, string>,
): Promise<RunningServer> {
  const log = join(mkdtempSync(join(tmpdir(), 'heard-log-')), 'log');
  const file = openSync(log, 'a');
  const child = spawn(process.execPath, nodeArguments, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const output = readFileSync(log, 'utf8');
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
    if (port) {
      return {
        port: Number(port),
        output,
        log,
        memory: () => residentMiB(child),
        processorSeconds: () => processorSeconds(child),
        stop: () => stop(child),
        signal: (name) => void child.kill(name),
        async printed(words) {
          while (!readFileSync(log, 'utf8').includes(words)) await new Promise((resolve) => setTimeout(resolve, 100));
        },
      };
    }
    if (child.exitCode !== null)
      throw new Error(`${nodeArguments.join(' ')} ended with ${child.exitCode}: ${output.slice(-2000)}`);
  }
}

function residentMiB(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** User and system time of all its threads, which Linux counts in hundredths of a second. */
function processorSeconds(child: ChildProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
