import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Release, type Cube } from '../../server/core/disclosure/release.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { wheelPicture } from '../../server/results/views/wheel-picture.ts';
import { sha256 } from '../../server/storage/releases.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { openHouse, type House } from '../support/house.ts';
import { plain } from './page-reading.ts';
import { addRelease, addWave, publishSurveys, pupilsOf, releaseOf } from './wave.ts';

const HIDDEN = 'hidden to protect children · why';
const THEMES = ['walking', 'bus', 'streets', 'nature', 'play', 'shops', 'activities', 'safe', 'clean', 'heard'];

let house: House;
let release: Release;
let current: string;
/** A release of surveys without a wheel. */
let without: string;
beforeAll(async () => {
  house = await openHouse();
  const surveys = createSurveys(house.services.database);
  const content = readSurveyFolders().find(({ definition }) => definition.id === 'place')!;
  const place = await surveys.publish(content, null, '2024-01-01');
  const wave = await addWave(house, 'Our place', '2026-03-01', undefined, 'place');
  release = releaseOf([place], wave, pupilsOf([place.definition]));
  current = await addRelease(house, wave, release);
  const usual = await publishSurveys(house);
  const other = await addWave(house, 'Spring 2026', '2026-03-01');
  const pupils = pupilsOf(usual.map(({ definition }) => definition));
  without = await addRelease(house, other, releaseOf(usual, other, pupils));
}, 60_000);
afterAll(() => house.close());

async function get(url: string, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: await house.as('planner', language) });
}

async function wheel(query = '', language: 'en' | 'ar' = 'en'): Promise<string> {
  const reply = await get(`/results/${current}/wheel${query}`, language);
  expect(reply.statusCode, query).toBe(200);
  return reply.body;
}

/** Cells of each theme: good, then the steps. */
function themes(body: string): string[][] {
  const table = /<table class="wheel">[\s\S]*?<\/table>/.exec(body)?.[0] ?? '';
  const rows = [...table.matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g)].map(([row]) => row);
  return rows.map((row) => [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = '']) => plain(cell)));
}

const shareOf = (node: string, band: string, item: string, option: string) =>
  optionFigure(release, { node, band, item }, option)?.share;
const words = (share: number | undefined) => (share === undefined ? HIDDEN : `${share}%`);

