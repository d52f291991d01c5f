import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../../server/commands/attack/read-all.ts';
import { meanFigure } from '../../../server/core/statistics/score.ts';
import { openFilesHouse, type FilesHouse } from '../../results/files-house.ts';
import { readHouse } from './outside.ts';

/* A release that counts poor outcomes and has scales besides. */

const COUNTED = ['feel-safe', 'feel-school', 'listened-to-school', 'listened-to-home', 'friend-count-on', 'sleep'];
const SCORED = ['wb-cheerful', 'wb-calm', 'wb-proud', 'wb-fun', 'wb-sleep-easy', 'wb-worried'];

let house: FilesHouse;
let library: Library;

beforeAll(async () => {
  house = await openFilesHouse({ wanted: [...COUNTED, 'bullied', ...SCORED] });
  library = await readHouse(house);
}, 120_000);
afterAll(() => house.house.close());

describe('a reader from outside of a release with what is worked out', () => {
  it('reads numbers of poor outcomes and means of scales with all other released cells', () => {
    const { release } = house;
    expect(release.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['outcomes', 'scale']));
    const scale = release.items.find(({ kind }) => kind === 'scale')!;
    const means = release.bands.flatMap(
      ({ id }) => meanFigure(release, { node: 'authority', band: id, item: scale.id }) ?? [],
    );
    expect(means.length).toBeGreaterThan(0);
    expect(library.crawl.errors).toEqual([]);
    expect(library.releases.flatMap(({ contradictions }) => contradictions)).toEqual([]);
    expect(library.coverage).toBe(1);
  });

  it('has read less where the files leave out means', async () => {
    const less = await readHouse(house, (path, body) =>
      path.endsWith('/files/json')
        ? body.replace(/"mean_score": ?[\d.]+/g, '"mean_score":null')
        : csvWithoutMeans(path, body),
    );
    expect(less.coverage).toBeLessThan(1);
    expect(less.coverage).toBeGreaterThan(0.9);
  }, 120_000);
});

/** Files of one table are not read at all: the JSON says the same. */
function csvWithoutMeans(path: string, body: string): string {
  return /\/files\/(csv|groups)$|file\.csv/.test(path) ? '' : body;
}
