import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFieldwork, Pupil, type FieldworkHouse } from '../support/fieldwork.ts';
import { settleWave } from '../support/settled-wave.ts';
import { Device, join, sheetsOn, teacherOf } from '../support/teacher.ts';

/* Which languages a page offers: those of the wave where it is known, and all of them elsewhere. */

let house: FieldworkHouse;
let both: string;
let english: string;

beforeAll(async () => {
  house = await openFieldwork();
  both = await house.openWave();
  english = await house.makeWave();
  await settleWave(house, english, { languages: { languages: [] } });
  await house.post('administrator', `${english}/opening`, {});
});
afterAll(() => house.close());

const offered = (page: string) => [...page.matchAll(/href="\/languages\/([a-z]+)\?/g)].map((match) => match[1]);

describe('the choice of languages', () => {
  it('is that of the wave on every page of a survey', async () => {
    for (const [wave, languages] of [
      [both, ['en', 'ar']],
      [english, ['en']],
    ] as const) {
      const [code] = await house.codes(wave, 'burnside');
      const pupil = await new Pupil(house).post('/respond/sessions', { code: code! });
      expect([pupil.url, offered(pupil.page)]).toEqual(['/respond/assent', languages]);
      await pupil.post('/respond/assent', { attempt: pupil.hidden('attempt'), decision: 'yes' });
      expect([pupil.status, offered(pupil.page)]).toEqual([422, languages]);
      await pupil.assent();
      expect([pupil.url, offered(pupil.page)]).toEqual(['/respond/picture-choice', languages]);
      await pupil.choosePicture('none');
      // Pages of questions are drawn once for all who see them alike: those of another wave are not.
      expect([pupil.url.slice(0, 15), offered(pupil.page)]).toEqual(['/respond/pages/', languages]);
    }
  });

  it('keeps the language that is being read, last, where the wave has it not', async () => {
    const [code] = await house.codes(english, 'hillview');
    const pupil = await new Pupil(house, 'ar').post('/respond/sessions', { code: code! });
    expect(offered(pupil.page)).toEqual(['en', 'ar']);
    expect(pupil.page).toMatch(/lang="ar" aria-current="true"/);
  });

  it('is that of the wave where a class is joined, and all there are where no wave is known', async () => {
    const school = `${english.replace('/fieldwork', '/class')}/schools/burnside`;
    const [sheet] = sheetsOn((await house.post('administrator', `${school}/sheets`, {})).body);
    const teacher = await teacherOf(house, sheet!);
    await teacher.post('/class/openings');
    const board = teacher.found(/data-join-code="([^"]+)"/);
    const pupil = await new Device(house).post('/class/join', { code: board });
    expect(pupil.page).toContain('Join now');
    expect(offered(pupil.page)).toEqual(['en']);
    expect(offered((await join(new Device(house), board)).page)).toEqual(['en']);
    for (const url of ['/', '/class/join', '/replies']) {
      expect(offered((await new Device(house).go(url)).page), url).toEqual(['en', 'ar']);
    }
  });
});
