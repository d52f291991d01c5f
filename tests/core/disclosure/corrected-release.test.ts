import { describe, expect, it } from 'vitest';
import { AS_OPENED, countedBy, type Counting } from '../../../server/core/disclosure/counting.ts';
import { loadSolver } from '../../../server/core/disclosure/attack/programme.ts';
import { makeRelease, planRelease } from '../../../server/core/disclosure/make-release.ts';
import type { PieceId, PieceOutcome } from '../../../server/core/disclosure/pieces.ts';
import type { Release } from '../../../server/core/disclosure/release.ts';
import type { ReleaseInput } from '../../../server/core/disclosure/release-input.ts';
import { inputOf, saying, sha256, SMALL } from '../../support/counted-wave.ts';

const solver = await loadSolver();

/** How many of each primary said yes and no; a cluster of three and a cluster of two. */
type Said = readonly (readonly [number, number])[];
const CODES = ['a', 'b', 'c', 'd', 'e'];

const waveOf = (said: Said): ReleaseInput =>
  inputOf({
    surveys: [SMALL],
    schools: CODES.map((code, index) => ({ code, roll: { 'p5-p7': said[index]![0] + said[index]![1] + 3 } })),
    clusters: [
      { code: 'north', name: 'North', schools: ['a', 'b', 'c'] },
      { code: 'south', name: 'South', schools: ['d', 'e'] },
    ],
    people: CODES.flatMap((code, index) => [
      ...saying(said[index]![0], code, 'P6', 'yes'),
      ...saying(said[index]![1], code, 'P6', 'no'),
    ]),
  });

const without = (school: string): Counting => ({ ...AS_OPENED, leftOut: [{ school, bands: ['p5-p7'] }] });
const moved = (school: string, clusters: string[]): Counting => ({
  ...AS_OPENED,
  places: [{ school, clusters, locality: null }],
});

const published = (input: ReleaseInput, { text, sha256: hash }: Release) => ({ input, text, sha256: hash });
const made = (input: ReleaseInput, earlier: Parameters<typeof makeRelease>[3] = []) =>
  makeRelease(input, sha256, solver, earlier);
const tables = (release: Release) => [...release.tables()].filter(({ item }) => item === 'happy');
const table = (release: Release, node: string) => tables(release).find((one) => one.node === node)!;

/** A small school of six, whose answers the earlier release less one made without thought would give away. */
const SAID: Said = [
  [2, 13],
  [17, 13],
  [1, 5],
  [1, 5],
  [17, 13],
];

/** Larger schools, of whose figures nothing has to be withheld. */
const LARGE: Said = [
  [41, 34],
  [37, 43],
  [52, 33],
  [44, 36],
  [36, 49],
];

