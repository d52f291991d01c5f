import { expect, test, type Browser, type Page } from '@playwright/test';
import { makeCodes, makeWave, openWave } from '../../server/commands/loop/fieldwork.ts';
import { checkQuestion } from '../../server/commands/loop/studio.ts';
import { openTown, signIn, type Town } from '../../server/commands/loop/town.ts';
import { createAccounts } from '../../server/storage/accounts.ts';
import { axeFaults } from '../support/axe.ts';
import { agree, answerEverything, fits, send, typeCode, type Manner } from '../support/respondent.ts';

/*
 * The whole story of the studio, on phones: a forum of three and a youth worker go from a need to a question, and a pupil
 * answers that question in the next wave. Adults in offices use pages without scripts, as `npm run loop` does.
 */

const QUESTION = 'Is there a warm place to be after school?';
const IN_ARABIC = 'هل يوجد مكان دافئ بعد المدرسة؟';
const ANSWERS = ['Yes', 'Sometimes', 'No'];
const ANSWERS_IN_ARABIC = ['نعم', 'أحيانًا', 'لا'];
const NAMES = ['Quiet Otter', 'Paper Kite', 'Green Lantern'];

let town: Town;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  town = await openTown('studio');
});
test.afterAll(() => town.close());

async function openPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    baseURL: town.address,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await context.addCookies([{ name: 'heard-language', value: 'en', url: town.address }]);
  return context.newPage();
}

async function enter(page: Page, name: string, password: string): Promise<void> {
  await page.goto('/people/sign-in');
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(password);
  await page.locator('main form button').click();
  await expect(page).toHaveURL(/\/people$/);
}

/** axe finds nothing, and nothing scrolls sideways. */
async function expectClean(page: Page): Promise<void> {
  expect(await axeFaults(page), page.url()).toEqual([]);
  await fits(page);
}

/** Makes the forum with two youth workers, as an administrator does. @returns the desk's address */
async function makeForum(worker: Page): Promise<string> {
  const { database, clock } = town.services;
  const second = { authorityId: town.authority.id, signInName: 'second-youth-worker', passwordHash: 'none' };
  await createAccounts(database).add({ ...second, roles: ['youth-worker'] }, clock());
  const administrator = await signIn(town, 'administrator');
  await administrator.visit('/studio/forums');
  const workers = [...administrator.page.body.matchAll(/name="workers" value="([^"]+)"/g)].map(([, id = '']) => id);
  const form = administrator
    .form('/studio/forums')
    .fill('name', 'Thursday forum')
    .choose('workers', ...workers);
  await administrator.send(form.fill('shownAs', 'Worker in green', 'Worker in blue'));
  await enter(worker, 'youth-worker', town.signIns['youth-worker'].password);
  await worker.goto('/studio/forums');
  await worker.getByRole('link', { name: 'Thursday forum' }).click();
  const desk = new URL(worker.url()).pathname;
  for (const day of await worker.locator('input[name="opensAt"]').all()) await day.fill('00:00');
  for (const day of await worker.locator('input[name="closesAt"]').all()) await day.fill('23:59');
  await worker.locator('form[action$="/hours"] button').click();
  await expectClean(worker);
  return desk;
}

/** Joins by an invitation and signs in with the pass-phrase that was shown once. */
async function join(browser: Browser, worker: Page, desk: string, name: string): Promise<Page> {
  await worker.goto(desk);
  await worker.locator(`form[action="${desk}/invitations"] button.button`).click();
  const link = await worker.locator('#link').inputValue();
  const page = await openPhone(browser);
  await page.goto(new URL(link).pathname);
  await page.locator('#pseudonym').fill(name);
  await page.locator('[name="picture"]').nth(NAMES.indexOf(name)).check();
  await page.locator('#agreed').check();
  if (name === NAMES[0]) await expectClean(page);
  await page.locator('main form button').click();
  const passphrase = await page.locator('dd.secret').last().innerText();
  await enter(page, name, passphrase);
  return page;
}

/** Opens a part of the board, lets each member add a card, and ends it. */
async function gather(worker: Page, board: string, kind: string, cards: [Page, string][]): Promise<void> {
  await worker.goto(board);
  await worker.locator(`form:has(input[value="${kind}"]) button`).click();
  for (const [member, words] of cards) {
    await member.goto(`${board}/events/${kind}`);
    await member.locator('#words').fill(words);
    const linked = member.locator('#linked');
    if ((await linked.count()) > 0) await linked.selectOption({ index: 1 });
    await member.locator('form[action$="/cards"] button').click();
    await expect(member.locator('#cards').getByText(words)).toBeVisible();
  }
  await expectClean(cards[0]![0]);
  await worker.goto(board);
  await worker.locator(`form[action$="/endings"]:has(input[value="${kind}"]) button`).click();
}

