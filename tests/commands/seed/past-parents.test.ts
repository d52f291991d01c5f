import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationInput } from '../../../server/commands/seed/demonstration-input.ts';
import { PARENTS } from '../../../server/commands/seed/past-parents.ts';
import type { ReleaseInput } from '../../../server/core/disclosure/release-input.ts';
import { coarserOpenGroups } from '../../../server/core/fieldwork/open-groups.ts';

let folder: string;
let input: ReleaseInput;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heard-parents-'));
  input = await demonstrationInput(folder, PARENTS);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Those who came, with what each of them is told apart by. */
const people = () =>
  input.versions.flatMap(({ id, columns }) =>
    columns.runs.flatMap(({ cell, size }) => {
      const { school, band, groups } = input.cells[cell]!;
      const place = input.schools[school]!.code;
      return Array.from({ length: size }, (_, number) => ({
        id: `${cell} ${number}`,
        versionId: id,
        bandId: input.bands[band]!.id,
        language: groups.language!,
        localityId: place === 'no locality' ? null : place,
      }));
    }),
  );

describe('parents of the demonstration', () => {
  it('are 1,500 who came by a link, unevenly by locality, some without one, in every language of the interface', () => {
    const all = people();
    expect(all).toHaveLength(1500);
    const byPlace = [...Map.groupBy(all, ({ localityId }) => localityId).values()].map(({ length }) => length);
    expect(byPlace).toHaveLength(5);
    expect(Math.max(...byPlace)).toBeGreaterThan(3 * Math.min(...byPlace));
    expect(new Set(all.map(({ language }) => language))).toEqual(new Set(['ar', 'en']));
    expect(new Set(all.map(({ bandId }) => bandId)).size).toBe(3);
  });

  it('hold nothing that the close of a wave would have taken from them', () => {
    expect(coarserOpenGroups(people())).toEqual([]);
  });
});
