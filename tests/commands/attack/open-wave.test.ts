import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../../server/commands/attack/read-all.ts';
import { gatherInput } from '../../../server/release/gather.ts';
import { makeOfInput } from '../../../server/release/job.ts';
import { createReleases } from '../../../server/storage/releases.ts';
import { openHouse, type House } from '../../support/house.ts';
import { addOpenWave } from '../../support/open-wave.ts';
import { attackLibrary, readHouse } from './outside.ts';

/* The attack from outside on the pages and files of an open release, where nobody was on a roll. */

let house: House;
let library: Library;

beforeAll(async () => {
  house = await openHouse();
  const { wave } = await addOpenWave(house);
  const { release } = await makeOfInput(await gatherInput(house.services.database, wave));
  const releases = createReleases(house.services.database);
  const current = await releases.add(wave.id, release, null, '2026-05-02T09:00:00.000Z');
  await releases.approve(current, null, '2026-05-03T09:00:00.000Z');
  library = await readHouse({ house, release });
}, 180_000);
afterAll(() => house.close());

describe('somebody who reads the results of an open wave', () => {
  it('reads all of them, and nothing that contradicts anything', () => {
    expect(library.crawl.errors).toEqual([]);
    expect(library.coverage).toBeGreaterThan(0.99);
    expect(library.releases.flatMap(({ contradictions }) => contradictions)).toEqual([]);
  });

  it('works out no number of people', { timeout: 180_000 }, () => {
    const outcomes = attackLibrary(library);
    expect(outcomes.length).toBeGreaterThan(40);
    expect(outcomes.flatMap(({ failing }) => failing)).toEqual([]);
  });
});
