import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '../../server/core/survey/slots.ts';
import { createSurveys, type SurveyVersion } from '../../server/storage/surveys.ts';
import { rowsOf } from '../support/stored-wave.ts';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { reviewAgain } from '../support/settled-wave.ts';

/* A section that is kept apart: asked where its topic is on, stored without a school, told to nobody's response. */

let house: FieldworkHouse;
let secondary: SurveyVersion;

beforeAll(async () => {
  house = await openFieldwork();
  secondary = (await createSurveys(house.services.database).newestOf('secondary'))!;
});
afterAll(() => house.close());

const idOf = (wave: string) => wave.split('/').at(-1)!;

/** Opens a wave with these topics on. */
async function openWith(...topics: string[]): Promise<string> {
  const wave = await house.makeWave();
  for (const topic of topics) {
    const reply = await house.post('administrator', `${wave}/topics`, {
      topic,
      reason: 'Agreed with the head teachers.',
    });
    expect(reply.statusCode, topic).toBe(303);
  }
  await reviewAgain(house, wave);
  await house.post('administrator', `${wave}/opening`, {});
  return wave;
}

/** The headings that a pupil is shown from the first page to the last, answering all of them. */
async function headingsOf(code: string): Promise<{ pupil: Pupil; headings: string[] }> {
  const pupil = await new Pupil(house).start(code);
  const headings: string[] = [];
  for (let page = 0; page < 100 && pupil.url.startsWith('/respond/pages/'); page += 1) {
    headings.push(/<h1>(?:<label[^>]*>)?([^<]*)/.exec(pupil.page)![1]!);
    await pupil.answer();
  }
  return { pupil, headings };
}

const asksOf = (headings: string[], word: RegExp) => headings.some((heading) => word.test(heading));

describe('questions about substances', () => {
  it('are asked of nobody unless a named adult switched their topic on', async () => {
    const off = await headingsOf((await house.codes(await openWith(), 'lochend')).at(-1)!);
    expect(asksOf(off.headings, /alcohol|drug|vape|smok|tobacco/i)).toBe(false);
    const on = await headingsOf((await house.codes(await openWith('alcohol', 'drugs'), 'lochend')).at(-1)!);
    expect(asksOf(on.headings, /alcohol/i)).toBe(true);
    expect(asksOf(on.headings, /drug/i)).toBe(true);
    expect(asksOf(on.headings, /vape|smok|tobacco/i)).toBe(false);
  });

  it('are asked by their stage: drugs of S4, not of S1', async () => {
    const codes = await house.codes(await openWith('alcohol', 'drugs'), 'lochend');
    // Slips come class by class, the youngest first.
    const youngest = await headingsOf(codes[0]!);
    expect(asksOf(youngest.headings, /alcohol|drug/i)).toBe(false);
  });
});

describe('their answers', () => {
  it('are in no response: they make a record with a band, and nothing of the school', async () => {
    const wave = await openWith('alcohol', 'tobacco', 'drugs');
    const codes = await house.codes(wave, 'lochend');
    const { pupil } = await headingsOf(codes.at(-1)!);
    await pupil.send();
    const [response] = await rowsOf(house.services.database, 'responses', idOf(wave));
    const [record] = await rowsOf(house.services.database, 'unlinked_records', idOf(wave));
    expect(Object.keys(record!).toSorted()).toEqual(
      ['answers', 'band_id', 'id', 'quintile', 'section', 'sex', 'version_id', 'wave_id'].toSorted(),
    );
    expect(response!.answers).toHaveLength(layoutOf(secondary.definition).length);
    expect(record!.answers).toHaveLength(secondary.unlinkedLayouts[record!.section]!.length);
    const apart = secondary.definition.items.filter(({ section }) => section === record!.section).map(({ id }) => id);
    for (const { question } of layoutOf(secondary.definition)) expect(apart).not.toContain(question);
    expect(record!.id).not.toBe(response!.id);
  });

  it.each([
    [11, 11],
    [3, 0],
  ])('of %i pupils of a stage leave %i records at the close, written anew', async (pupils, left) => {
    const wave = await openWith('alcohol');
    const codes = await house.codes(wave, 'lochend');
    // The last slips are those of S4: ten girls and two boys.
    for (const code of codes.slice(-12).slice(0, pupils)) await (await headingsOf(code)).pupil.send();
    const before = await rowsOf(house.services.database, 'unlinked_records', idOf(wave));
    expect(before).toHaveLength(pupils);
    await house.post('administrator', `${wave}/closing`, { sure: 'yes' });
    const after = await rowsOf(house.services.database, 'unlinked_records', idOf(wave));
    expect(after).toHaveLength(left);
    const ids = new Set(before.map(({ id }) => id));
    for (const record of after) {
      expect(ids.has(record.id)).toBe(false);
      expect([record.band_id, record.sex]).toEqual(['s3-s4', null]);
    }
  });
});
