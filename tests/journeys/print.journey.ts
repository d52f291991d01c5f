import type { AddressInfo } from 'node:net';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { PART_LENGTHS, REPLY_PARTS } from '../../server/core/loop/reply.ts';
import { createFindingMarks } from '../../server/storage/finding-marks.ts';
import { SHEET } from '../../server/replies/plan/meeting-page.ts';
import { ACTION, get, post, publishReply, replyFields, writeReply } from '../replies/chain.ts';
import { cellOf, NORTHMUIR, releaseWave, type ReleasedWave } from '../replies/released.ts';
import { beginReport, publishReport, writeAll } from '../support/annual-report.ts';
import { AUTHORITY, openHouse, type House, type TestClock } from '../support/house.ts';

/* What is printed fits its sheet of A4, however much was written. */

let house: House;
let address: string;
let wave: ReleasedWave;
let planner: Record<string, string>;
const clock: TestClock = { now: '2026-05-01T09:00:00.000Z' };

test.beforeEach(async () => {
  clock.now = '2026-05-01T09:00:00.000Z';
  house = await openHouse({ clock });
  wave = await releaseWave(house.services.database, AUTHORITY);
  planner = await house.as('planner');
  await house.app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`;
});
test.afterEach(() => house.close());

/** As many words as a part may have, as people write them. */
function fill(words: string, length: number): string {
  return words
    .repeat(Math.ceil(length / words.length))
    .slice(0, length)
    .trim();
}

/** Room for what the words for other readers end in. */
const OTHER_READER = ' (easy-read)'.length;

function texts(words: string, share: number): Record<string, string> {
  return Object.fromEntries(
    REPLY_PARTS.map((part) => [part, fill(words, Math.floor((PART_LENGTHS[part] - OTHER_READER) * share))]),
  );
}

const ENGLISH = 'We made the whole way home lighter, wider and warmer for you. ';
const ARABIC = 'جعلنا الطريق كله إلى البيت أكثر إضاءة واتساعًا ودفئًا لكم جميعًا. ';

/** Sheets that a browser prints a page on. */
async function sheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  return [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
}

/** A page as somebody without scripts prints it. */
async function sheetsOf(browser: Browser, path: string, cookies: Record<string, string>): Promise<number> {
  const context = await browser.newContext({ baseURL: address, javaScriptEnabled: false });
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: address })));
  const page = await context.newPage();
  await page.goto(path);
  await expect(page.locator('h1')).toBeVisible();
  const count = await sheets(page);
  await context.close();
  return count;
}

for (const share of [0.25, 0.27, 0.52, 1]) {
  test(`a poster is one sheet with ${share * 100}% of the words that may be written`, async ({ browser }) => {
    const fields = replyFields({ en: texts(ENGLISH, share), ar: texts(ARABIC, share) });
    const { replyId, published } = await publishReply(house, planner, cellOf(wave.releaseId), fields);
    expect(published.statusCode).toBe(303);
    const poster = `/replies/${house.authorityId}/${replyId}/poster`;
    for (const language of ['en', 'ar'])
      expect(await sheetsOf(browser, poster, { 'heard-language': language }), language).toBe(1);
  });
}

/** More figures than a sheet holds findings. */
const CELLS = [
  ...['always', 'mostly', 'sometimes'].map((option) => ({ node: NORTHMUIR, item: 'feel-safe', option })),
  ...['authority', NORTHMUIR, 'cluster:eas'].map((node) => ({ node, item: 'feels-safe', option: 'yes' })),
];

test('the sheet for a meeting is one sheet when there is more of everything than it holds', async ({ browser }) => {
  const long = { ...ACTION, task: fill(ENGLISH, 120), lead: fill(ENGLISH, 120), dueOn: '2026-05-10' };
  const marks = createFindingMarks(house.services.database);
  expect(CELLS.length).toBeGreaterThan(SHEET.priorities);
  for (const cell of CELLS) {
    const { finding } = await writeReply(house, planner, cellOf(wave.releaseId, cell));
    await marks.setPriority(finding.split('/').at(-1)!, true, house.accounts.planner, clock.now);
    await post(house, `${finding}/actions`, long, planner);
  }
  // A day on which every action is overdue and news of the published replies is due.
  clock.now = '2026-05-28T09:00:00.000Z';
  const cookie = (await house.as('planner')).cookie!;
  for (const language of ['en', 'ar']) {
    const cookies = { 'heard-staff': /heard-staff=([^;]+)/.exec(cookie)![1]!, 'heard-language': language };
    expect(await sheetsOf(browser, '/replies/dashboard/meeting', cookies), language).toBe(1);
  }
  const { body } = await get(house, '/replies/dashboard/meeting', await house.as('planner'));
  expect(body).toMatch(/class="notice"/);
});

/** Points of A4 as a browser writes them, to the whole point. */
const A4 = '595 842';

test('an annual report is printed on A4 in both versions and languages, with nothing around it', async ({
  browser,
}) => {
  await publishReply(house, planner, cellOf(wave.releaseId));
  clock.now = '2026-08-20T09:00:00.000Z';
  const report = await beginReport(house, planner);
  await writeAll(house, planner, report);
  expect((await publishReport(house, planner, report)).statusCode).toBe(303);
  const path = `/replies/${house.authorityId}/annual/${report.split('/').at(-1)!}`;
  const context = await browser.newContext({ baseURL: address, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.emulateMedia({ media: 'print' });
  const counts: Record<string, number> = {};
  for (const asked of ['in=en', 'in=ar', 'in=en&for=child', 'in=ar&for=child']) {
    await page.goto(`${path}?${asked}`);
    for (const around of ['header .bar', 'nav', '.no-print']) {
      for (const one of await page.locator(around).all()) await expect(one).toBeHidden();
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(
      new Set(sizes.map(([, width, height]) => `${Math.round(Number(width))} ${Math.round(Number(height))}`)),
    ).toEqual(new Set([A4]));
    counts[asked] = sizes.length;
  }
  // Adults get more than children, and children no booklet.
  expect(counts['in=en&for=child']).toBeLessThan(counts['in=en']!);
  expect(counts['in=en&for=child']).toBeLessThanOrEqual(2);
  await context.close();
});
