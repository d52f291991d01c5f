import { expect, test, type Page } from '@playwright/test';
import { ROLES } from '../../server/core/roles.ts';
import { axeFaults, openWindow, proposals, signIn } from '../support/people.ts';
import { tour } from '../support/tour.ts';

/* Every page that anybody can reach by links is clean for axe, in both languages, at the width of a phone. */

const IN_THE_STUDIO = ['forum-member', 'youth-worker', 'analyst', 'approver'];

for (const language of ['en', 'ar'] as const) {
  for (const who of ['nobody', ...ROLES] as const) {
    test(`pages for ${who} in ${language}`, async ({ browser }) => {
      const page = await openWindow(browser, { language, width: 360 });
      if (who !== 'nobody') await signIn(page, who);
      const starts = who === 'nobody' ? ['/', '/help', '/replies', '/people/sign-in', '/nowhere'] : ['/people'];
      const stops = await tour(page, starts, ({ url }) => look(page, url));
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
