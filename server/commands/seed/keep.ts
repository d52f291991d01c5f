import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PieceId, PieceOutcome } from '../../core/disclosure/pieces.ts';
import { makeOfInput } from '../../release/job.ts';
import { demonstrationInput } from './demonstration-input.ts';
import { keepPieces, readKeptPieces } from './kept-pieces.ts';
import { PAST } from './past.ts';

/*
 * `npm run seed:keep`: makes the releases of the demonstration's past waves and keeps their pieces, so that a first
 * start takes a minute and not a quarter of an hour. To be run after a change to what the demonstration asks, to who
 * answers, or to how releases are made (which gets a new name in lattice.ts, protection.ts or safe-tables.ts).
 * `-- --only=<id of a wave>` makes those of one wave, `-- --go-on` goes on from what is kept.
 */
const only = process.argv.find((option) => option.startsWith('--only='))?.slice('--only='.length);

for (const past of PAST.filter(({ id }) => only === undefined || id === only)) {
  const folder = mkdtempSync(join(tmpdir(), 'heard-keep-'));
  const input = await demonstrationInput(folder, past);
  const done = new Map<PieceId, PieceOutcome>(process.argv.includes('--go-on') ? readKeptPieces(input) : []);
  const keep = (piece: PieceId, outcome: PieceOutcome, of: { done: number; all: number }) => {
    done.set(piece, outcome);
    if (of.done % 10 === 0) keepPieces(input, done);
    console.log(`${past.name}: ${of.done} of ${of.all} (${piece})`);
  };
  await makeOfInput(input, { memory: { done, keep } });
  console.log(keepPieces(input, done));
  rmSync(folder, { recursive: true });
}
