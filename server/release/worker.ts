import { parentPort, workerData } from 'node:worker_threads';
import { loadSolver } from '../core/disclosure/attack/programme.ts';
import { makeRelease, type ReleaseInput } from '../core/disclosure/make-release.ts';
import { sha256 } from '../storage/releases.ts';

/* Runs in a thread of its own: exact answers in, the sealed cube out, nothing else. */
const release = makeRelease(workerData as ReleaseInput, sha256, await loadSolver());
parentPort?.postMessage({ text: release.text, hash: release.sha256 });
