import { expect, type Browser, type Page } from '@playwright/test';
import { DEMONSTRATION_PASSWORD } from '../../server/commands/seed.ts';
import type { Role } from '../../server/core/roles.ts';

/** The server that the journeys use. */
export function address(): string {
  const found = process.env.HEARD_ADDRESS;
  if (!found) throw new Error('HEARD_ADDRESS is not set: run the journeys with `npm test`, which starts the server.');
  return found;
}

/** Addresses of the questions that `fillStudio` brought into the studio before the journeys began. */
export function proposals(): string[] {
  const found = process.env.HEARD_PROPOSALS;
  if (!found) throw new Error('HEARD_PROPOSALS is not set: run the journeys with `npm test`, which fills the studio.');
  return found.split(' ');
}

/** Codes of pupils of a stage that `start-for-journeys` made; each journey takes one that no other takes. */
export function codesOf(stage: 'P5' | 'S4'): string[] {
  const found = process.env[`HEARD_CODES_${stage}`];
  if (!found) throw new Error('HEARD_CODES are not set: run the journeys with `npm test`, which makes them.');
  return found.split(' ');
}

/** The address of a link to the survey of parents. */
export function parentLink(): string {
  const found = process.env.HEARD_PARENT_LINK;
  if (!found) throw new Error('HEARD_PARENT_LINK is not set: run the journeys with `npm test`, which makes it.');
  return found;
}

/** A page of a browser window in a language. */
export async function openWindow(
  browser: Browser,
  options: { language?: 'en' | 'ar'; javaScript?: boolean; width?: number; dark?: boolean; touch?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address(),
    javaScriptEnabled: options.javaScript ?? true,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.touch ?? false,
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

/** Makes the codes of one school of a sector. @returns those of one stage */
export async function codesOfStage(
  browser: Browser,
  sector: 'primary' | 'secondary',
  stage: string,
): Promise<string[]> {
  const page = await openWindow(browser);
  await signIn(page, 'administrator');
  await page.goto('/fieldwork');
  await page.getByRole('link', { name: /^Now open/ }).click();
  await page
    .getByRole('row', { name: sector === 'primary' ? /Primary/ : /High|Academy/ })
    .last()
    .getByRole('button', { name: /^Make codes for/ })
    .click();
  const slips = page.locator('li.slip', { has: page.locator('[data-code]') });
  const codes = await slips.filter({ hasText: stage }).locator('[data-code]').allTextContents();
  await page.context().close();
  return codes;
}

const QUESTIONS = ['Is there enough to do at weekends?', 'Do you like your way to school?', 'Is lunch long enough?'];

/** Brings a question to each step of the studio. @returns addresses: one proposed, one agreed, one approved */
export async function fillStudio(browser: Browser): Promise<string[]> {
  const proposals: string[] = [];
  const [member, worker, approver] = [await openWindow(browser), await openWindow(browser), await openWindow(browser)];
  await signIn(member, 'forum-member');
  await signIn(worker, 'youth-worker');
  await signIn(approver, 'approver');
  for (const [steps, question] of QUESTIONS.entries()) {
    const proposal = await propose(member, question);
    proposals.push(proposal);
    if (steps >= 1) {
      await worker.goto(proposal);
      await worker.locator('[name="outcome"][value="agreed"]').check();
      await worker.locator('[name="counted"][value="in-the-room"]').check();
      await worker.locator('[name="inFavour"]').fill('9');
      await worker.locator('form[action$="/decisions"] button').click();
    }
    if (steps >= 2) {
      await approver.goto(proposal);
      await approver.locator('[name="outcome"][value="approved"]').check();
      await approver.locator('[name="legalBasis"][value="public-task"]').check();
      await approver.locator('[name="specialCondition"][value="none"]').check();
      await approver.locator('[name="sensitivity"][value="low"]').check();
      await approver.locator('[name="reason"]').fill('Many of you asked for it.');
      await approver.locator('form[action$="/checks"] button').click();
    }
  }
  await Promise.all([member, worker, approver].map((page) => page.context().close()));
  return proposals;
}

/** @returns the address of the proposal */
async function propose(page: Page, question: string): Promise<string> {
  await page.goto('/studio/proposals/new');
  await page.locator('[name="survey"][value="primary"]').check();
  await page.locator('[name="question"]').fill(question);
  await page.locator('[name="kind"][value="one-choice"]').check();
  await page.locator('[name="look"][value="kind"]').click();
  await page.locator('[name="option"]').nth(0).fill('Yes');
  await page.locator('[name="option"]').nth(1).fill('No');
  await page.locator('[name="domain"]').selectOption('local-area');
  await page.locator('[name="why"]').fill('We talked about it for a long time.');
  await page.locator('form[action="/studio/proposals"] .row > button').click();
  await expect(page).toHaveURL(/\/studio\/proposals\/[\w-]{20,}/);
  return new URL(page.url()).pathname;
}
