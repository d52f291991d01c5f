import { expect, type Locator, type Page } from '@playwright/test';

/*
 * Somebody who answers in a browser, with a pointer or by keyboard alone. Knows pages only by what stands on them.
 */
export interface Manner {
  page: Page;
  keyboard: boolean;
  /** What is looked at on every page. */
  look: (page: Page) => Promise<void>;
}

const QUESTION = /\/respond\/pages\/\d+$/;
const MOST_PAGES = 90;

/** Presses Tab until the wanted control has the focus, which must show. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  const wanted = await control.elementHandle();
  for (let press = 0; press < 150; press += 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((element) => {
      const focused = document.activeElement;
      if (focused === element) return true;
      // Radios of one group are one stop: arrows go on from there.
      const [one, other] = [focused, element] as { type?: string; name?: string; form?: unknown }[];
      return one?.type === 'radio' && other?.type === 'radio' && one.name === other.name && one.form === other.form;
    }, wanted);
    if (!there) continue;
    const ring = await page.evaluate(() => {
      const focused = document.activeElement!;
      return [focused, focused.closest('.answer')].some(
        (element) => element !== null && getComputedStyle(element).outlineStyle !== 'none',
      );
    });
    expect(ring, `the focus shows on ${page.url()}`).toBe(true);
    return;
  }
  throw new Error(`150 presses of Tab did not reach ${String(control)} on ${page.url()}.`);
}

/** Presses a button or follows a link. */
export async function press({ page, keyboard }: Manner, control: Locator): Promise<void> {
  if (!keyboard) return control.click();
  await tabTo(page, control);
  await page.keyboard.press('Enter');
}

/** Chooses a radio or ticks a box. */
async function choose({ page, keyboard }: Manner, control: Locator): Promise<void> {
  if (!keyboard) return control.check();
  await tabTo(page, control);
  await page.keyboard.press('Space');
}

async function type({ page, keyboard }: Manner, control: Locator, words: string): Promise<void> {
  if (!keyboard) return control.fill(words);
  await tabTo(page, control);
  await page.keyboard.type(words);
}

/** Does something that leads to another page. */
export async function leads(manner: Manner, action: () => Promise<void>): Promise<void> {
  const before = manner.page.url();
  await action();
  await manner.page.waitForURL((url) => url.href !== before);
}

/** From the front page with a code to the choice. */
export async function typeCode(manner: Manner, code: string): Promise<void> {
  const { page, look } = manner;
  await page.goto('/');
  await look(page);
  await type(manner, page.locator('#code'), code);
  await leads(manner, () => press(manner, page.locator('form[action="/respond/sessions"] button')));
}

/** From the choice to the first question. */
export async function agree(manner: Manner, picture = 'kite'): Promise<void> {
  const { page, look } = manner;
  await expect(page).toHaveURL(/\/respond\/assent$/);
  await look(page);
  await choose(manner, page.locator('#time-keep'));
  await leads(manner, () => press(manner, page.locator('button[value="yes"]')));
  await expect(page).toHaveURL(/\/respond\/picture-choice$/);
  await look(page);
  await choose(manner, page.locator(`input[name="picture"][value="${picture}"]`));
  await leads(manner, () => press(manner, page.locator('form[action="/respond/picture-choice"] button')));
}

/** Answers page after page up to the check. @returns how many pages there were */
export async function answerEverything(manner: Manner): Promise<number> {
  const { page } = manner;
  let pages = 0;
  for (; QUESTION.test(page.url()) && pages < MOST_PAGES; pages += 1) await answerPage(manner);
  await expect(page).toHaveURL(/\/respond\/check$/);
  return pages;
}

/** Answers the page in hand, whatever it asks, and goes on. */
export async function answerPage(manner: Manner): Promise<void> {
  await manner.look(manner.page);
  await fillPage(manner);
  await leads(manner, () => press(manner, manner.page.locator('button[value="next"]')));
}

/** What a page asks for. */
interface Asked {
  /** Words or a number are typed. */
  typed: 'words' | 'number' | undefined;
  ranked: boolean;
  /** Names of what is chosen or ticked. */
  names: string[];
}

/** Read in one go and in the page's own world: locators would load Playwright's library into it, page after page. */
function askedOn(page: Page): Promise<Asked> {
  return page.evaluate(() => {
    const form = document.querySelector('form.stack');
    const typed = form?.querySelector('input[type="text"][name="answer"], textarea[name="answer"]');
    const named = form?.querySelectorAll('input[name^="answer"]') ?? [];
    return {
      typed: typed ? (typed.getAttribute('inputmode') === 'numeric' ? 'number' : 'words') : undefined,
      ranked: document.querySelector('select[name="answer"]') !== null,
      names: [...new Set([...named].map((input) => input.getAttribute('name')!))],
    };
  });
}

/** Gives an answer to everything that the page asks. */
export async function fillPage(manner: Manner): Promise<void> {
  const { page } = manner;
  const { typed, ranked, names } = await askedOn(page);
  if (typed) {
    const text = page.locator('form.stack input[type="text"][name="answer"], form.stack textarea[name="answer"]');
    return type(manner, text.first(), typed === 'number' ? '2' : 'A place to meet');
  }
  if (ranked) return rank(manner);
  for (const name of names) await choose(manner, page.locator(`input[name="${name}"]`).first());
}

/** Gives first and second place: by the lists, or by the cards that stand in for them where scripts run. */
async function rank(manner: Manner): Promise<void> {
  const { page, keyboard } = manner;
  const lists = page.locator('select[name="answer"]');
  if (await lists.first().isVisible()) {
    for (const place of [0, 1]) {
      if (!keyboard) await lists.nth(place).selectOption({ index: place + 1 });
      else {
        await tabTo(page, lists.nth(place));
        for (let step = 0; step <= place; step += 1) await page.keyboard.press('ArrowDown');
      }
    }
    return;
  }
  const cards = page.locator('[data-ranking] button[aria-pressed]');
  for (const place of [0, 1]) await press(manner, cards.nth(place));
  await expect(lists.nth(1)).not.toHaveValue('');
}

/** From the check to the thank-you. */
export async function send(manner: Manner): Promise<void> {
  const { page, look } = manner;
  await look(page);
  await leads(manner, () => press(manner, page.locator('form[action="/respond/sending"] button')));
  await expect(page).toHaveURL(/\/respond\/finished\?reference=/);
  await look(page);
}

/** Nothing sticks out of the page sideways, and it has one heading of the first rank. */
export async function fits(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    headings: document.querySelectorAll('h1').length,
  }));
  expect(found, page.url()).toEqual({ sideways: false, headings: 1 });
}
