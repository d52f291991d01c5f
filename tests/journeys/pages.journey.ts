import { expect, test } from '@playwright/test';
import { ROLES } from '../../server/core/roles.ts';
import { axeFaults, openWindow, signIn } from '../support/people.ts';
import { tour } from '../support/tour.ts';

/* Every page that anybody can reach by links is clean for axe, in both languages, at the width of a phone. */

for (const language of ['en', 'ar'] as const) {
  for (const who of ['nobody', ...ROLES] as const) {
    test(`pages for ${who} in ${language}`, async ({ browser }) => {
      const page = await openWindow(browser, { language, width: 360 });
      if (who !== 'nobody') await signIn(page, who);
      const starts = who === 'nobody' ? ['/', '/help', '/replies', '/people/sign-in', '/nowhere'] : ['/people'];
      const stops = await tour(page, starts, async ({ url }) => {
        expect(await axeFaults(page), url).toEqual([]);
        const noSidewaysScroll = await page.locator('html').evaluate((html) => html.scrollWidth <= html.clientWidth);
        expect(noSidewaysScroll, `${url} scrolls sideways`).toBe(true);
        await expect(page.locator('h1')).toHaveCount(1);
      });
      expect(stops.length).toBeGreaterThan(1);
    });
  }
}
