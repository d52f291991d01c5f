import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { villageMarks } from '../../server/results/views/village-marks.ts';
import { openFilesHouse, type FilesHouse } from './files-house.ts';
import { plain } from './page-reading.ts';

const HIDDEN = 'hidden to protect children · why';

let house: FilesHouse;
beforeAll(async () => {
  house = await openFilesHouse();
}, 60_000);
afterAll(() => house.house.close());

async function village(query = '', language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await house.get(`/results/${house.current}/village${query}`, language);
  expect(reply.statusCode, query).toBe(200);
  return reply.body;
}

const rowOf = (body: string, name: string) =>
  [...body.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) => row).find((row) => row.includes(name)) ?? '';
const marks = (row: string, kind: 'those' | 'others') =>
  [...(new RegExp(`class="${kind}" d="([^"]*)"`).exec(row)?.[1] ?? '').matchAll(/M/g)].length;

describe('a village of 100', () => {
  it('gives each indicator as a number of 100, in a sentence and as marks', async () => {
    const body = await village();
    const { share, low, high } = optionFigure(
      house.release,
      { node: 'authority', band: 'p5-p7', item: 'feels-safe' },
      'yes',
    )!;
    const row = rowOf(body, 'Feels safe in the local area');
    expect(plain(row)).toBe(
      `Feels safe in the local area ${share} of 100 Of 100 P5–P7 pupils, ${share} always or mostly feel safe where they live (between ${low} and ${high}).`,
    );
    expect([marks(row, 'those'), marks(row, 'others')]).toEqual([share, 100 - share]);
    expect(plain(body)).toContain('If Strathlorn were a village of 100 P5–P7 pupils');
  });

  it('is linked from the first page, and from an indicator at its place and band', async () => {
    const first = (await house.get(`/results/${house.current}`)).body;
    expect(first).toContain(`href="/results/${house.current}/village"`);
    const item = (await house.get(`/results/${house.current}/items/feels-safe?band=p5-p7&place=cluster%3Aald`)).body;
    expect(item).toContain(`href="/results/${house.current}/village?place=cluster%3Aald&amp;band=p5-p7"`);
  });

  it('shows one cluster, and offers the others and the other band at the same place', async () => {
    const body = await village('?place=cluster%3Aald&band=p5-p7');
    const { share } = optionFigure(house.release, { node: 'cluster:ald', band: 'p5-p7', item: 'feels-safe' }, 'yes')!;
    expect(plain(rowOf(body, 'Feels safe in the local area'))).toContain(`${share} of 100`);
    expect(body).toContain(`/village?place=cluster%3Abir&amp;band=p5-p7"`);
    expect(body).toContain(`/village?place=cluster%3Aald&amp;band=s1-s2"`);
    expect(body).toMatch(/aria-current="true">One place: Alder</);
  });

  it('keeps the label on the results of one school', async () => {
    const body = await village('?place=cluster%3Aald&band=s1-s2');
    expect(plain(rowOf(body, 'Feels safe in the local area'))).toContain('one school');
    expect(body).toContain('its row shows one school’s results');
    expect(await village('?place=cluster%3Aald&band=p5-p7')).not.toContain('one school’s results');
  });

  it('hides in the usual words, and looks the same where there is nobody', async () => {
    // Calder's secondary is too small, Dunmore has none.
    const [hidden, missing] = [
      await village('?place=cluster%3Acal&band=s1-s2'),
      await village('?place=cluster%3Adun&band=s1-s2'),
    ];
    expect(plain(rowOf(hidden, 'Feels safe in the local area'))).toBe(`Feels safe in the local area ${HIDDEN}`);
    const table = (body: string) =>
      /<table class="village">[\s\S]*?<\/table>/.exec(body)![0].replaceAll(/cluster%3A(cal|dun)/g, 'PLACE');
    expect(table(hidden)).toBe(table(missing));
    expect(hidden).not.toContain('class="marks"');
  });

  it('is the same in Arabic, right to left', async () => {
    const body = await village('', 'ar');
    expect(body).toContain('<html lang="ar" dir="rtl">');
    const those = (text: string) => [...text.matchAll(/class="those" d="[^"]*"/g)].map(([path]) => path);
    expect(those(body)).toEqual(those(await village()));
  });
});

describe('the marks', () => {
  it('are always a hundred, no two in one place, as many filled as the number says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (number) => {
        const { those, others } = villageMarks(number);
        const places = (path: string) => [...path.matchAll(/M(\d+ \d+)/g)].map(([, place]) => place);
        expect(places(those)).toHaveLength(number);
        expect(new Set([...places(those), ...places(others)]).size).toBe(100);
      }),
    );
  });
});
