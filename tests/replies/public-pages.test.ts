import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEADER_SETS } from '../../server/web/headers.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../support/house.ts';
import { get, post, publishReply, REPLY } from './chain.ts';
import { cellOf, releaseWave, type ReleasedWave } from './released.ts';

let house: House;
let wave: ReleasedWave;
let planner: Record<string, string>;
let replyId: string;
let finding: string;
const clock: TestClock = { now: '2026-05-01T09:00:00.000Z' };
const page = () => `/replies/strathlorn/${replyId}`;
const NEWS = { 'words-en': 'The lights shine since today.', 'words-ar': 'الأضواء مضاءة منذ اليوم.' };

beforeAll(async () => {
  house = await openHouse({ clock });
  wave = await releaseWave(house.services.database, AUTHORITY);
  planner = await house.as('planner');
  ({ replyId, finding } = await publishReply(house, planner, cellOf(wave.releaseId)));
});
afterAll(() => house.close());

describe('the page of a reply', () => {
  it('says whom we asked, how many answered and who is missing, all of it from the release', async () => {
    const { body } = await get(house, page());
    expect(body.replace(/[\u2066-\u2069]/g, '')).toContain('pupils in P5–P7, Northmuir');
    expect(body).toContain('About 60 of 80 pupils answered (75%).');
    expect(body).toContain('About 20 did not answer (25%).');
    expect(body).toContain('Who could not be asked: pupils of special schools, children in hospital');
  });

  it('has words for children first, for adults, and easy to read, each with its own address', async () => {
    const { body } = await get(house, page());
    expect(body).toContain(`<h1 lang="en" dir="ltr">${REPLY['title-child-en']}</h1>`);
    expect(body).toContain('What we thought about</h2>');
    for (const reader of ['adult', 'easy-read']) {
      expect(body).toContain(`href="${page()}?words=${reader}"`);
      const other = (await get(house, `${page()}?words=${reader}`)).body;
      expect(other).toContain(`${REPLY['weDid-child-en']} (${reader})`);
    }
    expect((await get(house, `${page()}?words=easy-read`)).body).not.toContain('What we thought about</h2>');
    expect((await get(house, `${page()}?words=lawyer`)).statusCode).toBe(400);
  });

  it('of a demonstration says where words are a draft', async () => {
    expect((await get(house, page())).body).toContain('Nobody has read these words twice yet');
  });

  it('can be read aloud by the same script as questions, without the words leaving the device', async () => {
    const { body } = await get(house, page());
    expect(body).toContain('<div class="read-aloud no-print" data-read="');
    const script = /src="(\/public\/js\/replies\.js[^"]*)"/.exec(body)![1]!;
    expect((await get(house, script)).body).toMatch(/import '\/public\/js\/read-aloud\.js\?v=/);
  });

  it('is found by a number that is easy to say', async () => {
    const { body } = await get(house, page());
    const short = /href="(\/r\/\d{4})"/.exec(body)![1]!;
    expect(body.replace(/[\u2066-\u2069]/g, '')).toContain(`r, ${[...short.slice(3)].join('\u00a0')}`);
    expect((await get(house, short)).headers.location).toBe(page());
    const other = short === '/r/1234' ? '/r/4321' : '/r/1234';
    expect((await get(house, other)).statusCode).toBe(404);
  });

  it('counts its buttons apart, says that they are nobody’s views, and tells planners the same', async () => {
    const before = (await get(house, page())).body;
    expect(before).toContain('It is never counted as what children think.');
    for (const button of ['clear', 'clear', 'not-clear']) {
      const pressed = await post(house, `${page()}/presses`, { button }, {});
      expect(pressed.headers.location).toBe(`${page()}?pressed=yes#clear`);
    }
    expect((await post(house, `${page()}/presses`, { button: 'other' }, {})).statusCode).toBe(400);
    expect((await get(house, `${page()}?pressed=yes`)).body).toContain('This page can not tell who pressed it');
    const desk = (await get(house, `/replies/replies/${replyId}`, planner)).body;
    expect(desk).toContain('Pressed “clear”: 2. Pressed “not clear”: 1.');
    expect(desk).toContain('never children’s views');
    // No public page tells the numbers.
    expect((await get(house, page())).body).not.toContain('Pressed');
  });
});

describe('a reply elsewhere', () => {
  it('is a poster with a code to scan and the address to type', async () => {
    const { body } = await get(house, `${page()}/poster`);
    expect(body).toMatch(/<svg role="img"[^>]*viewBox="0 0 (\d+) \1"/);
    expect(body).toMatch(/<p class="address" dir="ltr">localhost:80\/r\/\d{4}<\/p>/);
    for (const words of ['title', 'weDid', 'why']) expect(body).toContain(REPLY[`${words}-child-en`]);
  });

  it('is a slide with nothing around it', async () => {
    const { body } = await get(house, `${page()}/slide`, { cookie: 'heard-language=ar' });
    expect(body).toContain(REPLY['title-child-ar']);
    expect(body).not.toContain('<header');
    expect(body).toContain('class="read-aloud');
  });

  it('may stand in a frame anywhere, in the language that is asked for, and holds no script and no form', async () => {
    for (const address of [`${page()}/embed`, '/replies/strathlorn/embed', '/replies/strathlorn/clusters/nor/embed']) {
      const { body, headers } = await get(house, `${address}?in=ar`);
      expect(headers).toMatchObject(HEADER_SETS.framed);
      expect(headers['content-security-policy']).toContain('frame-ancestors *');
      expect(headers['set-cookie']).toBeUndefined();
      expect(body).toContain('<html lang="ar" dir="rtl">');
      expect(body, address).not.toMatch(/<script|<form|<button|<input/);
    }
    // Nothing else may be framed.
    expect(String((await get(house, page())).headers['content-security-policy'])).toContain("frame-ancestors 'none'");
  });

  it('is in the feeds of its place and of the authority, not in another place’s', async () => {
    const feed = await get(house, '/replies/strathlorn/clusters/nor/feed');
    expect(feed.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(feed.body).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?>\s*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/,
    );
    expect(feed.body).toContain(`<id>http://localhost:80${page()}#reply</id>`);
    expect((await get(house, '/replies/strathlorn/feed?in=ar')).body).toContain(REPLY['title-child-ar']);
    const other = (await get(house, '/replies/strathlorn/clusters/eas/feed')).body;
    expect(other).not.toContain('<entry');
    expect(other).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
  });
});

