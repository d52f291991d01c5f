import { expect, test, type Page } from '@playwright/test';
import { asOldEnginesReadIt, growOld } from '../support/old-engine.ts';
import { makeCodes, openWindow } from '../support/people.ts';

/* With all that engines of 2021 drop taken out of our styles, each key page is laid out as before. */

/** Where everything stands on a page, in whole pixels. */
function layoutOf(page: Page): Promise<string[]> {
  return page.locator('body *').evaluateAll((elements) =>
    elements.map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return `${element.tagName} ${[left, top, width, height].map(Math.round).join(' ')}`;
    }),
  );
}

test('what an old engine drops is found and taken out', () => {
  const css = 'a{b:c}@layer x,y;@layer z{d{e:f}g{h:i}}.answer:has(:checked){j:k}@media (x){l:has(m){n:o}p{q:r}}s{t:u}';
  expect(asOldEnginesReadIt(css)).toBe('a{b:c}@media (x){p{q:r}}s{t:u}');
});

for (const [language, width] of [
  ['en', 360],
  ['ar', 1280],
] as const) {
  test(`in an old engine pages stand as in a new one (${language}, ${width})`, async ({ browser }) => {
    const code = (await makeCodes(browser, width === 360 ? 3 : 4)).pop()!;
    const page = await openWindow(browser, { language, width });
    const old = await openWindow(browser, { language, width });
    await growOld(old);

    async function compare(): Promise<void> {
      await old.context().addCookies(await page.context().cookies());
      await old.goto(page.url());
      expect(await layoutOf(old), page.url()).toEqual(await layoutOf(page));
    }

    for (const url of ['/', '/help', '/studio/kinds', '/replies', '/people/sign-in']) {
      await page.goto(url);
      await compare();
    }
    await page.goto('/');
    await page.locator('#code').fill(code);
    await page.locator('main form button').first().click();
    await compare();
    await page.locator('#time-keep').check();
    await page.locator('button[name="decision"][value="yes"]').click();
    await page.waitForURL(/picture-choice$/);
    await compare();
    await page.locator('input[name="picture"]').first().check();
    await page.locator('form[action="/respond/picture-choice"] button').click();
    await page.waitForURL(/\/pages\/\d+$/);
    for (let number = 0; number < 4; number += 1) {
      await compare();
      const before = page.url();
      await page.locator('button[name="move"][value="skip"]').click();
      await page.waitForURL((url) => url.href !== before);
    }
    await Promise.all([page.context().close(), old.context().close()]);
  });
}
