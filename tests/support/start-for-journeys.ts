import { chromium } from '@playwright/test';
import { BROWSER_OPTIONS, findBrowser } from './browser.ts';
import { startDemonstration } from './demonstration.ts';
import { fillStudio } from './people.ts';

/** Starts one server for all journeys, with a question at each step of the studio; they find both in the environment. */
export default async function startForJourneys(): Promise<() => Promise<void>> {
  const demonstration = await startDemonstration();
  process.env.HEARD_ADDRESS = demonstration.address;
  const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_OPTIONS });
  process.env.HEARD_PROPOSALS = (await fillStudio(browser)).join(' ');
  await browser.close();
  return () => demonstration.stop();
}
