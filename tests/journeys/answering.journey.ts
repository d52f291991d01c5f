import { expect, test, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { growOld } from '../support/old-engine.ts';
import { axeFaults } from '../support/axe.ts';
import { address, codesOf, parentLink } from '../support/people.ts';
import {
  agree,
  answerEverything,
  answerPage,
  fillPage,
  fits,
  leads,
  press,
  send,
  typeCode,
  type Manner,
} from '../support/respondent.ts';

/*
 * Everybody who answers, in every circumstance that the product promises: from the way in to the thank-you.
 */
interface Circumstance {
  name: string;
  language?: 'en' | 'ar';
  options?: BrowserContextOptions;
  keyboard?: true;
  oldEngine?: true;
  /** The line goes down on the third page, and comes back. */
  offline?: true;
  /** axe looks at each page that is built otherwise than those before. It is a script of its own, so it can only look where scripts run. */
  axe?: true;
}

const PHONE = { viewport: { width: 320, height: 640 } };

const CIRCUMSTANCES: Circumstance[] = [
  { name: 'on a phone of 320 px', options: PHONE, axe: true },
  { name: 'in Arabic', language: 'ar', options: PHONE },
  { name: 'without JavaScript', options: { javaScriptEnabled: false } },
  { name: 'by keyboard alone', keyboard: true },
  // A window of 1280 × 1024 px at 400 % shows as much as one of 320 × 256 px.
  { name: 'at 400 % zoom', options: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } },
  { name: 'with forced colours', options: { forcedColors: 'active' } },
  { name: 'in an engine of 2021', oldEngine: true },
  { name: 'offline and back', offline: true },
];

interface Person {
  name: string;
  /** Pages at least that the survey has for them. */
  pages: number;
  arrive(manner: Manner, turn: number): Promise<void>;
}

const PEOPLE: Person[] = [
  {
    name: 'a P5 pupil',
    pages: 30,
    arrive: async (manner, turn) => {
      await typeCode(manner, codesOf('P5')[turn]!);
      await agree(manner);
    },
  },
  {
    name: 'an S4 pupil',
    pages: 38,
    arrive: async (manner, turn) => {
      await typeCode(manner, codesOf('S4')[turn]!);
      await agree(manner);
    },
  },
  {
    name: 'an easy-read pupil with a supporter',
    pages: 18,
    arrive: async (manner, turn) => {
      await typeCode(manner, codesOf('P5')[CIRCUMSTANCES.length + turn]!);
      await leads(manner, () => press(manner, manner.page.locator('a[href="/respond/ways"]')));
      await manner.look(manner.page);
      for (const name of ['easyRead', 'supporter']) await manner.page.locator(`input[name="${name}"]`).check();
      await leads(manner, () => press(manner, manner.page.locator('form[action="/respond/ways"] button')));
      await agree(manner, 'none');
    },
  },
  {
    name: 'a parent',
    pages: 18,
    arrive: async (manner) => {
      const { page, look } = manner;
      await page.goto(parentLink());
      await look(page);
      await leads(manner, () => press(manner, page.locator('form[action$="/sessions"] button')));
      await look(page);
      await leads(manner, () => press(manner, page.locator('main a.button')));
      await agree(manner, 'none');
    },
  },
];

async function openPage(browser: Browser, { options, language = 'en', oldEngine }: Circumstance): Promise<Page> {
  const context = await browser.newContext({ baseURL: address(), viewport: { width: 1280, height: 900 }, ...options });
  await context.addCookies([{ name: 'heard-language', value: language, url: address() }]);
  const page = await context.newPage();
  if (oldEngine) await growOld(page);
  return page;
}

/** What a page is made of: its elements with their classes and kinds, each once. */
function buildOf(page: Page): Promise<string> {
  return page.locator('main').evaluate((main) => {
    const parts = [...main.querySelectorAll('*')].map(
      (element) => `${element.tagName}.${element.className}.${element.getAttribute('type') ?? ''}`,
    );
    return [...new Set(parts)].toSorted().join(' ');
  });
}

