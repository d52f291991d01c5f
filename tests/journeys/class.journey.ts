import { Agent } from 'node:http';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Browser as PlainBrowser } from '../../server/commands/loop/browser.ts';
import { axeFaults } from '../support/axe.ts';
import { address, openWindow, signIn } from '../support/people.ts';
import { agree, answerEverything, answerPage, fits, leads, send, type Manner } from '../support/respondent.ts';

/*
 * A class of thirty at once, and the page of whoever runs it: a few pupils in browsers, the others by plain HTTP as
 * pupils do. One tablet dies, somebody says no, somebody takes longer, somebody is absent and catches up.
 */
const QUESTION = /^\/respond\/pages\/\d+$/;

interface Sheet {
  path: string;
  pin: string;
}

/** A page that fits the window and at which axe finds nothing. */
async function isWell(page: Page): Promise<void> {
  await fits(page);
  expect(await axeFaults(page), page.url()).toEqual([]);
}

/** Makes the sheet of a class of thirty, as the school office does. @returns the sheet and how many are expected */
async function makeSheet(browser: Browser): Promise<Sheet & { expected: number }> {
  const page = await openWindow(browser);
  await signIn(page, 'administrator');
  await page.goto('/fieldwork');
  await page.getByRole('link', { name: /^Now open/ }).click();
  await page
    .getByRole('link', { name: /^Class sheets and opt-outs of .*Primary/ })
    .first()
    .click();
  await isWell(page);
  const card = page.locator('section.card', { has: page.getByRole('heading', { name: 'P7A', exact: true }) });
  const expected = Number(await card.locator('b').innerText());
  await card.getByRole('button', { name: 'Make the sheet of P7A' }).click();
  await isWell(page);
  const sheet = page.locator('article.sheet');
  const whole = (await sheet.locator('[data-class-link]').getAttribute('data-class-link'))!;
  const pin = (await sheet.locator('[data-pin]').getAttribute('data-pin'))!;
  await page.context().close();
  return { path: new URL(whole).pathname, pin, expected };
}

/** Opens the page of the class by its sheet. */
async function openClass(page: Page, { path, pin }: Sheet): Promise<void> {
  await page.goto(path);
  await page.locator('#pin').fill(pin);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/class$/);
}

const figure = (page: Page, name: string) => page.locator(`[data-number="${name}"]`);

/** A pupil's device joins with the code on the board. @returns the code to resume with */
async function joinClass(page: Page, code: string): Promise<string> {
  await page.goto('/');
  await page.getByRole('link', { name: /Join your class/ }).click();
  await page.locator('#code').fill(code);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/class\/join$/);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/respond\/new-code$/);
  const own = await page.locator('main .code-shape').innerText();
  await page.locator('main a.button').click();
  await expect(page).toHaveURL(/\/respond\/assent$/);
  return own;
}

const mannerOf = (page: Page): Manner => ({ page, keyboard: false, look: async () => undefined });

/** A pupil without a browser window: joins, answers everything with the first choice and sends. */
async function answerPlainly(agent: Agent, code: string): Promise<void> {
  const device = new PlainBrowser(address(), agent);
  await device.visit('/class/join');
  await device.send(device.form('/class/join').fill('code', code));
  await device.send(device.form('/class/join'));
  await device.follow('/respond/assent');
  const assent = device.form('/respond/assent').choose('timeRunsOut', 'keep');
  await device.send(assent, { name: 'decision', value: 'yes' });
  await device.send(device.form('/respond/picture-choice').choose('picture', 'none'));
  while (QUESTION.test(device.page.path)) {
    const form = device.form(QUESTION);
    const names = form.asked();
    for (const name of names) {
      const [first] = form.choices(name).filter(({ kind }) => kind !== 'option');
      if (first) form.choose(name, first.value);
    }
    const canAnswer = names.every((name) => form.choices(name).some(({ kind }) => kind !== 'option'));
    await device.send(form, { name: 'move', value: canAnswer ? 'next' : 'skip' });
  }
  await device.send(device.form('/respond/sending'));
  expect(device.page.path).toMatch(/^\/respond\/finished\?reference=/);
}

