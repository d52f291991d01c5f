import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationInput } from '../../server/commands/seed/demonstration-input.ts';
import { LATEST } from '../../server/commands/seed/past-waves.ts';
import type { PieceId, PieceOutcome } from '../../server/core/disclosure/pieces.ts';
import { makePieces } from '../../server/release/job.ts';
import { demonstrationUsefulness } from './demonstration-usefulness.ts';

const THREADS = 2;
const BAND = 'p5-p7';

/**
 * Makes the P5–P7 part of the demonstration's newest wave safe, by the release job's own workers and with none of the
 * pieces that are kept.
 * @param only which variables to make, by piece; all of them but in trials
 */
export async function runDemonstration(tell: (line: string) => void, only: (piece: PieceId) => boolean = () => true) {
  const folder = mkdtempSync(join(tmpdir(), 'heard-bench-'));
  const before = performance.now();
  const input = await demonstrationInput(folder, LATEST).finally(() => rmSync(folder, { recursive: true }));
  const start = performance.now();
  tell(`Gathered in ${((start - before) / 1000).toFixed(1)} s.`);
  const keep = (piece: PieceId, _: PieceOutcome, { done, all }: { done: number; all: number }) =>
    tell(`${((performance.now() - start) / 1000).toFixed(0)} s  ${done} of ${all}: ${piece}`);
  const wanted = (piece: PieceId) => piece.split('/')[1] === BAND && (piece.startsWith('rows/') || only(piece));
  const outcomes = await makePieces(input, { threads: THREADS, memory: { done: new Map(), keep } }, wanted);
  const seconds = (performance.now() - start) / 1000;
  const made = [...outcomes.values()].filter((outcome) => outcome.kind === 'variable');
  return {
    gatherSeconds: (start - before) / 1000,
    seconds,
    audits: made.flatMap(({ audits }) => audits),
    usefulness: [
      demonstrationUsefulness(
        input,
        BAND,
        made.flatMap(({ figures }) => figures),
      ),
    ],
  };
}
