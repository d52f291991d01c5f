import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Library } from '../../../server/commands/attack/read-all.ts';
import { openFilesHouse, type FilesHouse } from '../../results/files-house.ts';
import { attackLibrary, readHouse, type Change } from './outside.ts';

let house: FilesHouse;
let library: Library;

beforeAll(async () => {
  house = await openFilesHouse();
  library = await readHouse(house);
}, 60_000);
afterAll(() => house.house.close());

const FEEL_SAFE = (path: string) =>
  path.includes('/items/feel-safe?') && path.includes('band=p5-p7') && path.includes('option=mostly');

describe('a reader from outside', () => {
  it('follows every link once, and every page and file answers', () => {
    const { pagesRead, filesRead, errors } = library.crawl;
    expect(errors).toEqual([]);
    // Every item has a page for each answer, and a file for each band; the release has its own files.
    expect(pagesRead).toBeGreaterThan(100);
    expect(filesRead).toBeGreaterThan(12);
  });

  it('rebuilds every figure that the release shows', () => {
    const [readings] = library.releases;
    const { release } = house;
    const cells = release.items.flatMap(({ id, options }) =>
      release.bands.flatMap((band) =>
        release.nodes.flatMap((node) =>
          options.flatMap((option) => {
            const cell = release.cell(node.id, band.id, id, option);
            return cell
              ? [{ at: { place: node.id, band: band.id, group: '', item: id, answer: option }, node, cell }]
              : [];
          }),
        ),
      ),
    );
    // How many wrote something stands on no page and in no file; a rest is a difference of two others.
    const isRead = ({ at, node }: (typeof cells)[number]) => at.answer !== 'written' && node.kind !== 'rest';
    expect(cells.filter(isRead).length).toBeGreaterThan(100);
    for (const { at, cell } of cells.filter(isRead)) {
      expect(readings!.figure(at), JSON.stringify(at)).toMatchObject({ count: cell.count, base: cell.base });
    }
  });

  it('reads every released cell, those of rests of the authority among them', () => {
    const [readings] = library.releases;
    const { release } = house;
    expect(library.coverage).toBe(1);
    const shown = (node: string) =>
      release.items
        .filter(({ id }) => id !== 'one-thing-better')
        .flatMap(({ id, options }) => options.filter((option) => release.cell(node, 'p5-p7', id, option))).length;
    for (const counted of ['everybody', 'rests'] as const) {
      const node = counted === 'rests' ? 'rest:cluster:ald' : 'cluster:ald';
      expect(shown(node), node).toBeGreaterThan(10);
      expect(readings!.shownAt(node, 'p5-p7', counted), node).toBe(shown(node));
    }
  });

  it('counts as covered only what was read', async () => {
    const less = await readHouse(house, (path, body) => {
      if (!/\/files\/(json|csv|groups)$|file\.csv/.test(path)) return body;
      return path.endsWith('json') ? body.replace(/"count":\d+/g, '"count":null') : '';
    });
    expect(less.coverage).toBe(0);
  }, 60_000);

  it('finds that no page says anything else than the files', () => {
    expect(library.releases.flatMap((readings) => readings.contradictions)).toEqual([]);
  });

  it('works out nothing', () => {
    const outcomes = attackLibrary(library);
    expect(outcomes.length).toBeGreaterThan(10);
    expect(outcomes.filter(({ without }) => without)).toEqual([]);
    expect(outcomes.flatMap(({ failing }) => failing)).toEqual([]);
    expect(outcomes.reduce((sum, { targets }) => sum + targets, 0)).toBeGreaterThan(500);
  }, 60_000);
});

/** Reads the house with one mistake in it. */
async function withMistake(change: Change): Promise<{ contradictions: string[]; failing: string[]; exact: string[] }> {
  const read = await readHouse(house, change);
  const failing = attackLibrary(read, (id) => id === 'p5-p7 feel-safe').flatMap((outcome) => outcome.failing);
  return {
    contradictions: read.releases.flatMap((readings) => readings.contradictions),
    failing: failing.map(({ target }) => target),
    exact: failing.filter(({ left }) => left === 1).map(({ target }) => target),
  };
}

describe('a mistake in a page', () => {
  it('is found and named where the number of those asked is not rounded', async () => {
    // Of the whole authority 206 were asked, which is shown as 205.
    const found = await withMistake((path, body) =>
      FEEL_SAFE(path) ? body.replace(/(<td>[^<]*<\/td>)<td>205<\/td>/, '$1<td>206</td>') : body,
    );
    expect(found.contradictions).toContainEqual(expect.stringContaining('authority|p5-p7||feel-safe'));
    expect(found.exact).toContain('authority p5-p7 feel-safe asked');
  }, 60_000);

  it('is found and named where a hidden place is shown', async () => {
    // Calder has one primary, which is never shown: 41 were asked.
    const found = await withMistake((path, body) =>
      FEEL_SAFE(path)
        ? body.replace(
            /<tr>(\s*<th scope="row">[^<]*Calder[^<]*<\/th>)\s*<td class="hidden-figure"[\s\S]*?<\/tr>/,
            '<tr data-share="39" data-low="20" data-high="50">$1<td>39%</td><td>20% to 50%</td><td>41</td><td></td></tr>',
          )
        : body,
    );
    expect(found.contradictions).toContainEqual(expect.stringContaining('cluster:cal|p5-p7||feel-safe'));
    expect(found.exact).toContain('cluster:cal p5-p7 feel-safe asked');
  }, 60_000);

  it('is found where the rest of the authority is no difference', async () => {
    const rest = /(Rest of the authority without[^%]*<td>)\d+%/;
    const found = await withMistake((path, body) =>
      FEEL_SAFE(path)
        ? body.replace(rest, '$199%').replace(/(<tr data-share=")\d+("[^>]*>\s*<th[^>]*>Rest of)/, '$199$2')
        : body,
    );
    expect(found.contradictions).toContainEqual(expect.stringMatching(/shows rest:cluster:\w+\|p5-p7.* as 99%/));
  }, 60_000);

  it('is found where a share is finer than it is printed', async () => {
    const found = await withMistake((path, body) =>
      FEEL_SAFE(path) ? body.replace(/data-share="(\d+)"/, 'data-share="$1.3"') : body,
    );
    expect(found.contradictions).toContainEqual(expect.stringMatching(/authority\|p5-p7\|\|feel-safe\|.*\.3%/));
  }, 60_000);

  it('is found in a report and in the table of all answers', async () => {
    const row = /(<tr data-share=")\d+("[^>]*>\s*<th scope="row">[^<]*<\/th>\s*<td>)\d+%/;
    const answer = /(<th scope="row"><bdi>[^<]*<\/bdi><\/th>\s*<td>)\d+%/;
    const found = await withMistake((path, body) => {
      if (path.includes('/reports/authority')) return body.replace(row, '$199$299%');
      return FEEL_SAFE(path) ? body.replace(answer, '$199%') : body;
    });
    expect(found.contradictions).toContainEqual(
      expect.stringMatching(/reports\/authority.* shows authority\|.* as 99%/),
    );
    expect(found.contradictions).toContainEqual(
      expect.stringMatching(/items\/feel-safe.* shows authority\|p5-p7\|\|feel-safe\|.* as 99%/),
    );
  }, 60_000);

  it('is found where a page does not answer', async () => {
    const read = await readHouse(house, (path, body) =>
      path.endsWith('/hidden') ? body.replace('/not-asked"', '/nowhere"') : body,
    );
    expect(read.crawl.errors).toEqual([expect.stringContaining('/nowhere: expected status 200, found 404')]);
  }, 60_000);
});
