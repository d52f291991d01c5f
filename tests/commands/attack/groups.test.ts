import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../../server/commands/attack/read-all.ts';
import { openFilesHouse, type FilesHouse } from '../../results/files-house.ts';
import { attackLibrary, readHouse } from './outside.ts';

/* A release that holds figures of girls and boys besides. */

let house: FilesHouse;
let library: Library;

beforeAll(async () => {
  house = await openFilesHouse({ bySex: true });
  library = await readHouse(house);
}, 90_000);
afterAll(() => house.house.close());

const GROUPS = ['sex=female', 'sex=male'];
const FEEL_SAFE = { band: 'p5-p7', item: 'feel-safe', answer: 'mostly' };
const ofGroup = (path: string) => path.includes('/items/feel-safe/groups?band=p5-p7&option=mostly');

describe('a reader from outside of a release with groups', () => {
  it('reads every figure of groups, and counts them as released', () => {
    const [readings] = library.releases;
    expect(library.crawl.errors).toEqual([]);
    expect(library.coverage).toBe(1);
    for (const place of ['authority', 'cluster:ald', 'cluster:bir']) {
      for (const group of GROUPS) {
        const cell = house.release.cell(place, 'p5-p7', 'feel-safe', 'mostly', group)!;
        expect(readings!.figure({ ...FEEL_SAFE, place, group })).toMatchObject({ count: cell.count, base: cell.base });
      }
      expect(readings!.shownAt(place, 'p5-p7', 'groups')).toBeGreaterThan(10);
    }
  });

  it('finds that pages of groups say what the files say, and works out nothing', () => {
    expect(library.releases.flatMap(({ contradictions }) => contradictions)).toEqual([]);
    const outcomes = attackLibrary(library, (id) => id === 'p5-p7 feel-safe');
    expect(outcomes.flatMap(({ failing }) => failing)).toEqual([]);
    expect(outcomes[0]!.targets).toBeGreaterThan(100);
  });

  it('has read less where the file of groups hides them', async () => {
    const less = await readHouse(house, (path, body) => (path.endsWith('/files/groups') ? hidden(body) : body));
    expect(less.coverage).toBeLessThan(0.9);
    expect(less.coverage).toBeGreaterThan(0.1);
  }, 90_000);

  it('finds a figure that a page of groups alone shows, and works it out', async () => {
    const shown = house.release.cell('authority', 'p5-p7', 'feel-safe', 'mostly', 'sex=female')!;
    const found = await readHouse(house, (path, body) =>
      ofGroup(path) && !path.includes('place=') ? body.replace(`<td>${shown.base}</td>`, '<td>102</td>') : body,
    );
    const contradictions = found.releases.flatMap((readings) => readings.contradictions);
    expect(contradictions).toContainEqual(expect.stringContaining('authority|p5-p7|sex=female|feel-safe|mostly'));
    const failing = attackLibrary(found, (id) => id === 'p5-p7 feel-safe').flatMap((outcome) => outcome.failing);
    expect(failing.map(({ target }) => target)).toContain('authority sex=female p5-p7 feel-safe asked');
  }, 90_000);

  it('cannot read a page of groups that has other rows than the file', async () => {
    const found = await readHouse(house, (path, body) =>
      ofGroup(path) && !path.includes('place=') ? body.replace(/<tbody>\s*<tr>[\s\S]*?<\/tr>/, '<tbody>') : body,
    );
    expect(found.crawl.errors).toEqual([expect.stringContaining('A page of groups has tables of 1 rows: expected 2')]);
  }, 90_000);
});

/** The file with the figures of groups taken out; everybody's stay. */
function hidden(csv: string): string {
  return csv.replace(/^([^,]*,[^,]*,sex=[^,]*,[^,]*,[^,]*,[^,]*),.*?(,[^,]*)\r$/gm, '$1,,,,,,$2\r');
}
