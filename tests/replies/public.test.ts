import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTHORITY, openHouse, type House, type TestClock } from '../support/house.ts';
import { get, publishReply } from './chain.ts';
import { cellOf, releaseWave, type ReleasedWave } from './released.ts';

let house: House;
let wave: ReleasedWave;
let ofCluster: string;
let ofAuthority: string;
const clock: TestClock = { now: '2026-05-01T09:00:00.000Z' };

beforeAll(async () => {
  house = await openHouse({ clock });
  wave = await releaseWave(house.services.database, AUTHORITY);
  const planner = await house.as('planner');
  ofCluster = (await publishReply(house, planner, cellOf(wave.releaseId))).replyId;
  clock.now = '2026-05-02T09:00:00.000Z';
  ofAuthority = (await publishReply(house, planner, cellOf(wave.releaseId, { node: 'authority', band: 's1-s2' })))
    .replyId;
});
afterAll(() => house.close());

const PAGES = () => [
  '/replies',
  '/replies/strathlorn',
  '/replies/strathlorn/clusters/nor',
  `/replies/strathlorn/${ofCluster}`,
  `/replies/strathlorn/${ofAuthority}`,
];

describe('a public reply', () => {
  it('says what was asked, said and done, and why, who looks after it and when the next news comes', async () => {
    const page = await get(house, `/replies/strathlorn/${ofCluster}`);
    expect(page.statusCode).toBe(200);
    for (const words of [
      'data-reply-state="published"',
      'Feeling safe on the way home</h1>',
      'Northmuir · Strathlorn',
      'pupils in P5–P7',
      'Do you feel safe where you live?',
      'About 60 of 80 pupils answered (75%).',
      'About 6 in 10 pupils (<b data-share="58">58%</b>) always or mostly feel safe where they live.',
      'Many of you named the path by the canal.',
      'We are doing part of this',
      'New lights are on the canal path since March.',
      'A youth shelter there would stand on ground that floods.',
      '<bdi>Roads and Transport</bdi>',
      '1 June 2026',
      '1 May 2026',
      `Spring 2026, release ${wave.sha256.slice(0, 12)}`,
    ]) {
      expect(page.body).toContain(words);
    }
  });

  it('is in Arabic for who reads Arabic: question, figure and words', async () => {
    const page = await get(house, `/replies/strathlorn/${ofCluster}`, { cookie: 'heard-language=ar' });
    for (const words of [
      '<html lang="ar" dir="rtl">',
      'الشعور بالأمان في طريق العودة</h1>',
      'هل لديك شعور بالأمان في مكان سكنك؟',
      'نحو 6 من كل 10 تلاميذ',
      'data-share="58"',
      'الأرض هناك تغمرها المياه.',
      'نقوم بجزء من هذا',
    ]) {
      expect(page.body).toContain(words);
    }
    expect(page.body).not.toContain('New lights');
  });

  it('says on the page that it is a demonstration, once, whoever reads it', async () => {
    const notice = 'Demonstration: nobody on these pages is real.';
    const planner = await house.as('planner');
    for (const url of PAGES()) {
      expect((await get(house, url)).body.split(notice), url).toHaveLength(2);
    }
    expect((await get(house, `/replies/strathlorn/${ofCluster}`, planner)).body.split(notice)).toHaveLength(2);
  });

  it('may be kept by a browser but is asked about each time, since the language belongs to the request', async () => {
    for (const url of PAGES()) {
      const { headers } = await get(house, url);
      expect(headers['cache-control']).toBe('private, no-cache');
      expect(headers['vary']).toContain('cookie');
    }
  });
});

describe('the public lists', () => {
  it('lead from the authority to its own replies and to clusters that have some', async () => {
    expect((await get(house, '/replies')).body).toContain('href="/replies/strathlorn"');
    const authority = (await get(house, '/replies/strathlorn')).body;
    expect(authority).toContain(`href="/replies/strathlorn/${ofAuthority}"`);
    expect(authority).not.toContain(`href="/replies/strathlorn/${ofCluster}"`);
    expect(authority).toContain('href="/replies/strathlorn/clusters/nor"');
    expect(authority).not.toContain('clusters/eas');
    const cluster = (await get(house, '/replies/strathlorn/clusters/nor')).body;
    expect(cluster).toContain(`href="/replies/strathlorn/${ofCluster}"`);
    expect(cluster).not.toContain(ofAuthority);
  });

  it('put the newest first', async () => {
    clock.now = '2026-05-03T09:00:00.000Z';
    const cell = cellOf(wave.releaseId, { node: 'authority' });
    const newer = (await publishReply(house, await house.as('planner'), cell)).replyId;
    const page = (await get(house, '/replies/strathlorn')).body;
    expect(page.indexOf(newer)).toBeGreaterThan(0);
    expect(page.indexOf(newer)).toBeLessThan(page.indexOf(ofAuthority));
  });

  it('have a page for a cluster without a reply and none for a place that does not exist', async () => {
    const empty = await get(house, '/replies/strathlorn/clusters/eas');
    expect(empty.statusCode).toBe(200);
    expect(empty.body).toContain('Eastwell');
    expect(empty.body).toContain('There is no reply here yet.');
    for (const url of [
      '/replies/nowhere',
      '/replies/strathlorn/clusters/none',
      '/replies/strathlorn/none',
      `/replies/nowhere/${ofCluster}`,
    ]) {
      expect((await get(house, url)).statusCode, url).toBe(404);
    }
  });
});

describe('where the pages come from', () => {
  it('answers the same with the tables of answers gone', async () => {
    const planner = await house.as('planner');
    const pages = [...PAGES(), '/replies/findings'];
    const before = await Promise.all(pages.map((url) => get(house, url, planner)));
    const { schema } = house.services.database.query;
    for (const table of ['respondent_sessions', 'attempts', 'drafts', 'responses'])
      await schema.dropTable(table).execute();
    const after = await Promise.all(pages.map((url) => get(house, url, planner)));
    expect(after.map((page) => page.statusCode)).toEqual(pages.map(() => 200));
    expect(after.map((page) => page.body)).toEqual(before.map((page) => page.body));
  });
});