describe('news after a reply', () => {
  it('is refused without a language or a next day, and nothing typed is lost', async () => {
    const updates = `/replies/replies/${replyId}/updates`;
    const typed = { ...NEWS, 'words-ar': '', nextUpdateOn: '2026-05-01' };
    const refused = await post(house, updates, typed, planner);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('<a href="#words-ar">What is new (Arabic): this is missing.');
    expect(refused.body).toContain('<a href="#nextUpdateOn">Date of the next news: give a date after today, or say');
    expect(refused.body).toContain(`>${NEWS['words-en']}</textarea>`);
    expect((await get(house, page())).body).not.toContain('data-update=');
  });

  it('is added with its date beside what was said, which stays; sent twice it is one', async () => {
    clock.now = '2026-05-20T09:00:00.000Z';
    const news = { ...NEWS, nextUpdateOn: '2026-07-01' };
    for (let sent = 0; sent < 2; sent += 1) {
      const { headers } = await post(house, `/replies/replies/${replyId}/updates`, news, planner);
      expect(headers.location).toBe(`/replies/replies/${replyId}?done=updated`);
    }
    const { body } = await get(house, page());
    expect(body.match(/data-update=/g)).toHaveLength(1);
    for (const words of [NEWS['words-en'], '20 May 2026', 'Next news by 1 July 2026.', REPLY['weDid-child-en']!])
      expect(body).toContain(words);
    expect(body).toContain('data-promise-followedup="kept"');
    expect((await get(house, '/replies/strathlorn/feed')).body).toContain(`<summary>${NEWS['words-en']}</summary>`);
  });

  it('cannot be changed or taken away', async () => {
    const { query } = house.services.database;
    await expect(query.updateTable('reply_update_words').set({ words: 'Never said.' }).execute()).rejects.toThrow();
    await expect(query.deleteFrom('reply_updates').execute()).rejects.toThrow();
  });

  it('that does not come is listed in public, on the page of the authority, from the day after', async () => {
    clock.now = '2026-07-01T23:00:00.000Z';
    expect((await get(house, '/replies/strathlorn')).body).toContain('No news is late.');
    clock.now = '2026-07-02T09:00:00.000Z';
    const authority = (await get(house, '/replies/strathlorn')).body;
    expect(authority).toContain('data-overdue-list="1"');
    expect(authority).toContain('promised for 1 July 2026');
    const { body } = await get(house, page());
    expect(body).toContain('data-overdue="yes"');
    expect(body).toContain('data-promise-followedup="late"');
    clock.now = '2026-07-03T09:00:00.000Z';
    await post(
      house,
      `/replies/replies/${replyId}/updates`,
      { ...NEWS, 'words-en': 'All done.', last: 'yes' },
      planner,
    );
    expect((await get(house, '/replies/strathlorn')).body).toContain('No news is late.');
    // It came, but not by its day.
    expect((await get(house, page())).body).toContain('data-promise-followedup="late"');
    expect((await get(house, page())).body).toContain('No more news is due: this is settled.');
  });
});

describe('the loop of an authority', () => {
  it('says how its replies keep the four promises, and how many priorities have one', async () => {
    expect((await get(house, '/replies/strathlorn')).body).toContain('No finding is marked as a priority yet.');
    await post(house, `${finding}/priority`, {}, planner);
    const cell = cellOf(wave.releaseId, { node: 'authority' });
    const open = await post(house, '/replies/findings', { ...cell, whyItMatters: 'All over.' }, planner);
    await post(house, `${String(open.headers.location).split('?')[0]}/priority`, {}, planner);
    // What can never be answered in public is not counted against anybody.
    const ofSchool = cellOf(wave.releaseId, { band: 's1-s2' });
    const never = await post(house, '/replies/findings', { ...ofSchool, whyItMatters: 'One school.' }, planner);
    await post(house, `${String(never.headers.location).split('?')[0]}/priority`, {}, planner);
    const { body } = await get(house, '/replies/strathlorn');
    expect(body).toContain('data-priorities="1/2"');
    expect(body).toContain('1 of 2 findings that planners marked as priorities have a reply.');
    expect(body).toContain('data-promise-full="1"');
    // No forum has read it.
    expect(body).toContain('data-promise-friendly="0"');
    expect(body).toContain('data-promise-fast="30"');
  });

  it('is in Arabic too', async () => {
    const { body } = await get(house, '/replies/strathlorn', { cookie: 'heard-language=ar' });
    expect(body).toContain('الوعود الأربعة');
    expect(body).toContain('1 من 2 من الاستنتاجات');
  });
});
