import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/core/disclosure/release.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { meanFigure } from '../../server/core/statistics/score.ts';
import { readSurveyFolders } from '../../server/storage/survey-folders.ts';
import { createSurveys } from '../../server/storage/surveys.ts';
import { openHouse, type House } from '../support/house.ts';
import { csvRows } from './file-reading.ts';
import { plain, tableRows } from './page-reading.ts';
import { addRelease, addWave, publishSurveys, pupilsOf, releaseOf } from './wave.ts';

/* How many poor outcomes come together, and mean scores of scales, as planners read them. */
const COUNTED = [
  'feel-safe',
  'feel-school',
  'listened-to-school',
  'listened-to-home',
  'friend-count-on',
  'sleep',
  'bullied',
];
const SCORED = ['wb-cheerful', 'wb-calm', 'wb-proud', 'wb-fun', 'wb-sleep-easy', 'wb-worried'];

let house: House;
let release: Release;
let id: string;
/** A release of a survey that counts neither. */
let without: string;
beforeAll(async () => {
  house = await openHouse();
  const usual = await publishSurveys(house, [...COUNTED, ...SCORED]);
  const wave = await addWave(house, 'Spring 2026', '2026-03-01');
  release = releaseOf(usual, wave, pupilsOf(usual.map(({ definition }) => definition)));
  id = await addRelease(house, wave, release);
  const content = readSurveyFolders().find(({ definition }) => definition.id === 'place')!;
  const place = await createSurveys(house.services.database).publish(content, null, '2024-01-01');
  const other = await addWave(house, 'Our place', '2026-03-01', undefined, 'place');
  without = await addRelease(house, other, releaseOf([place], other, pupilsOf([place.definition])));
}, 60_000);
afterAll(() => house.close());

async function get(url: string, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: await house.as('planner', language) });
}

/** Cells of the row of a place, in the first table that has one; marks of direction aside. */
function rowOf(body: string, name: string): string[] {
  const table = /<table>[\s\S]*?<\/table>/.exec(body)?.[0] ?? '';
  const rows = [...tableRows(table)].map(([head, cells]): [string, string[]] => [
    head.replace(/[\u2066-\u2069]/g, ''),
    cells,
  ]);
  return new Map(rows).get(name) ?? [];
}

describe('several poor outcomes', () => {
  it('are linked from the first page of a release that counts them, and only there', async () => {
    expect((await get(`/results/${id}`)).body).toContain(`href="/results/${id}/several"`);
    expect((await get(`/results/${without}`)).body).not.toContain('/several');
    expect((await get(`/results/${without}/several`)).statusCode).toBe(404);
  });

  it('say for the whole authority how many have none, one, two, three or more, as the release does', async () => {
    const { body } = await get(`/results/${id}/several`);
    const cells = rowOf(body, 'Strathlorn, whole authority');
    const at = { node: 'authority', band: 'p5-p7', item: 'several-outcomes' };
    const codes = ['none', 'one', 'two', 'three-or-more', 'not-all-answered'];
    expect(cells.slice(0, 5).map((cell) => /^\d+%/.exec(cell)?.[0] ?? 'hidden')).toEqual(
      codes.map((code) => {
        const share = optionFigure(release, at, code)?.share;
        return share === undefined ? 'hidden' : `${share}%`;
      }),
    );
    expect(codes.some((code) => optionFigure(release, at, code))).toBe(true);
  });

  it('name what is counted, and no cluster', async () => {
    const { body } = await get(`/results/${id}/several`);
    expect(plain(body)).toContain('Feels safe in the local area');
    expect(plain(body)).not.toContain('Birchwood');
  });

  it('have a page of their own by answer, with words that fit', async () => {
    const { body, statusCode } = await get(`/results/${id}/items/several-outcomes?option=none`);
    expect(statusCode).toBe(200);
    expect(plain(body)).toContain('have this many things not going well');
    expect(plain(body)).not.toContain('Birchwood');
  });

  it('are whole in Arabic', async () => {
    const { body } = await get(`/results/${id}/several`, 'ar');
    expect(body).toContain('عدّة أمور معًا');
    expect(body).toContain('dir="rtl"');
  });
});

describe('scores of scales', () => {
  it('are linked where there are scales, and only there', async () => {
    expect((await get(`/results/${id}`)).body).toContain(`href="/results/${id}/scores"`);
    expect((await get(`/results/${without}/scores`)).statusCode).toBe(404);
  });

  it('give the mean, within what rounding leaves it, and how many it is of, or hide all', async () => {
    const { body } = await get(`/results/${id}/scores`);
    expect(rowOf(body, 'Strathlorn, whole authority')[0]).toMatch(/between .+ and .+, from rounding alone/);
    for (const [name, node] of [
      ['Strathlorn, whole authority', 'authority'],
      ['Alder', 'cluster:ald'],
      ['Birchwood', 'cluster:bir'],
    ] as const) {
      const figure = meanFigure(release, { node, band: 'p5-p7', item: 'wellbeing-younger' });
      const cells = rowOf(body, name);
      const range = figure && `between ${figure.low} and ${figure.high}, from rounding alone`;
      if (figure) expect(cells.slice(0, 2), name).toEqual([`${figure.mean} (${range})`, String(figure.base)]);
      else expect(cells[0], name).toContain('hidden');
    }
    expect(meanFigure(release, { node: 'authority', band: 'p5-p7', item: 'wellbeing-younger' })).toBeDefined();
  });

  it('are hidden on the page and in files where fewer than 50 have one', async () => {
    const at = { band: 'p5-p7', item: 'wellbeing-younger' };
    const few = release.nodes.filter(({ id: node, kind }) => {
      const { base, points } = release.table(node, at.band, at.item) ?? {};
      return kind === 'cluster' && typeof points === 'number' && typeof base === 'number' && base < 50;
    });
    expect(few.map(({ name }) => name)).not.toEqual([]);
    const { body } = await get(`/results/${id}/scores`);
    const file = csvRows((await get(`/results/${id}/files/csv`)).body);
    for (const { id: node, name } of few) {
      expect(rowOf(body, name)[0], name).toContain('hidden');
      const row = file.find(({ item, place }) => item === at.item && place === node);
      expect([row?.mean_score, row?.base], name).toEqual(['', '']);
    }
  });

  it('say in Arabic within what rounding leaves them', async () => {
    expect((await get(`/results/${id}/scores`, 'ar')).body).toContain('من التقريب وحده');
  });

  it('are no page of answers: there is no share of a score', async () => {
    expect((await get(`/results/${id}/items/wellbeing-younger`)).statusCode).toBe(404);
  });

  it('stand in files as means, with their base', async () => {
    const { body } = await get(`/results/${id}/files/csv`);
    const row = csvRows(body).find(({ item, place }) => item === 'wellbeing-younger' && place === 'authority');
    const figure = meanFigure(release, { node: 'authority', band: 'p5-p7', item: 'wellbeing-younger' })!;
    expect(row?.mean_score).toBe(String(figure.mean));
    expect(row?.base).toBe(String(figure.base));
  });
});
