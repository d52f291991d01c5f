import { expect, test, type Browser, type Page } from '@playwright/test';
import {
  closeWave,
  letPupilsAnswer,
  makeCodes,
  makeWaveAbout,
  openWave,
} from '../../server/commands/loop/fieldwork.ts';
import { beginForum, joinForum } from '../../server/commands/loop/forum.ts';
import { approveRelease, makeRelease } from '../../server/commands/loop/release.ts';
import { openTown, signIn, type Town } from '../../server/commands/loop/town.ts';
import words from '../../server/commands/seed/reply.json' with { type: 'json' };
import { cellOf, releaseWave } from '../replies/released.ts';
import { axeFaults } from '../support/axe.ts';
import { agree, answerEverything, fits, send, typeCode, type Manner } from '../support/respondent.ts';

/*
 * The whole story of the reply: a planner makes a finding of a released figure and writes an action and a reply, a member
 * of the forum reads it on a phone, everybody reads it in two languages, and children of the place are shown it in class
 * and say what they think, one in English by keyboard and one in Arabic without scripts. What offices do in forms that
 * other stories hold is done as `npm run loop` does it, and so is the rest of the class.
 */

const { child } = words.texts;
/** The first cluster is so small that nothing is shown of it. */
const CLUSTERS = [1, 2] as const;

let town: Town;

test.beforeAll(async () => {
  town = await openTown('reply');
});
test.afterAll(() => town.close());

interface Visitor {
  language: 'en' | 'ar';
  width: number;
  scripts?: boolean;
}

async function openPage(browser: Browser, { language, width, scripts = true }: Visitor): Promise<Page> {
  const context = await browser.newContext({
    baseURL: town.address,
    viewport: { width, height: 800 },
    javaScriptEnabled: scripts,
  });
  await context.addCookies([{ name: 'heard-language', value: language, url: town.address }]);
  return context.newPage();
}

async function enter(page: Page, { name, password }: { name: string; password: string }): Promise<void> {
  await page.goto('/people/sign-in');
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(password);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/people$/);
}

/** axe finds nothing, and nothing scrolls sideways. Where scripts do not run, neither does axe. */
async function expectClean(page: Page, scripts = true): Promise<void> {
  if (scripts) expect(await axeFaults(page), page.url()).toEqual([]);
  await fits(page);
}

/** A civil date some days from now. */
const dayAhead = (days: number) =>
  new Date(Date.parse(town.services.clock()) + days * 86_400_000).toISOString().slice(0, 10);

/** From the figure in the results to an action. @returns the finding's address */
async function findAndAct(planner: Page, releaseId: string, node: string): Promise<string> {
  await planner.goto(`/replies/findings/new?${new URLSearchParams(cellOf(releaseId, { node })).toString()}`);
  await expect(planner.locator('main')).toContainText('58%');
  await expectClean(planner);
  await planner.locator('#whyItMatters').fill(words.whyItMatters);
  await planner.locator('form[action="/replies/findings"] button').click();
  await expectClean(planner);
  await planner.locator('#task').fill(words.task);
  await planner.locator('#lead').fill(words.lead);
  await planner.locator('#dueOn').fill(dayAhead(60));
  await planner.locator('#action-form button').click();
  return new URL(planner.url()).pathname;
}

/** Writes for three readers in two languages. @returns the address of the reply's desk */
async function writeReply(planner: Page): Promise<string> {
  const form = planner.locator('#reply-form');
  await form.locator(`[name="decision"][value="${words.decision}"]`).check();
  for (const [reader, languages] of Object.entries(words.texts))
    for (const [language, parts] of Object.entries(languages))
      for (const [part, text] of Object.entries(parts))
        if (text !== '') await form.locator(`[name="${part}-${reader}-${language}"]`).fill(text);
  await form.locator('[name="owner"]').fill(words.owner);
  await form.locator('[name="dueOn"]').fill(dayAhead(90));
  await form.locator('[name="nextUpdateOn"]').fill(dayAhead(120));
  await form.locator('button').click();
  await planner.locator('a[href^="/replies/replies/"]').first().click();
  await expect(planner.locator('[data-missing="0"]')).toBeVisible();
  await expectClean(planner);
  return new URL(planner.url()).pathname;
}

/** A member reads the words before everybody does, and says that they are clear. */
async function checkInForum(planner: Page, member: Page, desk: string): Promise<void> {
  await planner.locator(`form[action="${desk}/checks"] button`).click();
  await member.goto('/studio/forum/replies');
  await member.getByRole('link', { name: child.en.title }).click();
  await expect(member.locator('main')).toContainText(child.en.why);
  await expectClean(member);
  await member.locator('[name="clear"][value="yes"]').check();
  await member.locator('form[action$="/verdicts"] button').click();
  await expectClean(member);
}

