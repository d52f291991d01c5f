import { expect, type Browser, type Page } from '@playwright/test';
import { DEMONSTRATION_PASSWORD } from '../../server/commands/seed.ts';
import type { Role } from '../../server/core/roles.ts';

/** The server that the journeys use. */
export function address(): string {
  const found = process.env.HEARD_ADDRESS;
  if (!found) throw new Error('HEARD_ADDRESS is not set: run the journeys with `npm test`, which starts the server.');
  return found;
}

/** A page of a browser window in a language. */
export async function openWindow(
  browser: Browser,
  options: { language?: 'en' | 'ar'; javaScript?: boolean; width?: number; dark?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address(),
    javaScriptEnabled: options.javaScript ?? true,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  });
  await context.addCookies([{ name: 'heard-language', value: options.language ?? 'en', url: address() }]);
  return context.newPage();
}

/** Signs somebody with this role in through the page. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto('/people/sign-in');
  await page.locator('#name').fill(role);
  await page.locator('#password').fill(DEMONSTRATION_PASSWORD);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/people$/);
}

/** Makes codes for a school of the open wave, as the administrator does. Schools are counted from the top of the list. */
export async function makeCodes(browser: Browser, school: number): Promise<string[]> {
  const page = await openWindow(browser);
  await signIn(page, 'administrator');
  await page.goto('/fieldwork');
  await page.getByRole('link', { name: /^Now open/ }).click();
  await page
    .getByRole('button', { name: /^Make codes for/ })
    .nth(school)
    .click();
  const codes = await page.locator('[data-code]').allTextContents();
  await page.context().close();
  return codes;
}

/** Everything that axe finds on a page, in words; empty when it is clean. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { AxeBuilder } = await import('@axe-core/playwright');
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}
