import { expect, test, type Page } from '@playwright/test';
import { axeFaults, makeCodes, openWindow } from '../support/people.ts';

/* A pupil in class: from the slip to the thank-you page, with and without JavaScript, in both languages. */

const codes: string[] = [];
test.beforeAll(async ({ browser }, worker) => {
  // Each worker takes a school of its own: making codes again kills the unused ones.
  codes.push(...(await makeCodes(browser, 3 + worker.parallelIndex)));
});

async function beClean(page: Page): Promise<void> {
  expect(await axeFaults(page), page.url()).toEqual([]);
}

for (const language of ['en', 'ar'] as const) {
  for (const javaScript of [true, false]) {
    test(`in ${language}, JavaScript ${javaScript ? 'on' : 'off'}`, async ({ browser }) => {
      const page = await openWindow(browser, { language, javaScript, width: 360 });
      // axe is a script of its own, so it can only look where scripts run.
      const look = javaScript ? beClean : async () => undefined;
      await page.goto('/');
      await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
      await look(page);
      await page.locator('#code').fill(codes.pop()!);
      await page.locator('main form button').click();
      await expect(page).toHaveURL(/\/respond\/assent$/);
      await look(page);
      await page.locator('button[value="yes"]').click();
      // Without the choice the page asks again.
      await expect(page.locator('#faults')).toBeVisible();
      await look(page);
      await page.locator('#time-keep').check();
      await page.locator('button[value="yes"]').click();
      await answerEverything(page, look);
      await expect(page).toHaveURL(/\/respond\/check$/);
      await look(page);
      await page
        .getByRole('link', { name: language === 'ar' ? /^تغيير/ : /^Change/ })
        .first()
        .click();
      await expect(page.locator('input[name="answer"]:checked')).toHaveCount(1);
      await page.locator('button[value="next"]').click();
      await expect(page).toHaveURL(/\/respond\/check$/);
      await page.locator('form[action="/respond/sending"] button').click();
      await expect(page).toHaveURL(/\/respond\/finished\?reference=/);
      await look(page);
      // Back, then sending again, ends on the same page.
      const end = page.url();
      await page.goBack();
      await page.goto(end);
      await expect(page.locator('h1')).toBeVisible();
    });
  }
}

async function answerEverything(page: Page, look: (page: Page) => Promise<unknown>): Promise<void> {
  for (let number = 0; number < 30 && /\/pages\/\d+$/.test(page.url()); number += 1) {
    await look(page);
    const noSidewaysScroll = await page.locator('html').evaluate((html) => html.scrollWidth <= html.clientWidth);
    expect(noSidewaysScroll, page.url()).toBe(true);
    if ((await page.locator('input[name="answer"]').count()) > 0)
      await page
        .locator('input[name="answer"]')
        .nth(number % 3)
        .check();
    await page.locator('button[value="next"]').click();
  }
}

test('by keyboard alone', async ({ browser }) => {
  const page = await openWindow(browser);
  await page.goto('/');
  await tabTo(page, '#code');
  await page.keyboard.type(codes.pop()!);
  await page.keyboard.press('Enter');
  await page.waitForURL(/assent$/);
  await tabTo(page, '#time-keep');
  await page.keyboard.press('Space');
  await tabTo(page, 'button[value="yes"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/pages\/1$/);
  for (let number = 0; number < 30 && /\/pages\/\d+$/.test(page.url()); number += 1) {
    const before = page.url();
    if ((await page.locator('input[name="answer"]').count()) > 0) {
      await tabTo(page, 'input[name="answer"]');
      await page.keyboard.press('Space');
    }
    await tabTo(page, 'button[value="next"]');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== before);
  }
  await tabTo(page, 'form[action="/respond/sending"] button');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/finished/);
});

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (!there) continue;
    // Whoever comes by keyboard sees where they are.
    const ring = await page.locator(`${selector}:focus`).evaluate((element) => {
      const shown = element.closest('.answer') ?? element;
      return getComputedStyle(shown).outlineStyle;
    });
    expect(ring).not.toBe('none');
    return;
  }
  throw new Error(`60 presses of Tab did not reach ${selector}.`);
}