/** @returns the address of the public page */
async function publish(planner: Page, desk: string): Promise<string> {
  await planner.goto(desk);
  await planner.locator('form[action$="/publication"] button').click();
  await planner.goto(desk);
  await expectClean(planner);
  const link = planner.locator(`a[href^="/replies/${town.authority.id}/"]`).first();
  return new URL((await link.getAttribute('href'))!, town.address).pathname;
}

/** A pupil types a code, meets the reply before the first question, answers and sends. */
async function answer(page: Page, code: string, { keyboard, scripts }: { keyboard: boolean; scripts: boolean }) {
  const language = (await page.context().cookies()).find(({ name }) => name === 'heard-language')!.value as 'en' | 'ar';
  const seen: string[] = [];
  const look = async (shown: Page) => {
    const reply = shown.locator('[data-asked-reply]');
    if ((await reply.count()) > 0) {
      seen.push(shown.url());
      for (const part of [child[language].title, child[language].weDid, child[language].why])
        await expect(reply).toContainText(part);
    }
    await expectClean(shown, scripts);
  };
  const manner: Manner = { page, keyboard, look };
  await typeCode(manner, code);
  await agree(manner);
  await answerEverything(manner);
  await send(manner);
  expect(seen).toHaveLength(1);
}

test('from a released figure to what children say of the reply', async ({ browser }) => {
  test.setTimeout(400_000);
  const clusters = CLUSTERS.map((index) => town.authority.clusters[index]!);
  const { releaseId } = await releaseWave(town.services.database, town.authority, { clusters });
  const administrator = await signIn(town, 'administrator');
  const worker = await signIn(town, 'youth-worker');
  await joinForum(worker, town, await beginForum(administrator, worker));

  const planner = await openPage(browser, { language: 'en', width: 1280 });
  await enter(planner, town.signIns.planner);
  const member = await openPage(browser, { language: 'en', width: 360 });
  await enter(member, town.signIns['forum-member']);
  await findAndAct(planner, releaseId, `cluster:${clusters[0]!.code}`);
  const desk = await writeReply(planner);
  await checkInForum(planner, member, desk);
  const publicHref = await publish(planner, desk);

  const anybody = await openPage(browser, { language: 'ar', width: 360 });
  await anybody.goto(publicHref);
  await expect(anybody.locator('h1')).toHaveText(child.ar.title);
  await expect(anybody.locator('.loop [data-share="58"]')).toBeVisible();
  await expect(anybody.locator('[data-answered-back="not-asked"]')).toBeVisible();
  await expectClean(anybody);

  // The class is asked about the reply: two of its children here, the others as the loop's pupils are.
  const wave = await makeWaveAbout(administrator, town, desk.split('/').at(-1)!);
  await openWave(administrator, wave);
  const [first, second, ...others] = await makeCodes(administrator, town, wave, wave.schools);
  const inEnglish = await openPage(browser, { language: 'en', width: 360 });
  await answer(inEnglish, first!.code, { keyboard: true, scripts: true });
  const inArabic = await openPage(browser, { language: 'ar', width: 360, scripts: false });
  await answer(inArabic, second!.code, { keyboard: false, scripts: false });
  await letPupilsAnswer(town, others, 'reply');
  await closeWave(administrator, wave);
  const analyst = await signIn(town, 'analyst');
  const release = await makeRelease(analyst, await signIn(town, 'planner'), town, wave);
  // Until a second person agrees, nobody sees what children said.
  await anybody.reload();
  await expect(anybody.locator('#answered-back [data-share]')).toHaveCount(0);
  await approveRelease(await signIn(town, 'approver'), release);

  await anybody.reload();
  const inAnswers = anybody.locator('#answered-back');
  await expect(inAnswers.locator(`[data-asked-wave="${wave.id}"] [data-share]`).first()).toBeVisible();
  await expectClean(anybody);
  const shares = await inAnswers.locator('[data-share]').evaluateAll((all) => all.map((one) => one.dataset.share));
  await anybody.goto(`/languages/en?back=${encodeURIComponent(publicHref)}`);
  await expect(anybody.locator('h1')).toHaveText(child.en.title);
  const inOther = await inAnswers.locator('[data-share]').evaluateAll((all) => all.map((one) => one.dataset.share));
  expect(inOther).toEqual(shares);
  await expectClean(anybody);
});
