import { expect, test, type Page } from '@playwright/test';
import { ROLES } from '../../server/core/roles.ts';
import { axeFaults } from '../support/axe.ts';
import { openWindow, proposals, signIn } from '../support/people.ts';
import { OF_PLANNERS, tour } from '../support/tour.ts';

/*
 * Every page that anybody can reach by links is clean for axe, in both languages, at the width of a phone. What nobody
 * needs to sign in for is looked at once, in the tour of nobody.
 */
const OPEN_TO_ALL = new RegExp(`^/($|help|people/sign-in|replies(?!/(${OF_PLANNERS.join('|')})))`);

const IN_THE_STUDIO = ['forum-member', 'youth-worker', 'analyst', 'approver'];

for (const language of ['en', 'ar'] as const) {
  for (const who of ['nobody', ...ROLES] as const) {
    test(`pages for ${who} in ${language}`, async ({ browser }) => {
      // Planners have twenty kinds of pages of results, some of them with hundreds of rows that axe reads.
      test.setTimeout(600_000);
      const page = await openWindow(browser, { language, width: 360 });
      const isNobody = who === 'nobody';
      if (!isNobody) await signIn(page, who);
      const starts = isNobody
        ? ['/', '/help', '/replies', '/people/sign-in', '/nowhere']
        : IN_THE_STUDIO.includes(who)
          ? ['/people', '/studio/kinds']
          : ['/people'];
      const stops = await tour(page, starts, ({ url }) => look(page, url), isNobody ? undefined : OPEN_TO_ALL);
      expect(stops.length).toBeGreaterThan(1);
      // A tour sees one page of a kind; a proposal looks different at each step.
      for (const url of IN_THE_STUDIO.includes(who) ? proposals() : []) {
        await page.goto(url);
        await look(page, url);
      }
    });
  }
}

async function look(page: Page, url: string): Promise<void> {
  expect(await axeFaults(page), url).toEqual([]);
  const noSidewaysScroll = await page.locator('html').evaluate((html) => html.scrollWidth <= html.clientWidth);
  expect(noSidewaysScroll, `${url} scrolls sideways`).toBe(true);
  await expect(page.locator('h1')).toHaveCount(1);
}