/** Answers a page while the line is down; it is sent when the line is back, once. */
async function answerOffline(manner: Manner): Promise<void> {
  const { page } = manner;
  await fillPage(manner);
  const url = page.url();
  await page.context().setOffline(true);
  await press(manner, page.locator('button[value="next"]'));
  await expect(page.getByRole('status').filter({ hasText: 'not sent yet' })).toBeVisible();
  expect(page.url()).toBe(url);
  await page.context().setOffline(false);
  await page.waitForURL((next) => next.href !== url);
  // The service worker may find the line later than the page does: its own page stands in until it tries again.
  await expect(page.locator('button[value="next"]')).toBeVisible({ timeout: 30_000 });
}

for (const [turn, circumstance] of CIRCUMSTANCES.entries()) {
  for (const person of PEOPLE) {
    test(`${person.name}, ${circumstance.name}`, async ({ browser }) => {
      const page = await openPage(browser, circumstance);
      const looked = new Set<string>();
      const manner: Manner = {
        page,
        keyboard: circumstance.keyboard ?? false,
        look: async (shown) => {
          await fits(shown);
          // axe needs a second a page: one page of each build is enough, and two of one kind differ in words alone.
          const build = await buildOf(shown);
          if (!circumstance.axe || looked.has(build)) return;
          looked.add(build);
          expect(await axeFaults(shown), shown.url()).toEqual([]);
        },
      };
      // With its ticket a device can hand in an answer that waited for the line.
      const ticket = circumstance.offline && page.waitForResponse((reply) => reply.url().endsWith('/respond/tickets'));
      await person.arrive(manner, turn);
      let early = 0;
      if (circumstance.offline) {
        await ticket;
        for (; early < 2; early += 1) await answerPage(manner);
        await answerOffline(manner);
        early += 1;
      }
      expect(early + (await answerEverything(manner))).toBeGreaterThanOrEqual(person.pages);
      await send(manner);
      await page.context().close();
    });
  }
}

test('whoever presses on too early is asked, and an answer can be changed before it is sent', async ({ browser }) => {
  const page = await openPage(browser, { name: 'plain' });
  const manner: Manner = { page, keyboard: false, look: async () => undefined };
  await typeCode(manner, codesOf('P5')[2 * CIRCUMSTANCES.length]!);
  await page.locator('button[value="yes"]').click();
  await expect(page.locator('#faults')).toBeFocused();
  await agree(manner);
  await page.locator('button[value="next"]').click();
  await expect(page.locator('#faults')).toBeFocused();
  expect(await axeFaults(page)).toEqual([]);
  await answerEverything(manner);
  await leads(manner, () =>
    page
      .getByRole('link', { name: /^Change/ })
      .first()
      .click(),
  );
  await expect(page.locator('input[name="answer"]:checked')).toHaveCount(1);
  await page.locator('input[name="answer"]').nth(1).check();
  await leads(manner, () => page.locator('button[value="next"]').click());
  await expect(page).toHaveURL(/\/respond\/check$/);
  await send(manner);
  const end = page.url();
  await page.goBack();
  await page.goto(end);
  await expect(page.locator('h1')).toBeVisible();
  await page.context().close();
});

test('an S4 pupil is told before the section that is kept apart, and nothing of it leads to a school', async ({
  browser,
}) => {
  const page = await openPage(browser, { name: 'plain' });
  const manner: Manner = { page, keyboard: false, look: async () => undefined };
  await typeCode(manner, codesOf('S4')[CIRCUMSTANCES.length]!);
  await agree(manner);
  const headings: string[] = [];
  while (/\/pages\/\d+$/.test(page.url())) {
    headings.push(await page.locator('h1').innerText());
    await answerPage(manner);
  }
  const apart = headings.findIndex((heading) => /apart/i.test(heading));
  expect(apart, headings.join(' | ')).toBeGreaterThan(headings.length / 2);
  await page.context().close();
});