/** From an idea on the board to a draft, tried and talked about. @returns the proposal's address */
async function draftFrom(member: Page, board: string): Promise<string> {
  await member.goto(`${board}/events/ideas`);
  await member.locator('.board-card a.roomy').last().click();
  await member.locator('#propose ~ p a.button').click();
  await member.locator('[name="survey"][value="primary"]').check();
  await member.locator('[name="question"]').fill('Is it warm after school?');
  await member.locator('[name="kind"][value="one-choice"]').check();
  await member.locator('button[name="look"][value="kind"]').click();
  for (const [place, words] of ANSWERS.entries()) await member.locator('[name="option"]').nth(place).fill(words);
  await member.locator('[name="domain"]').selectOption('local-area');
  await member.locator('[name="why"]').fill('We freeze at the bus stop.');
  await expect(member.locator('.draft-sides')).toContainText('Is it warm after school?');
  await expectClean(member);
  await member.locator('form#draft > .row button.button').click();
  await expect(member).toHaveURL(/\/studio\/proposals\/[\w-]{22}$/);
  return new URL(member.url()).pathname;
}

/** Another member tries it as a P6 pupil, says what was hard, and writes a better draft. */
async function tryAndRedraft(member: Page, proposal: string): Promise<void> {
  await member.goto(proposal);
  await member.locator('#try-outs ~ p a.button').click();
  await expectClean(member);
  await member.locator('main a.button').first().click();
  await member.locator('[name="answer"]').first().check();
  await member.locator('button[value="next"]').click();
  await member.locator('main a.button').first().click();
  await member.locator('#thought').fill('Where? I did not know which place was meant.');
  await member.locator('[name="hard"]').check();
  await member.locator('main form[action$="/try-outs"] button').click();
  await expect(member.locator('#try-outs ~ div')).toContainText('I did not know which place');
  await member.locator(`a[href^="${proposal}/drafts/new"]`).click();
  await member.locator('[name="question"]').fill(QUESTION);
  await member.locator('form#draft > .row button.button').click();
  await expect(member.locator('h1')).toHaveText(QUESTION);
}

/** Everybody says what they think, and the youth worker records what the forum decided. */
async function decide(members: readonly Page[], worker: Page, proposal: string): Promise<void> {
  for (const member of members) {
    await member.goto(proposal);
    await member.locator('[name="stance"][value="in-favour"]').check();
    await member.locator('form[action$="/stances"] button').click();
  }
  await worker.goto(proposal);
  await expectClean(worker);
  await worker.locator('[name="outcome"][value="agreed"]').check();
  await worker.locator('[name="counted"][value="here"]').check();
  await worker.locator('form[action$="/decisions"] button').click();
  await expect(worker.locator('.steps')).toContainText('3 in favour, 0 against, 0 unsure');
}

/** The analyst writes the Arabic words and publishes. */
async function publish(proposal: string): Promise<void> {
  const analyst = await signIn(town, 'analyst');
  await analyst.visit('/studio/publications/new?survey=primary');
  const form = analyst.form('/studio/publications');
  const words = [IN_ARABIC, ...ANSWERS_IN_ARABIC];
  const fields = form.typed().filter((name) => name.startsWith(`${proposal.split('/').at(-1)}.ar.`));
  expect(fields).toHaveLength(words.length);
  fields.forEach((name, place) => form.fill(name, words[place]!));
  await analyst.send(form);
  expect(analyst.page.path).toMatch(/^\/studio\/versions\//);
  expect(analyst.page.body).toContain(QUESTION);
}

test('a forum of three goes from a need to a question, and a pupil answers it in the next wave', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const worker = await openPhone(browser);
  const desk = await makeForum(worker);
  const members: Page[] = [];
  for (const name of NAMES) members.push(await join(browser, worker, desk, name));
  const [otter, kite, lantern] = members as [Page, Page, Page];

  await worker.goto('/studio/boards');
  await worker.locator('form[action="/studio/boards"] [name="title"]').fill('After school');
  await worker.locator('form[action="/studio/boards"] [name="about"]').fill('What is it like here in winter?');
  await worker.locator('form[action="/studio/boards"] button').click();
  const board = new URL(worker.url()).pathname;
  await gather(worker, board, 'needs', [
    [otter, 'Somewhere warm'],
    [kite, 'A bus that comes'],
  ]);
  await gather(worker, board, 'obstacles', [[lantern, 'The hall is locked']]);
  await gather(worker, board, 'ideas', [[otter, 'Ask everybody where it is warm']]);

  const proposal = await draftFrom(otter, board);
  await tryAndRedraft(kite, proposal);
  await decide(members, worker, proposal);
  await checkQuestion(await signIn(town, 'approver'), proposal);
  await publish(proposal);
  await otter.goto(proposal);
  await expect(otter.locator('.steps')).toContainText('Published in a version');

  const administrator = await signIn(town, 'administrator');
  const wave = await makeWave(administrator, town, 'studio', 'Loop wave');
  await openWave(administrator, wave);
  const slips = await makeCodes(administrator, town, wave);
  const primary = town.authority.schools.find(({ sector }) => sector === 'primary')!;
  const pupil = await openPhone(browser);
  const asked: string[] = [];
  const manner: Manner = {
    page: pupil,
    keyboard: false,
    look: async (page) => {
      const heading = await page.locator('h1').innerText();
      asked.push(heading);
      if (heading.includes(QUESTION)) await expectClean(page);
    },
  };
  await pupil.goto('/respond');
  await typeCode(manner, slips.find(({ school }) => school === primary.code)!.code);
  await agree(manner);
  await answerEverything(manner);
  await send(manner);
  expect(asked.filter((heading) => heading.includes(QUESTION))).toHaveLength(1);
});
