import { expect, test, type Locator, type Page } from '@playwright/test';
import { DEMONSTRATION_PASSWORD } from '../../server/commands/seed.ts';
import { axeFaults } from '../support/axe.ts';
import { openWindow, signIn } from '../support/people.ts';

/* A board of the demonstration's forum by keyboard alone, by touch on a phone, and in the order in which it is read aloud. */

/** Of this run alone, so that journeys can be run again on the same server. */
const RUN = process.pid;
const HEADING = `Evenings ${RUN}`;

/** More than there are stops on the page of an event. */
const MOST_STOPS = 200;

test.describe.configure({ mode: 'serial' });

let eventPath = '';
/** Two members, each in a window of their own from test to test: signing in takes a second. */
let member: Page;
let other: Page;

/** Signs a member in by the name that they chose. */
async function signInAs(page: Page, name: string): Promise<void> {
  await page.goto('/people/sign-in');
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(DEMONSTRATION_PASSWORD);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/people$/);
}

/** Goes to the ideas of the seeded board. */
async function toIdeas(page: Page): Promise<void> {
  await page.goto('/studio/boards');
  await page.getByRole('link', { name: 'After school' }).click();
  await page.getByRole('link', { name: 'Our ideas' }).first().click();
  await expect(page.locator('h1')).toHaveText('Our ideas');
  eventPath = new URL(page.url()).pathname;
}

/** What others did since this person looked waits until they want to see it; other journeys come by here too. */
async function seeChanges(page: Page): Promise<void> {
  const show = page.getByRole('button', { name: 'Show them' });
  if ((await show.count()) === 0) return;
  await show.focus();
  await page.keyboard.press('Enter');
  await expect(show).toHaveCount(0);
}

/** Presses Tab until something has the focus, as somebody who uses no mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never led to ${target.toString()}: expected it within ${MOST_STOPS} presses.`);
}

const cardOf = (page: Page, words: string) => page.locator('.board-card').filter({ hasText: words });

async function expectClean(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  const fits = await page.locator('html').evaluate((html) => html.scrollWidth <= html.clientWidth);
  expect(fits, 'nothing scrolls sideways').toBe(true);
}

test('a youth worker makes a heading to sort cards under', async ({ browser }) => {
  const page = await openWindow(browser);
  await signIn(page, 'youth-worker');
  await toIdeas(page);
  await page.locator('#new-heading').fill(HEADING);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: HEADING })).toBeVisible();
  await page.locator('summary').last().click();
  await expect(page.getByRole('button', { name: 'Rename it' }).last()).toBeVisible();
  await expectClean(page);
});

test('a member adds a card, moves it and gives it a star with the keyboard alone, and sees what waits', async ({
  browser,
}) => {
  const words = `A lamp ${RUN} that shows when the hall is open`;
  const page = await openWindow(browser);
  member = page;
  await signIn(page, 'forum-member');
  await toIdeas(page);
  await seeChanges(page);
  await tabTo(page, page.locator('#words'));
  await page.keyboard.type(words);
  await tabTo(page, page.locator('#linked'));
  await page.keyboard.type('The hall');
  await tabTo(page, page.getByRole('button', { name: 'Add the card' }));
  await page.keyboard.press('Enter');
  const card = cardOf(page, words);
  await expect(card).toBeVisible();

  await tabTo(page, card.getByRole('combobox', { name: 'Move to…' }));
  await page.keyboard.type(HEADING);
  await tabTo(page, card.getByRole('button', { name: 'Move', exact: true }));
  await page.keyboard.press('Enter');
  const section = page.getByRole('region', { name: HEADING });
  await expect(section.getByText(words)).toBeVisible();

  await tabTo(page, card.getByRole('button', { name: 'Give a star' }));
  await page.keyboard.press('Enter');
  await expect(card.getByRole('button', { name: 'Take my star back' })).toBeVisible();
  await expectClean(page);

  other = await openWindow(browser, { width: 360, touch: true });
  await signInAs(other, 'paper kite');
  await other.goto(eventPath);
  await seeChanges(other);
  await other.locator('#words').fill(`A key box ${RUN} by the door`);
  await other.locator('#linked').selectOption({ index: 1 });
  await other.getByRole('button', { name: 'Add the card' }).click();
  await page.reload();
  await expect(page.getByText('change since you looked')).toBeVisible();
  await expect(page.locator('#cards').getByText(`A key box ${RUN} by the door`)).toHaveCount(0);
  await tabTo(page, page.getByRole('button', { name: 'Show them' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('#cards').getByText(`A key box ${RUN} by the door`)).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'See it as a picture' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('#picture')).toBeInViewport();
  await expect(page.locator('.board-column').filter({ hasText: HEADING })).toContainText(words);
});

test('headings and cards are read aloud in the order of the list, in both languages', async () => {
  const page = member;
  for (const language of ['en', 'ar'] as const) {
    await page.goto(`/languages/${language}?back=${encodeURIComponent(eventPath)}`);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const list = page.locator('#cards');
    const seen = await list.locator('h2, .said-words').allTextContents();
    const tree = await list.ariaSnapshot();
    expect(seen.length).toBeGreaterThan(3);
    let from = 0;
    for (const words of seen) {
      // Words of a card may stand once more where another one is linked to it: what counts is what comes next.
      from = tree.indexOf(words.trim(), from);
      expect(from, `"${words}" comes after what stands before it`).toBeGreaterThanOrEqual(0);
    }
    // On the screen they stand in the same order, from the top down.
    const tops = await list
      .locator('h2, .said-words')
      .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().top));
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));
    await expectClean(page);
  }
});

test('a card is moved and given a star by touch on a phone', async () => {
  const page = other;
  await page.goto(eventPath);
  await seeChanges(page);
  const card = page
    .locator('.board-card')
    .filter({ has: page.getByRole('button', { name: 'Give a star' }) })
    .first();
  const words = (await card.locator('.said-words').textContent())!;
  for (const control of await card.locator('button, select').all()) {
    const { height } = (await control.boundingBox())!;
    expect(height, 'room for a finger').toBeGreaterThanOrEqual(40);
  }
  await card.getByRole('combobox').selectOption({ label: HEADING });
  await card.getByRole('button', { name: 'Move', exact: true }).tap();
  await expect(page.getByRole('region', { name: HEADING }).getByText(words)).toBeVisible();
  const moved = cardOf(page, words);
  await moved.getByRole('button', { name: 'Give a star' }).tap();
  await expect(moved.getByRole('button', { name: 'Take my star back' })).toBeVisible();
  await expectClean(page);
});
