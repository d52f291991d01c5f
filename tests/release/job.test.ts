import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/core/disclosure/release.ts';
import { runReleaseJob } from '../../server/release/job.ts';
import { createWaves } from '../../server/storage/waves.ts';
import { openHouse, type House } from '../support/house.ts';
import { addAnsweredWave, WITH_GENDER, type AnsweredWave } from './answered-wave.ts';

/* The release job over a real database: a usual and an easy-read survey, and records without schools. */

let house: House;
let wave: AnsweredWave;
let release: Release;

beforeAll(async () => {
  house = await openHouse();
  wave = await addAnsweredWave(house);
  const { database } = house.services;
  ({ release } = await runReleaseJob(database, (await createWaves(database).find(wave.waveId))!));
});
afterAll(() => house.close());

describe('the release job', () => {
  const table = (item: string, band: string) => release.table('authority', band, item);

  it('counts the responses of all surveys of the wave together, rows and numbers among them', () => {
    expect(release.rate('authority', 'p5-p7')?.responses).toBe(50);
    expect(table('mood', 'p5-p7')).toMatchObject({ base: 50, counts: { good: 30, bad: 20 } });
    expect(table('school.lessons', 'p5-p7')).toMatchObject({ base: 50, counts: { often: 30, never: 20 } });
    expect(table('minutes', 'p5-p7')).toMatchObject({ counts: { none: 10, some: 20, many: 25 } });
  });

  it('leaves the words of every band to the usual survey', () => {
    const words = new Set(release.items.flatMap((item) => Object.values(item.versions)));
    expect([...words]).toEqual([wave.versions.usual]);
  });

  it('counts the records of a section without schools, by band, for the authority', () => {
    expect(table('alone', 's3-s4')).toMatchObject({ base: 65, counts: { yes: 30, no: 35 } });
    expect(release.item('alone')).toMatchObject({ unlinked: true });
  });

  it('leaves out what this wave had off', () => {
    for (const id of ['drink', 'drinks', 'few-words', 'many-words']) expect(release.item(id)).toBeUndefined();
  });

  it('is the same when it is made again', async () => {
    const { database } = house.services;
    const again = await runReleaseJob(database, (await createWaves(database).find(wave.waveId))!);
    expect(again.release.sha256).toBe(release.sha256);
  });
});

describe('a wave whose codes carry no sex', () => {
  it('is told apart by gender as pupils describe it, where it was asked, and by nothing in its place else', async () => {
    const other = await openHouse();
    const { waveId } = await addAnsweredWave(other, WITH_GENDER);
    const { database } = other.services;
    const made = await runReleaseJob(database, (await createWaves(database).find(waveId))!);
    expect(made.release.dimensions).toEqual({ gender: 'asked' });
    expect(made.release.groups('authority', 'p5-p7')).toEqual(
      expect.arrayContaining(['gender=boy', 'gender=girl', 'gender=not-held']),
    );
    expect(release.dimensions).toEqual({});
    await other.close();
  });
});
