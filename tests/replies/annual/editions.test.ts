import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyWords } from '../../../server/core/loop/plan/words.ts';
import { createPlan } from '../../../server/storage/plan.ts';
import {
  beginReport,
  post,
  publishReport,
  sectionFields,
  withdrawEdition,
  writeAll,
  writeSection,
} from '../../support/annual-report.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../../support/house.ts';
import { get } from '../chain.ts';
import { ENTRY, makeEntry } from '../engagement/visits.ts';

/* A report of a year that is over, in a demonstration: what everybody may read of it, and what they may not any more. */

let house: House;
let planner: Record<string, string>;
let clock: TestClock;
let report: string;

const idOf = (href: string) => href.split('/').at(-1)!;
const publicPage = (asked = '') => `/replies/strathlorn/annual/${idOf(report)}${asked}`;
const draft = async (asked = '') => (await get(house, `${report}/draft${asked}`, planner)).body;
const plain = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ');

beforeEach(async () => {
  clock = { now: '2026-08-20T09:00:00.000Z' };
  house = await openHouse({ clock, authority: { ...AUTHORITY, kind: 'demonstration' } });
  planner = await house.as('planner');
  const words = { ...emptyWords(), task: 'Youth club on Fridays', lead: 'Youth Work', dueOn: '2027-03-31', aims: ['wellbeing' as const] }; // prettier-ignore
  const club = { kind: 'make' as const, id: 'club', reference: '7.1', words };
  await createPlan(house.services.database).write(AUTHORITY.id, [club], null, '2026-05-01T09:00:00.000Z');
  report = await beginReport(house, planner);
});
afterEach(() => house.close());

describe('where a report is published', () => {
  it('is the end of the draft for adults, and of nothing else', async () => {
    expect(await draft()).not.toContain('name="fingerprint"');
    expect(plain(await draft())).toContain('It can be published when nothing is needed any more.');
    await writeAll(house, planner, report);
    const body = await draft();
    expect(body.indexOf('name="fingerprint"')).toBeGreaterThan(body.lastIndexOf('class="stack part-of-report"'));
    expect(await draft('?for=child')).not.toContain('name="fingerprint"');
    expect((await get(house, report, planner)).body).not.toContain('name="fingerprint"');
    await publishReport(house, planner, report);
    expect((await get(house, publicPage())).body).not.toContain('name="fingerprint"');
  });
});