test('a class of thirty answers at once, and nobody is left behind', async ({ browser }) => {
  const sheet = await makeSheet(browser);
  const { expected } = sheet;
  expect(expected).toBeGreaterThanOrEqual(25);
  const teacher = await openWindow(browser);
  const colleague = await openWindow(browser, { language: 'ar' });
  for (const page of [teacher, colleague]) {
    await page.goto(sheet.path);
    await isWell(page);
    await openClass(page, sheet);
    await isWell(page);
  }
  await expect(teacher.getByText('Nobody has started yet.')).toBeVisible();

  await teacher.getByRole('button', { name: 'Open joining' }).click();
  await isWell(teacher);
  const code = (await teacher.locator('[data-join-code]').getAttribute('data-join-code'))!;
  await colleague.goto('/class/board');
  await expect(colleague.locator('[data-join-code]')).toHaveText(code);
  await isWell(colleague);
  const reader = await teacher.context().newPage();
  for (const url of ['/class/board', '/class/pages/2?stage=P7']) {
    await reader.goto(url);
    await isWell(reader);
  }
  await colleague.goto('/class/pages/2?stage=P7');
  await isWell(colleague);

  const phone = { width: 360 };
  const [tablet, declining, slow] = [
    await openWindow(browser, phone),
    await openWindow(browser, phone),
    await openWindow(browser, phone),
  ];
  const own = await joinClass(tablet, code);
  await joinClass(declining, code);
  await joinClass(slow, code);
  await agree(mannerOf(tablet));
  for (let page = 0; page < 3; page += 1) await answerPage(mannerOf(tablet));
  const reached = tablet.url();
  await tablet.context().close();

  await leads(mannerOf(declining), () => declining.locator('button[value="no"]').click());
  await expect(declining).toHaveURL(/\/respond\/finished/);
  await agree(mannerOf(slow));
  await answerPage(mannerOf(slow));

  // All but the three in browsers and one who is absent.
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });
  const others = Array.from({ length: expected - 4 }, () => answerPlainly(agent, code));
  await Promise.all(others);
  agent.destroy();
  // The page that was open all the time has followed along.
  await expect(figure(teacher, 'started')).toHaveText(String(expected - 1));
  // Two are still answering, which is told as two or fewer: nobody can tell when one of them is done.
  const nearly = `${expected - 3} or more`;
  await expect(figure(teacher, 'finished')).toHaveText(nearly);
  await expect(figure(teacher, 'answering')).toHaveText('2 or fewer');

  const replacement = await openWindow(browser, phone);
  await replacement.goto('/');
  await replacement.locator('#code').fill(own);
  await replacement.locator('main form button').click();
  await expect(replacement).toHaveURL(reached);
  await answerEverything(mannerOf(replacement));
  await send(mannerOf(replacement));
  await expect(figure(teacher, 'finished')).toHaveText(nearly);

  await teacher.getByRole('button', { name: '15 more minutes' }).click();
  await expect(teacher.getByText('15 minutes of extra time')).toBeVisible();
  await expect(teacher.getByText('Ending closes joining and stops nobody')).toBeVisible();
  await teacher.getByRole('button', { name: 'End', exact: true }).click();
  await expect(teacher.locator('[data-join-code]')).toHaveCount(0);
  // Whoever needs longer goes on after the end, and stopping then is "finished" too.
  await answerPage(mannerOf(slow));
  await stopHere(mannerOf(slow));
  await expect(figure(teacher, 'stateWords')).toContainText('Nearly everybody who started has finished');

  await catchUp(browser, sheet);
  await expect(figure(teacher, 'stateWords')).toContainText('Nearly everybody has finished');
  await teacher.getByRole('button', { name: 'Make a spare slip' }).click();
  await isWell(teacher);
  await Promise.all(browser.contexts().map((context) => context.close()));
});

/** Stops, and keeps what was answered. */
async function stopHere(manner: Manner): Promise<void> {
  const { page } = manner;
  await leads(manner, () => page.locator('main a[href="/respond/stop"]').click());
  await page.locator('input[name="choice"][value="keep"]').check();
  await leads(manner, () => page.locator('form[action="/respond/stopping"] button').click());
  await expect(page).toHaveURL(/\/respond\/finished/);
}

/** On another day, in browsers without scripts: the absent pupil joins, and whoever comes after finds no place. */
async function catchUp(browser: Browser, sheet: Sheet): Promise<void> {
  const teacher = await openWindow(browser, { javaScript: false });
  await openClass(teacher, sheet);
  await teacher.getByRole('button', { name: 'Open joining' }).click();
  const code = (await teacher.locator('[data-join-code]').getAttribute('data-join-code'))!;
  const pupil = await openWindow(browser, { javaScript: false, width: 360 });
  await joinClass(pupil, code);
  const guest = await openWindow(browser, { javaScript: false, width: 360 });
  await guest.goto(`/class/join/${code}`);
  await guest.locator('main form button').click();
  await expect(guest.getByText('Ask the adult in the room.')).toBeVisible();
  await agree(mannerOf(pupil));
  await teacher.getByRole('link', { name: 'Look again', exact: true }).click();
  const told = await teacher.locator('#class').innerText();
  expect(told).toContain('2 or fewer');
  await stopHere(mannerOf(pupil));
  await teacher.getByRole('link', { name: 'Look again', exact: true }).click();
  // What somebody does who comes alone is not told.
  expect(await teacher.locator('#class').innerText()).toBe(told);
  await teacher.getByRole('button', { name: 'End', exact: true }).click();
}
