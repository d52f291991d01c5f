import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LatticeNode } from '../../server/core/disclosure/lattice.ts';
import type { ProtectedCount } from '../../server/core/disclosure/protection.ts';
import { Release, type Cube } from '../../server/core/disclosure/release.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { funnel } from '../../server/core/statistics/funnel.ts';
import { sha256 } from '../../server/storage/releases.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { plain } from './page-reading.ts';
import { addRelease, addWave } from './wave.ts';

let house: FilesHouse;
/** A release of twelve clusters, of which two lie far off. */
let many: string;
beforeAll(async () => {
  house = await openFilesHouse();
  const wave = await addWave(house.house, 'Spring 2027', '2027-03-01');
  many = await addRelease(house.house, wave, twelveClusters(house.release));
}, 60_000);
afterAll(() => house.house.close());

const OF_CLUSTER = [100, 115, 85, 110, 90, 120, 80, 105, 95, 100, 175, 25];
const BASE = 200;

/** The same release with other clusters: 200 pupils asked in each, and these numbers of them feel safe. */
function twelveClusters(from: Release): Release {
  const cube = JSON.parse(from.text) as Cube;
  const clusters = OF_CLUSTER.map((_, index): LatticeNode => {
    const code = `c${String(index).padStart(2, '0')}`;
    return {
      id: `cluster:${code}`,
      kind: 'cluster',
      code,
      name: `Cluster ${code}`,
      schools: [`one-${code}`, `two-${code}`],
    };
  });
  const count = (value: number) => value as ProtectedCount;
  return Release.seal(
    {
      ...cube,
      nodes: [...cube.nodes.filter(({ kind }) => kind === 'authority'), ...clusters],
      rates: clusters.map(({ id: node }) => {
        return { node, band: 'p5-p7', roll: 250, schools: 2, schoolSizes: [125, 125], responses: count(BASE) };
      }),
      units: clusters.map(({ id: node }) => ({ node, band: 'p5-p7', group: '', roundings: 1 })),
      figures: [
        {
          item: 'feels-safe',
          band: 'p5-p7',
          base: clusters.map(() => count(BASE)),
          counts: { yes: OF_CLUSTER.map(count) },
          states: {},
          oneSchool: [],
          sums: [],
        },
      ],
    },
    sha256,
  );
}

async function page(query = '', release = house.current, language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await house.get(`/results/${release}/items/feels-safe/funnel${query}`, language);
  expect(reply.statusCode, query).toBe(200);
  return reply.body;
}

/** Cells of the table by the name of the place. */
function table(body: string): Map<string, string[]> {
  const rows = /<table id="funnel"[\s\S]*?<\/table>/.exec(body)?.[0] ?? '';
  return new Map(
    [...rows.matchAll(/<tr[^>]*>\s*<th scope="row">([\s\S]*?)<\/th>([\s\S]*?)<\/tr>/g)].map(([, name, cells = '']) => [
      name!,
      [...cells.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => plain(cell)),
    ]),
  );
}

