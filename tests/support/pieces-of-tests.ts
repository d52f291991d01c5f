import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Highs } from 'highs';
import { planRelease } from '../../server/core/disclosure/make-release.ts';
import type { PieceId, PieceOutcome } from '../../server/core/disclosure/pieces.ts';
import type { ReleaseInput } from '../../server/core/disclosure/release-input.ts';
import type { Release } from '../../server/core/disclosure/release.ts';
import { sha256 } from '../../server/storage/releases.ts';

/*
 * Making a release safe takes seconds, and a dozen files of tests begin with the same one. Its pieces are made once, by
 * the release maker itself, and kept for the others. They are named by the hash of everything that they are made from:
 * what goes in, all code of server/core, the solver. A change to any of it has them made anew.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const CORE = join(ROOT, 'server', 'core');
const FOLDER = join(ROOT, 'node_modules', '.cache', 'heard', 'pieces');

/** What a wave is called says nothing of its figures; where its id decides what is withheld of equals, it is this one. */
const WAVE = { id: 'wave-of-tests', name: '', startsOn: '', endsOn: '' };

/** The release of what goes in. It is as good as one made whole, and costs less from the second time on. */
export function releaseByPieces(input: ReleaseInput, solver: Highs): Release {
  const pieces = piecesOf({ ...input, wave: WAVE }, solver);
  return planRelease(input).seal(pieces, sha256);
}

function piecesOf(input: ReleaseInput, solver: Highs): ReadonlyMap<PieceId, PieceOutcome> {
  const file = join(FOLDER, `${nameOf(input)}.json`);
  if (existsSync(file)) return new Map(JSON.parse(readFileSync(file, 'utf8')) as [PieceId, PieceOutcome][]);
  const work = planRelease(input);
  const done = new Map<PieceId, PieceOutcome>();
  for (const piece of [...work.rows, ...work.variables]) done.set(piece, work.run(solver, piece, done));
  keep(file, JSON.stringify([...done]));
  return done;
}

/** Whole or not at all: another file of tests may be reading. */
function keep(file: string, content: string): void {
  mkdirSync(FOLDER, { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, content);
  renameSync(own, file);
}

function nameOf({ versions, ...rest }: ReleaseInput): string {
  const hash = createHash('sha256').update(madeBy());
  // Ids of versions are chance, and no piece carries them.
  hash.update(JSON.stringify([rest, versions.map((version) => ({ ...version, id: '' }))], withWholeArrays));
  return hash.digest('hex');
}

const withWholeArrays = (_: string, value: unknown) =>
  ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') : value;

let maker: string | undefined;

/** The hash of all that makes pieces. */
function madeBy(): string {
  if (maker) return maker;
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'node_modules', 'highs', 'package.json')));
  const sources = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of sources.toSorted()) hash.update(name).update(readFileSync(join(CORE, name)));
  return (maker = hash.digest('hex'));
}