describe('a correction', () => {
  it('withholds what it would give away together with the release that it corrects', () => {
    const input = waveOf(SAID);
    const old = made(input);
    const next = countedBy(input, without('c'));
    const thoughtless = made(next);
    const corrected = made(next, [published(input, old)]);
    expect(corrected.text).not.toBe(thoughtless.text);
    // Had both been shown, no further release of these answers could be made safe: they give something away.
    const both = [published(next, thoughtless), published(input, old)];
    expect(() => made(next, both)).toThrow(/open to attack/);
    // With the correction there is nothing to mend.
    const again = made(next, [published(next, corrected), published(input, old)]);
    expect(again.text).toBe(corrected.text);
  });

  it('counts a school that is left out neither as asked nor on the roll', () => {
    const input = waveOf(LARGE);
    const old = made(input);
    const corrected = made(countedBy(input, without('c')), [published(input, old)]);
    expect(old.rate('cluster:north', 'p5-p7')).toMatchObject({ roll: 249, schools: 3, responses: 240 });
    expect(corrected.rate('cluster:north', 'p5-p7')).toMatchObject({ roll: 161, schools: 2, responses: 155 });
    expect(table(corrected, 'cluster:north')).toMatchObject({ base: 155, counts: { yes: 80 } });
    expect(table(corrected, 'cluster:south').base).toBe(table(old, 'cluster:south').base);
  });

  it('counts a school in the cluster that it belonged to', () => {
    const input = waveOf(LARGE);
    const old = made(input);
    const corrected = made(countedBy(input, moved('c', ['south'])), [published(input, old)]);
    expect(table(corrected, 'cluster:north').base).toBe(155);
    expect(table(corrected, 'cluster:south').base).toBe(250);
    expect(table(corrected, 'authority').base).toBe(table(old, 'authority').base);
  });

  it('says what it was audited together with, and a release that corrects nothing says nothing of it', () => {
    const input = waveOf(SAID);
    const old = made(input);
    const work = planRelease(countedBy(input, without('a')), [published(input, old)]);
    const done = new Map<PieceId, PieceOutcome>();
    for (const piece of [...work.rows, ...work.variables]) done.set(piece, work.run(solver, piece, done));
    const release = work.seal(done, sha256);
    expect(work.audit(done, release)).toMatchObject({ release: release.sha256, auditedWith: [old.sha256] });
    // Differences are attacked too, so there is more to attack than in a release alone.
    const alone = planRelease(input);
    const first = new Map<PieceId, PieceOutcome>();
    for (const piece of [...alone.rows, ...alone.variables]) first.set(piece, alone.run(solver, piece, first));
    const audit = alone.audit(first, old);
    expect(Object.keys(audit)).not.toContain('auditedWith');
    const targets = (report: typeof audit) => report.variables.reduce((sum, one) => sum + one.targets, 0);
    expect(targets(work.audit(done, release))).toBeGreaterThan(targets(audit));
  });

  it('keeps every figure of a band that it counts as before, to the last', () => {
    const base = waveOf(SAID);
    const roll = Int32Array.from(base.roll);
    roll[4 * base.bands.length + 1] = 30;
    const input: ReleaseInput = { ...base, roll };
    const old = made(input);
    const counting = { ...AS_OPENED, leftOut: [{ school: 'e', bands: ['s1-s2'] }] };
    const corrected = made(countedBy(input, counting), [published(input, old)]);
    const primary = (release: Release) => tables(release).filter(({ band }) => band === 'p5-p7');
    expect(primary(corrected)).toEqual(primary(old));
    expect(corrected.rate('authority', 'p5-p7')).toEqual(old.rate('authority', 'p5-p7'));
    expect(corrected.rate('authority', 's1-s2')).toBeUndefined();
  });

  it('is not made where the earlier release is not what its answers give', () => {
    const input = waveOf(SAID);
    const old = made(input);
    const other = waveOf([[2, 23], ...SAID.slice(1)]);
    expect(() => made(countedBy(other, without('c')), [published(other, old)])).toThrow(/An earlier release shows/);
    const text = old.text.replace('"lattice":"', '"lattice":"older-');
    expect(() => made(countedBy(input, without('c')), [{ input, text, sha256: '' }])).toThrow(/made by older-/);
  });
});

describe('counting otherwise', () => {
  const input = waveOf(SAID);

  it('as the opening said changes nothing', () => {
    expect(made(countedBy(input, AS_OPENED)).text).toBe(made(input).text);
  });

  it('takes agreement back, and leaves no cluster without schools', () => {
    const agreed = { ...input, schools: input.schools.map((school) => ({ ...school, agreedToBeShown: true })) };
    const { schools } = countedBy(agreed, { ...AS_OPENED, withdrawn: ['b'] });
    expect(schools.filter(({ agreedToBeShown }) => !agreedToBeShown).map(({ code }) => code)).toEqual(['b']);
    const places = ['d', 'e'].map((school) => ({ school, clusters: ['north'], locality: null }));
    expect(countedBy(input, { ...AS_OPENED, places }).clusters).toEqual([
      { code: 'north', name: 'North', schools: ['a', 'b', 'c', 'd', 'e'] },
    ]);
  });

  it.each<[string, Counting]>([
    ['school', without('nobody')],
    ['band', { ...AS_OPENED, leftOut: [{ school: 'a', bands: ['p1'] }] }],
    ['cluster', moved('a', ['west'])],
    ['locality', { ...AS_OPENED, places: [{ school: 'a', clusters: [], locality: 'valley' }] }],
    ['school to take agreement from', { ...AS_OPENED, withdrawn: ['nobody'] }],
  ])('names no %s that the wave does not have', (_, counting) => {
    expect(() => countedBy(input, counting)).toThrow(/which its wave does not have/);
  });
});
