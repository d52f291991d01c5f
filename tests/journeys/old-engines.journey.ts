import { expect, test, type Page } from '@playwright/test';
import { makeCodes, openWindow } from '../support/people.ts';

/*
 * Engines of 2021 (Safari 14, Chrome 90, Firefox 91) drop cascade layers whole, and every rule whose
 * selector they do not know. With all of that taken out of our styles, each key page is laid out as before.
 */
const MODERN_SELECTOR = /:has\(|:focus-visible/;

/** A style sheet as an old engine understands it: no layers, no rule with a selector that it does not know. */
function asOldEnginesReadIt(css: string): string {
  const withoutComments = css.replaceAll(/\/\*[^]*?\*\//g, '');
  const withoutLayers = withoutBlocks(withoutComments, /@layer[^{;]*[{;]/);
  return withoutLayers.replaceAll(/[^{}]+\{[^{}]*\}/g, (rule) =>
    MODERN_SELECTOR.test(rule.slice(0, rule.indexOf('{'))) ? '' : rule,
  );
}

/** Takes out every block that begins so, up to its closing brace. */
function withoutBlocks(css: string, beginning: RegExp): string {
  const found = beginning.exec(css);
  if (!found) return css;
  let end = found.index + found[0].length;
  for (let depth = found[0].endsWith('{') ? 1 : 0; depth > 0 && end < css.length; end += 1) {
    if (css[end] === '{') depth += 1;
    if (css[end] === '}') depth -= 1;
  }
  return withoutBlocks(css.slice(0, found.index) + css.slice(end), beginning);
}

async function growOld(page: Page): Promise<void> {
  await page.route('**/*.css*', async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: asOldEnginesReadIt(await reply.text()) });
  });
}

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

    for (const url of ['/', '/help', '/replies', '/people/sign-in']) {
      await page.goto(url);
      await compare();
    }
    await page.goto('/');
    await page.locator('#code').fill(code);
    await page.locator('main form button').first().click();
    await compare();
    await page.locator('#time-keep').check();
    await page.locator('button[name="decision"][value="yes"]').click();
    for (let number = 0; number < 4; number += 1) {
      await compare();
      const before = page.url();
      await page.locator('button[name="move"]').first().click();
      // A blank answer is asked about once; then it is skipped.
      if (page.url() === before) await page.locator('button[name="move"][value="skip"]').click();
      expect(page.url()).not.toBe(before);
    }
    await Promise.all([page.context().close(), old.context().close()]);
  });
}
