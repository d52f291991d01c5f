import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { LATTICE } from '../../core/disclosure/lattice.ts';
import type { PieceId, PieceOutcome } from '../../core/disclosure/pieces.ts';
import { PROTECTION } from '../../core/disclosure/protection.ts';
import type { ReleaseInput } from '../../core/disclosure/release-input.ts';
import { ATTACK } from '../../core/disclosure/safe-tables.ts';

/*
 * Making the demonstration's release safe takes a quarter of an hour, so its pieces lie in the repository, named by the
 * hash of everything that they are made from. Where that hash is another one (a question, a pupil or a name of a rule
 * has changed) there is nothing to read, and the release job does all of its work. They hold what the release shows.
 * `npm run seed:keep` makes them anew; a test makes some of them again and compares.
 */
const FOLDER = join(import.meta.dirname, 'kept');

export type Pieces = ReadonlyMap<PieceId, PieceOutcome>;

/** Pieces that were kept of exactly this input; none if there are none. */
export function readKeptPieces(input: ReleaseInput): Pieces {
  const file = fileOf(input);
  if (!existsSync(file)) return new Map();
  return new Map(JSON.parse(gunzipSync(readFileSync(file)).toString()) as [PieceId, PieceOutcome][]);
}

/** @returns the file */
export function keepPieces(input: ReleaseInput, pieces: Pieces): string {
  mkdirSync(FOLDER, { recursive: true });
  const inOrder = [...pieces].toSorted(([one], [other]) => (one < other ? -1 : 1));
  writeFileSync(fileOf(input), gzipSync(JSON.stringify(inOrder), { level: 9 }));
  return fileOf(input);
}

function fileOf(input: ReleaseInput): string {
  return join(FOLDER, `${input.wave.id}-${hashOf(input).slice(0, 16)}.json.gz`);
}

/** Over all that decides what the pieces are; ids of survey versions do not, and differ from database to database. */
function hashOf({ versions, roll, ...rest }: ReleaseInput): string {
  const hash = createHash('sha256').update(JSON.stringify([LATTICE, PROTECTION, ATTACK, rest, Array.from(roll)]));
  for (const { survey, columns, unlinked } of versions.toSorted((a, b) => (a.survey.id < b.survey.id ? -1 : 1))) {
    hash.update(JSON.stringify(survey));
    for (const { runs, slots } of [columns, ...Object.values(unlinked)]) {
      hash.update(JSON.stringify(runs));
      // Within a run responses lie in the order of their ids, which are chance: only what stands there counts.
      for (const slot of slots) for (const { from, to } of runs) hash.update(slot.slice(from, to).toSorted());
    }
  }
  return hash.digest('hex');
}
