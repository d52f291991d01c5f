import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { planRelease, type ReleaseWork } from '../../../server/core/disclosure/make-release.ts';
import { demonstrationInput } from '../../../server/commands/seed/demonstration-input.ts';
import { readKeptPieces, type Pieces } from '../../../server/commands/seed/kept-pieces.ts';
import { PAST } from '../../../server/commands/seed/past.ts';

const solver = await loadSolver();

/** Rows of everybody, a question with many answers and one of a section without schools: seconds, not minutes. */
const MADE_AGAIN = {
  pupils: ['rows/s1-s2/0', 'rows/p5-p7/0', 'variable/s1-s2/sleep'],
  parents: ['rows/age-0-2/0', 'variable/age-3-5/play-place', 'variable/age-6-8/most-help.money'],
};

describe.each(PAST)('the kept pieces of $name', (past) => {
  let folder: string;
  let work: ReleaseWork;
  let kept: Pieces;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'heard-kept-'));
    const input = await demonstrationInput(folder, past);
    work = planRelease(input);
    kept = readKeptPieces(input);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are all pieces of its release: after a change to what is asked or answered, run npm run seed:keep', () => {
    expect([...kept.keys()].toSorted()).toEqual([...work.rows, ...work.variables].toSorted());
  });

  it('are those that the release job makes: after a change to how it works, run npm run seed:keep', () => {
    for (const piece of MADE_AGAIN[past.family]) expect(work.run(solver, piece, kept), piece).toEqual(kept.get(piece));
  }, 60_000);
});
