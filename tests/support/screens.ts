import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { ROLES } from '../../server/core/roles.ts';
import { BROWSER_OPTIONS, findBrowser } from './browser.ts';
import { startDemonstration } from './demonstration.ts';
import { fillStudio, makeCodes, openWindow, signIn } from './people.ts';
import { agree, fillPage, leads, typeCode, type Manner } from './respondent.ts';
import { tour, type Stop } from './tour.ts';

/*
 * `npm run screens`: a picture of every page, at the width of a phone and of a desk, in both languages,
 * the question pages also dark, into screens/ (ignored by git). This is how we look at ourselves.
 */
const FOLDER = join(import.meta.dirname, '..', '..', 'screens');
const WIDTHS = [360, 1280];
const LANGUAGES = ['en', 'ar'] as const;

async function picture(page: Page, folder: string, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, folder, `${name}.png`), fullPage: true });
}

/** Every page that links lead to, for one kind of visitor. */
async function picturesFor(browser: Browser, who: 'nobody' | (typeof ROLES)[number]): Promise<void> {
  const finder = await openWindow(browser);
  if (who !== 'nobody') await signIn(finder, who);
  const starts =
    who === 'nobody' ? ['/', '/help', '/studio/kinds', '/replies', '/people/sign-in', '/nowhere'] : ['/people'];
  const stops = await tour(finder, starts);
  await finder.context().close();
  for (const language of LANGUAGES) {
    for (const width of WIDTHS) await pictureStops(browser, who, stops, language, width);
  }
}

async function pictureStops(
  browser: Browser,
  who: string,
  stops: readonly Stop[],
  language: 'en' | 'ar',
  width: number,
): Promise<void> {
  const page = await openWindow(browser, { language, width });
  const role = ROLES.find((candidate) => candidate === who);
  if (role) await signIn(page, role);
  for (const { name, url } of stops) {
    await page.goto(url, { waitUntil: 'networkidle' });
    await picture(page, `${language}-${width}`, `${who}-${name}`);
  }
  if (role === 'administrator') await picturesOfForms(page, `${language}-${width}`);
  await page.context().close();
}

/** Pages that only come as the answer to a form. */
async function picturesOfForms(page: Page, folder: string): Promise<void> {
  await page.goto('/fieldwork/waves/new');
  await page.locator('main form button').click();
  await picture(page, folder, 'administrator-new-wave-faults');
  await page.goto('/fieldwork');
  await page.locator('tbody a').first().click();
  await page.locator('form[action$="/codes"] button').nth(5).click();
  await picture(page, folder, 'administrator-slips');
}

async function picturesOfPupil(browser: Browser, codes: string[]): Promise<void> {
  for (const language of LANGUAGES) {
    for (const [width, dark] of [
      [360, false],
      [1280, false],
      [360, true],
      [1280, true],
    ] as const) {
      const page = await openWindow(browser, { language, width, dark });
      await walkAsPupil(page, codes.pop()!, `${language}-${width}`, dark);
      await page.context().close();
    }
  }
}

async function walkAsPupil(page: Page, code: string, folder: string, dark: boolean): Promise<void> {
  const name = (step: string) => `pupil-${step}${dark ? '-dark' : ''}`;
  await page.goto('/');
  await page.locator('#code').fill('ACDE-4678');
  await page.locator('main form button').click();
  await picture(page, folder, name('0-wrong-code'));
  const manner: Manner = { page, keyboard: false, look: async () => undefined };
  await typeCode(manner, code);
  await picture(page, folder, name('1-assent'));
  for (const extra of ['ways', 'reading', 'break']) {
    await page.goto(`/respond/${extra}`);
    await picture(page, folder, name(`1-${extra}`));
  }
  await page.goto('/respond/assent');
  await agree({ ...manner, look: (shown) => picture(shown, folder, name('1-before')) });
  for (let number = 1; /\/pages\/\d+$/.test(page.url()); number += 1) {
    if (number === 1) {
      await page.locator('button[value="next"]').click();
      await page.locator('#faults').waitFor();
      await picture(page, folder, name('2-page-01-fault'));
    }
    await fillPage(manner);
    await picture(page, folder, name(`2-page-${String(number).padStart(2, '0')}`));
    await leads(manner, () => page.locator('button[value="next"]').click());
  }
  await picture(page, folder, name('3-check'));
  await page.goto('/respond/stop');
  await picture(page, folder, name('4-stop'));
  await page.goto('/respond/check');
  await leads(manner, () => page.locator('form[action="/respond/sending"] button').click());
  await picture(page, folder, name('5-finished'));
}

rmSync(FOLDER, { recursive: true, force: true });
for (const language of LANGUAGES)
  for (const width of WIDTHS) mkdirSync(join(FOLDER, `${language}-${width}`), { recursive: true });
const demonstration = await startDemonstration();
process.env.HEARD_ADDRESS = demonstration.address;
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_OPTIONS });
try {
  // A secondary and a primary school: the two surveys differ.
  const [secondary, primary] = [await makeCodes(browser, 0), await makeCodes(browser, 1)];
  await picturesOfPupil(browser, [...primary.slice(0, 4), ...secondary.slice(0, 4)]);
  await fillStudio(browser);
  for (const who of ['nobody', ...ROLES] as const) await picturesFor(browser, who);
  console.log(`Pictures are in ${FOLDER}`);
} finally {
  await browser.close();
  await demonstration.stop();
}