describe('the funnel of an item', () => {
  it('sets clusters beside each other by name: share, base, limits and where they lie', async () => {
    const rows = table(await page('?band=p5-p7'));
    expect([...rows.keys()]).toEqual(['=Dunmore', 'Alder', 'Birchwood', 'Calder']);
    const units = ['dun', 'ald'].map((code) => {
      const { count, base } = house.release.cell(`cluster:${code}`, 'p5-p7', 'feels-safe', 'yes')!;
      return { id: code, count, base };
    });
    const { units: places } = funnel(units, true);
    const percent = (share: number) => `${Math.round(share * 100)}%`;
    places.forEach(({ id, warning, alarm, flag }) => {
      const name = { dun: '=Dunmore', ald: 'Alder' }[id]!;
      const { share, base } = optionFigure(
        house.release,
        { node: `cluster:${id}`, band: 'p5-p7', item: 'feels-safe' },
        'yes',
      )!;
      const between = ({ low, high }: { low: number; high: number }) => `${percent(low)} to ${percent(high)}`;
      expect(rows.get(name)?.slice(0, 4), name).toEqual([`${share}%`, String(base), between(warning), between(alarm)]);
      if (flag === null) expect(rows.get(name)?.[4]).toMatch(/^within the limits/);
    });
    // One primary alone: hidden in one cell. So is Birchwood without the school that counts in Alder.
    expect(rows.get('Calder')).toEqual(['hidden to protect children · why']);
    expect(rows.get('Birchwood')).toEqual(['hidden to protect children · why']);
    expect(house.release.cell('cluster:bir', 'p5-p7', 'feels-safe', 'yes')).toBeDefined();
  });

  it('says in a sentence what all clusters together say, and in words what it means and does not', async () => {
    const text = plain(await page('?band=p5-p7'));
    expect(text).toMatch(/together, \d+% of P5–P7 pupils always or mostly feel safe where they live\./);
    expect(text).toMatch(/Within the 95% limits: \d of 2 clusters\./);
    expect(text).toContain('It does not say why, and not whether a place or a school is good or bad.');
    expect(text).toContain('counts once here, in the first of them by name');
    expect(text).toContain('Nothing is ranked.');
    expect(text).toContain('With 10 clusters or more they would also allow for clusters that differ');
  });

  it('never holds one school: it says so and shows nothing of any place', async () => {
    const body = await page('?band=s1-s2');
    expect(plain(body)).toContain('One school’s results never stand in a funnel');
    expect(body).not.toContain('<table');
    expect(body).not.toContain('data-share');
    expect(plain(body)).not.toMatch(/\d%/);
  });

  it('says that figures are hidden where no two clusters can be shown', async () => {
    const body = await page('?band=s1-s2', many);
    expect(plain(body)).toContain('they are hidden to protect children. why');
    expect(body).not.toContain('<table');
  });

  it('is linked from the item as it is looked at, and not where no school is kept', async () => {
    const item = async (id: string) => (await house.get(`/results/${house.current}/items/${id}`)).body;
    expect(await item('club')).toContain(
      `href="/results/${house.current}/items/club/funnel?option=every-week&amp;band=p5-p7"`,
    );
    expect(await item('turn-down')).not.toContain('/funnel');
    const unlinked = await house.get(`/results/${house.current}/items/turn-down/funnel`);
    expect(unlinked.statusCode).toBe(404);
  });

  it('leads to the other answers of a question', async () => {
    const reply = await house.get(`/results/${house.current}/items/club/funnel?option=no`);
    expect(plain(reply.body)).toContain('pupils answered “No”');
    expect(reply.body).toContain(`/items/club/funnel?option=sometimes&amp;band=p5-p7"`);
  });

  it('allows for clusters that differ among themselves from ten on', async () => {
    const body = await page('', many);
    const rows = table(body);
    expect(rows.size).toBe(12);
    // No school stands in two of them.
    expect(plain(body)).not.toContain('counts in both of them');
    expect(plain(body)).toContain('There are 10 clusters or more, so the limits also allow for clusters that differ');
    const units = OF_CLUSTER.map((count, index) => ({ id: String(index), count, base: BASE }));
    const [plainLimits, adjusted] = [funnel(units, false), funnel(units, true)].map(({ units: places }) => places[10]!);
    const wide = adjusted!.adjusted!.warning;
    expect(rows.get('Cluster c10')?.[2]).toBe(`${Math.round(wide.low * 100)}% to ${Math.round(wide.high * 100)}%`);
    expect(wide.high).toBeGreaterThan(plainLimits!.warning.high + 0.01);
    expect(rows.get('Cluster c10')?.[4]).toMatch(/^above the 9[\d.]+% limits$/);
    expect(rows.get('Cluster c11')?.[4]).toMatch(/^below the 9[\d.]+% limits$/);
    expect(rows.get('Cluster c00')?.[4]).toBe('within the limits');
  });

  it('gives the picture whole numbers only, each of which stands in its row', async () => {
    const body = await page('', many);
    const rows = [...body.matchAll(/<tr (data-share=[^>]*)>([\s\S]*?)<\/tr>/g)];
    expect(rows).toHaveLength(12);
    for (const [, attributes = '', cells = ''] of rows) {
      const numbers = [...attributes.matchAll(/data-[a-z-]+="(\d[^"]*)"/g)].map(([, value]) => value!);
      expect(numbers).toHaveLength(6);
      for (const number of numbers) {
        expect(number).toMatch(/^\d+$/);
        expect(plain(cells)).toMatch(new RegExp(`(^| )${number}%?( |$)`));
      }
    }
    const target = /data-target="([^"]*)"/.exec(body)![1]!;
    expect(plain(body)).toContain(`together, ${target}% of`);
  });

  it('is the same in Arabic, right to left', async () => {
    const body = await page('?band=p5-p7', house.current, 'ar');
    expect(body).toContain('<html lang="ar" dir="rtl">');
    const shares = (text: string) => [...text.matchAll(/data-share="(\d+)"/g)].map(([, share]) => share);
    expect(shares(body)).toEqual(shares(await page('?band=p5-p7')));
    expect(shares(body)).toHaveLength(2);
  });
});
