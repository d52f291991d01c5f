import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Release } from '../../server/core/disclosure/release.ts';
import { optionFigure } from '../../server/core/statistics/figure.ts';
import { AUTHORITY, openHouse, type House } from '../support/house.ts';
import { csvRows } from './file-reading.ts';
import { plain, sharesTable } from './page-reading.ts';
import { addRelease, addWave, publishSurveys, pupilsOf, releaseOf } from './wave.ts';

/* Results of questions with several variables, and of those that were asked without the school. */

let house: House;
let release: Release;
let current: string;

beforeAll(async () => {
  house = await openHouse();
  const versions = await publishSurveys(house);
  const wave = await addWave(house, 'Spring 2026', '2026-03-01');
  const pupils = pupilsOf(versions.map((version) => version.definition));
  const other = await addWave(house, 'Places 2025', '2025-03-01', AUTHORITY.id, 'place');
  await addRelease(house, other, releaseOf(versions, other, pupils));
  release = releaseOf(versions, wave, pupils);
  current = await addRelease(house, wave, release);
});
afterAll(() => house.close());

const item = (id: string, query = '') => `/results/${current}/items/${id}${query}`;

async function get(url: string, language: 'en' | 'ar' = 'en') {
  return house.app.inject({ url, headers: await house.as('planner', language) });
}

async function page(url: string, language: 'en' | 'ar' = 'en') {
  const reply = await get(url, language);
  expect(reply.statusCode, url).toBe(200);
  return reply.body;
}

describe('the page of a row, a ranked option or a number', () => {
  const figure = (id: string, option: string, band = 's1-s2', node = 'cluster:ald') =>
    optionFigure(release, { node, band, item: id }, option)?.share;

  it('is named by the question and the row, on the first page too', async () => {
    const name = 'How is school for you? – Do you feel that you belong?';
    expect(await page('/results')).toContain(`href="/results/${current}/items/school-life.belong"`);
    expect(plain(await page('/results'))).toContain(name);
    const body = await page(item('school-life.belong', '?band=s1-s2&place=cluster%3Aald'));
    expect(plain(body)).toContain(name);
    const share = figure('school-life.belong', 'always');
    expect(plain(body)).toContain(`${share}% of S1–S2 pupils answered “Always” to “Do you feel that you belong?”`);
    expect(sharesTable(body).get('Alder')?.[0]).toBe(`${share}%`);
  });

  it('says what place a ranked option got, and that it was not chosen', async () => {
    const of = async (option: string) =>
      plain(await page(item('place-better.things-to-do', `?band=s1-s2&option=${option}`)));
    expect(await of('place-1')).toContain('What would make the place where you live better? – More things to do');
    expect(await of('place-1')).toMatch(/\d+% of S1–S2 pupils put “More things to do” first/);
    expect(await of('place-2')).toMatch(/\d+% of S1–S2 pupils put “More things to do” second/);
    expect(await of('no-place')).toMatch(/\d+% of S1–S2 pupils did not choose “More things to do”/);
    for (const words of ['First place', 'Second place', 'Not chosen']) expect(await of('place-1')).toContain(words);
    expect(await of('place-1')).not.toContain('Third place');
  });

  it('counts a number by its groups, in their words', async () => {
    const text = plain(await page(item('evenings-friends', '?option=one-or-two')));
    expect(text).toMatch(/\d+% of S1–S2 pupils answered “One or two evenings”/);
    for (const words of ['No evenings', 'Three or four evenings', 'Five evenings or more'])
      expect(text).toContain(words);
  });

  it('has its file, whose rows name the variable', async () => {
    const reply = await get(`/results/${current}/items/place-better.things-to-do/file.csv?band=s1-s2`);
    expect(reply.headers['content-disposition']).toContain('place-better-things-to-do_s1-s2.csv');
    expect(csvRows(reply.body)[0]).toMatchObject({
      band_name: 'S1–S2',
      item: 'place-better.things-to-do',
      variable: 'place_better__things_to_do',
      option: 'place-1',
      answer: 'First place',
    });
  });

  it('speaks Arabic', async () => {
    const text = plain(await page(item('place-better.things-to-do', '?band=s1-s2'), 'ar'));
    expect(text).toMatch(/وضعوا «.+» في المركز الأول/);
  });
});

describe('what was asked without the school', () => {
  it('has the whole authority alone, and says why', async () => {
    const body = await page(item('turn-down', '?band=s1-s2'));
    expect([...sharesTable(body).keys()]).toEqual(['Strathlorn, whole authority']);
    expect(body).toContain('keeps no record of the school');
    expect(body).not.toContain('cluster%3A');
    const share = optionFigure(release, { node: 'authority', band: 's1-s2', item: 'turn-down' }, 'easy')?.share;
    expect(plain(await page(item('turn-down', '?band=s1-s2&option=easy')))).toContain(
      `${share}% of S1–S2 pupils answered “Easy”`,
    );
    const file = await get(`/results/${current}/items/turn-down/file.csv?band=s1-s2`);
    expect(new Set(csvRows(file.body).map((row) => row['place_name']))).toEqual(new Set(['Strathlorn']));
  });
});

describe('a release of another family of surveys', () => {
  it('is listed with the others and never set beside a figure as an earlier wave', async () => {
    expect(await page(`/results/${current}`)).toContain('Places 2025');
    expect(await page(item('feel-safe'))).not.toContain('Places 2025');
  });
});
