import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A server in a process of its own, on a free port of 127.0.0.1. */
export interface RunningServer {
  port: number;
  /** What it printed up to being ready. */
  output: string;
  /** Resident memory now, in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

/** Starts a script and waits until it prints its address. @throws with what it printed if it ends before */
export function startServer(script: string, environment: Record<string, string>): Promise<RunningServer> {
  const child = spawn(process.execPath, [join(ROOT, script)], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const ended = (status: number | null) =>
      reject(new Error(`${script} ended with ${status}: ${output.slice(-2000)}`));
    child.once('exit', ended);
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.stdout.on('data', (chunk) => {
      // After the address only log lines come; they are read and dropped.
      if (/http:\/\/127\.0\.0\.1:\d+/.test(output)) return;
      output += String(chunk);
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (!port) return;
      child.off('exit', ended);
      resolve({ port: Number(port), output, memory: () => residentMiB(child), stop: () => stop(child) });
    });
  });
}

function residentMiB(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