describe('an edition that is withdrawn', () => {
  const REASON = 'A child was named in the opening.';
  const withdraw = (edition: number, reason = REASON, as = planner) =>
    withdrawEdition(house, as, report, edition, reason);

  beforeEach(async () => {
    await writeAll(house, planner, report);
    await publishReport(house, planner, report);
  });

  it('is shown to nobody any more, and its address says so in the language of the reader', async () => {
    clock.now = '2026-08-25T09:00:00.000Z';
    expect((await withdraw(1)).headers.location).toBe(`${report}?done=withdrawn`);
    for (const asked of ['', '?edition=1', '?for=child', '?edition=1&for=child']) {
      const gone = await get(house, publicPage(asked));
      expect(gone.statusCode, asked).toBe(410);
      expect(plain(gone.body)).toContain('Edition 1 of this report was withdrawn on 25 August 2026.');
      expect(plain(gone.body)).toContain('No edition of this report is published now.');
      expect(gone.body).not.toContain('We listened to you.');
      expect(gone.body).not.toContain(REASON);
    }
    const inArabic = await get(house, publicPage('?in=ar'));
    expect(inArabic.statusCode).toBe(410);
    expect(inArabic.body).toContain('<html lang="ar" dir="rtl">');
    expect(plain(inArabic.body)).toContain('سُحبت الطبعة 1 من هذا التقرير');
    expect((await get(house, publicPage('?edition=2'))).statusCode).toBe(404);
  });

  it('is in no list, and stays on the desk with its hash, the day and the reason', async () => {
    const list = async () => (await get(house, '/replies/annual', planner)).body;
    expect(await list()).toContain(`href="${publicPage()}"`);
    await withdraw(1);
    expect(await list()).not.toContain(`href="${publicPage()}"`);
    expect(plain(await list())).toContain('A draft: nothing of it is published.');
    expect((await get(house, '/replies/strathlorn')).body).not.toContain(publicPage());
    const { query } = house.services.database;
    const { sha256 } = await query.selectFrom('annual_report_editions').select('sha256').executeTakeFirstOrThrow();
    const desk = (await get(house, report, planner)).body;
    expect(desk).toContain(sha256);
    expect(plain(desk)).toContain(`Withdrawn on 20 August 2026 by planner, because: ${REASON}`);
    expect(desk).not.toContain('/editions/1/withdrawals');
  });

  it('leads to the newest edition that stands, which leaves it out too', async () => {
    await writeSection(house, planner, report, 'opening', sectionFields('opening', 'Nobody is named.'), 1);
    expect((await publishReport(house, planner, report)).statusCode).toBe(303);
    await withdraw(1);
    const gone = await get(house, publicPage('?edition=1'));
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain(`href="${publicPage()}"`);
    const newest = await get(house, publicPage());
    expect(newest.statusCode).toBe(200);
    expect(newest.body).toContain('Nobody is named.');
    expect(newest.body).not.toContain('edition=1');

    // The number of what was withdrawn is never given again.
    await withdraw(2);
    expect((await publishReport(house, planner, report)).statusCode).toBe(303);
    expect(plain((await get(house, publicPage())).body)).toContain('Edition 3, published');
  });

  it('needs a reason, is withdrawn once and is in the record', async () => {
    const refused = await withdraw(1, '  ');
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('href="#reason-1"');
    expect(refused.body).toContain('Nothing was withdrawn: say why.');
    expect((await get(house, publicPage())).statusCode).toBe(200);
    expect((await withdraw(7)).statusCode).toBe(404);
    await withdraw(1);
    expect((await withdraw(1, 'Another reason.')).statusCode).toBe(303);
    expect(plain((await get(house, report, planner)).body)).toContain(`because: ${REASON}`);
    const entries = await house.services.database.query
      .selectFrom('audit_entries')
      .select('subject')
      .where('action', '=', 'annual-report-withdrawn')
      .execute();
    expect(entries).toEqual([{ subject: `${idOf(report)}/1` }]);
  });

  it('is withdrawn by nobody but planners', async () => {
    expect((await withdraw(1, REASON, await house.as('auditor'))).statusCode).toBe(403);
    expect((await get(house, publicPage())).statusCode).toBe(200);
  });
});

describe('words that look like a name', () => {
  it('are listed wherever they were typed, with the way there, and hold nothing back', async () => {
    const { database } = house.services;
    const progress = { kind: 'progress', action: 'club', on: '2026-06-01', words: 'Thanks to Callum Reid.' } as const;
    await createPlan(database).write(AUTHORITY.id, [progress], null, clock.now);
    const entry = await makeEntry(house, planner, { title: 'Walking home' });
    const change = { ...ENTRY, said: 'Write to ailsa@example.org', basedOn: '1' };
    const asked = await post(house, entry, change, planner);
    const confirmed = /name="confirmed"[^>]* value="([^"]+)"/.exec(asked.body)![1]!;
    expect((await post(house, entry, { ...change, confirmed }, planner)).statusCode).toBe(303);
    await writeAll(house, planner, report);
    await writeSection(house, planner, report, 'next', sectionFields('next', 'We thank Morag of Strathlorn.'), 1);

    const { body } = await get(house, report, planner);
    const hits = [...body.matchAll(/<li data-lack="personal"><a href="([^"]+)">(.*?)<\/a>/g)];
    const listed = new Map(hits.map(([, href, words]) => [href, plain(words!)]));
    expect(listed.get('/replies/plan/actions/club')).toContain('Callum Reid');
    expect(listed.get(entry)).toContain('ailsa@example.org');
    expect(listed.get(`${report}/sections/next#adult-en`)).toContain('Morag');
    // The authority is nobody's name.
    expect(listed.get(`${report}/sections/next#adult-en`)).not.toContain('Strathlorn');
    expect((await publishReport(house, planner, report)).statusCode).toBe(303);
  });
});
