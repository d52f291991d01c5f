import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { BROWSER_OPTIONS, findBrowser } from '../tests/support/browser.ts';
import { makeCodes, openWindow } from '../tests/support/people.ts';
import { startArguments, startServer } from '../server/commands/server-process.ts';

/*
 * `npm run bench:pages`: what question pages weigh on the wire, as a browser with an empty cache transfers them.
 * Every page of a P7 pupil's way is opened in a browser of its own. Bytes are bodies as transferred (packed where the
 * server packs them), without headers. Aims: HTML and styles under 14 KB, everything on a first visit under 60 KB.
 */
const json = process.argv.includes('--json');
const LANGUAGES = ['en', 'ar'] as const;
/** A primary school, counted from the top of the list. */
const PRIMARY_SCHOOL = 1;

interface Weight {
  htmlCss: number;
  everything: number;
}

/** Opens an address with an empty cache. @returns what came over the wire */
async function weigh(browser: Browser, from: BrowserContext, url: string): Promise<Weight> {
  const context = await browser.newContext({ storageState: await from.storageState(), serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const kinds = new Map<string, string>();
  const headers = new Map<string, number>();
  const weight: Weight = { htmlCss: 0, everything: 0 };
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    kinds.set(requestId, type);
    headers.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const body = Math.max(0, encodedDataLength - (headers.get(requestId) ?? 0));
    weight.everything += body;
    if (['Document', 'Stylesheet'].includes(kinds.get(requestId) ?? '')) weight.htmlCss += body;
  });
  await session.send('Network.enable');
  await page.goto(url, { waitUntil: 'networkidle' });
  await context.close();
  return weight;
}

async function weighWay(browser: Browser, language: (typeof LANGUAGES)[number], code: string): Promise<Weight[]> {
  const page = await openWindow(browser, { language, javaScript: false });
  await page.goto('/');
  await page.locator('#code').fill(code);
  await page.locator('form[action="/respond/sessions"] button').click();
  await page.locator('#time-keep').check();
  await page.locator('button[value="yes"]').click();
  await page.locator('input[value="none"]').check();
  await page.locator('form[action="/respond/picture-choice"] button').click();
  const weights: Weight[] = [];
  while (/\/pages\/\d+$/.test(page.url())) {
    weights.push(await weigh(browser, page.context(), page.url()));
    await page.locator('button[name="move"]').last().click();
  }
  await page.context().close();
  return weights;
}

const folder = mkdtempSync(join(tmpdir(), 'heard-bench-pages-'));
const server = await startServer(startArguments(), {
  PORT: '0',
  DATABASE_URL: join(folder, 'heard.sqlite'),
  HEARD_SECRETS: join(folder, 'secrets'),
});
process.env.HEARD_ADDRESS = `http://127.0.0.1:${server.port}`;
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_OPTIONS });
try {
  const codes = await makeCodes(browser, PRIMARY_SCHOOL);
  const figures: Record<string, { htmlCssBytes: number; firstVisitBytes: number; pages: number }> = {};
  for (const language of LANGUAGES) {
    const weights = await weighWay(browser, language, codes.pop()!);
    figures[language] = {
      htmlCssBytes: Math.max(...weights.map(({ htmlCss }) => htmlCss)),
      firstVisitBytes: Math.max(...weights.map(({ everything }) => everything)),
      pages: weights.length,
    };
  }
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
