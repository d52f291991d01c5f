import { chromium } from '@playwright/test';
import { BROWSER_OPTIONS, findBrowser } from './browser.ts';
import { startDemonstration } from './demonstration.ts';
import { codesOfStage, fillStudio } from './people.ts';

/** Starts one server for all journeys, with a question at each step of the studio and codes; they find all in the environment. */
export default async function startForJourneys(): Promise<() => Promise<void>> {
  const demonstration = await startDemonstration();
  process.env.HEARD_ADDRESS = demonstration.address;
  const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_OPTIONS });
  process.env.HEARD_PROPOSALS = (await fillStudio(browser)).join(' ');
  // Each journey takes codes of its own from these; making codes again would kill them, so this school is theirs alone.
  process.env.HEARD_CODES_P5 = (await codesOfStage(browser, 'primary', 'P5')).join(' ');
  process.env.HEARD_CODES_S4 = (await codesOfStage(browser, 'secondary', 'S4')).join(' ');
  process.env.HEARD_PARENT_LINK = /\/respond\/links\/\w+/.exec(demonstration.output)?.[0] ?? '';
  await browser.close();
  return () => demonstration.stop();
}