describe('the place wheel', () => {
  it('is linked from the first page of a release that asked it, and only there', async () => {
    expect((await get(`/results/${current}`)).body).toContain(`href="/results/${current}/wheel"`);
    expect((await get(`/results/${without}`)).body).not.toContain('/wheel');
  });

  it('gives each theme its three answers and the best one as good, for younger pupils', async () => {
    const body = await wheel();
    expect(plain(body)).toContain('Good: “It is great”.');
    const rows = themes(body);
    expect(rows).toHaveLength(THEMES.length);
    THEMES.forEach((theme, index) => {
      const steps = ['1', '2', '3'].map((step) => shareOf('authority', 'p5-p7', `place-younger.${theme}`, step));
      expect(rows[index]?.slice(0, 4), theme).toEqual([words(steps[2]), ...steps.map(words)]);
    });
  });

  it('adds up the printed shares of the steps above the middle, for older ones', async () => {
    const body = await wheel('?band=s1-s2');
    expect(plain(body)).toContain('Good: 5, 6, or 7 points.');
    const rows = themes(body);
    const sums = THEMES.map((theme) => {
      const good = ['5', '6', '7'].map((step) => shareOf('authority', 's1-s2', `place-older.${theme}`, step));
      return good.includes(undefined) ? undefined : good.reduce<number>((sum, share) => sum + share!, 0);
    });
    expect(rows.map(([good]) => good)).toEqual(sums.map(words));
    expect(sums.filter((sum) => sum !== undefined).length).toBeGreaterThan(5);
  });

  it('hides “good” where one of its shares is hidden, and draws an empty spoke', async () => {
    const cube = JSON.parse(release.text) as Cube;
    const figures = cube.figures.map((one) =>
      one.item === 'place-older.bus' ? { ...one, counts: { ...one.counts, 6: one.base.map(() => null) } } : one,
    );
    const wave = await addWave(house, 'Our place again', '2027-03-01', undefined, 'place');
    const id = await addRelease(house, wave, Release.seal({ ...cube, figures }, sha256));
    const { body } = await get(`/results/${id}/wheel?band=s1-s2`);
    const bus = themes(body)[THEMES.indexOf('bus')]!;
    expect([bus[0], bus[6]]).toEqual([HIDDEN, HIDDEN]);
    expect(bus[5]).toMatch(/^\d+%$/);
    expect([...body.matchAll(/class="filled"/g)]).toHaveLength(THEMES.length - 1);
    expect([...body.matchAll(/class="spoke unknown"/g)]).toHaveLength(1);
  });

  it('labels one school, and hides a place that may not be shown whole', async () => {
    expect(plain(await wheel('?band=s1-s2&place=cluster%3Aald'))).toContain('one school');
    const [hidden, missing] = [
      await wheel('?band=s1-s2&place=cluster%3Acal'),
      await wheel('?band=s1-s2&place=cluster%3Adun'),
    ];
    expect(themes(hidden)).toEqual(THEMES.map(() => [HIDDEN]));
    const figure = (body: string) => /<table class="wheel">[\s\S]*?<\/figure>/.exec(body)![0];
    expect(figure(hidden).replaceAll('cluster%3Acal', 'PLACE')).toBe(
      figure(missing).replaceAll('cluster%3Adun', 'PLACE'),
    );
  });

  it('offers a band only the wheel that it was asked', async () => {
    const body = await wheel('?band=s1-s2');
    expect(body).toContain('place-older.bus');
    expect(body).not.toContain('place-younger.bus');
  });

  it('is a clear page where nothing was asked about places', async () => {
    const reply = await get(`/results/${without}/wheel`);
    expect(reply.statusCode).toBe(200);
    expect(plain(reply.body)).toContain('This release asked for no points on the themes of a place');
    expect(reply.body).not.toContain('<table');
    expect((await get(`/results/${without}/wheel?band=nonsense`)).statusCode).toBe(404);
    expect((await get(`/results/${without}/wheel?place=cluster%3Anowhere`)).statusCode).toBe(404);
  });

  it('is mirrored in Arabic, with the same figures', async () => {
    const [english, arabic] = [await wheel(), await wheel('', 'ar')];
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
    const numbers = (body: string) => themes(body).map((cells) => cells.map((cell) => /\d+/.exec(cell)?.[0]));
    expect(numbers(arabic)).toEqual(numbers(english));
    const label = (body: string, number: number) =>
      Number(new RegExp(`class="number" x="([\\d.]+)"[^>]*>${number}<`).exec(body)?.[1]);
    expect(label(english, 2)).toBeGreaterThan(150);
    expect(label(arabic, 2)).toBeLessThan(150);
  });
});

describe('the picture of a wheel', () => {
  const shares = fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { minLength: 3, maxLength: 16 });

  it('has a spoke a theme inside its square, filled unless hidden', () => {
    fc.assert(
      fc.property(shares, fc.boolean(), (list, rightToLeft) => {
        const { spokes, size } = wheelPicture(list, rightToLeft);
        expect(spokes.map(({ filled }) => filled === '')).toEqual(list.map((share) => share === null));
        for (const { x, y, whole } of spokes) {
          const numbers = [...whole.matchAll(/-?\d+(?:\.\d+)?/g)].map(([text]) => Number(text));
          for (const number of [x, y, ...numbers]) expect(number >= 0 && number <= size).toBe(true);
        }
      }),
    );
  });

  it('reaches as far as its share, whatever the others are', () => {
    fc.assert(
      fc.property(shares, (list) => {
        list.forEach((share, index) => {
          if (share === null) return;
          const { filled } = wheelPicture(list, false).spokes[index]!;
          expect(Number(/A(\S+)/.exec(filled)![1])).toBeCloseTo(1.2 * share, 9);
        });
      }),
    );
  });

  it('mirrors about the line straight up', () => {
    fc.assert(
      fc.property(shares, (list) => {
        const [one, other] = [wheelPicture(list, false), wheelPicture(list, true)];
        one.spokes.forEach(({ x, y }, index) => {
          expect(x + other.spokes[index]!.x).toBeCloseTo(one.size, 6);
          expect(y).toBe(other.spokes[index]!.y);
        });
      }),
    );
  });
});
