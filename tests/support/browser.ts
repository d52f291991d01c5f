import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const COMMON = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Options that a browser needs on a server: no sandbox as root, no calls home. */
export const BROWSER_OPTIONS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

/**
 * The browser that tests use: CHROMIUM if it is set, one that is installed, or one that is installed now
 * (Debian's package, elsewhere Playwright's own download), saying so.
 * @throws with one sentence if there is none and none can be installed
 */
export function findBrowser(): string {
  const found = [process.env.CHROMIUM, ...COMMON, chromium.executablePath()].find((path) => path && existsSync(path));
  if (found) return found;
  const isDebian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  console.log(`No Chromium found: installing ${isDebian ? "Debian's package" : "Playwright's own"} …`);
  if (isDebian) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'chromium']);
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = [...COMMON, chromium.executablePath()].find((path) => existsSync(path));
  if (!installed) {
    throw new Error('There is no Chromium and none could be installed. Install one and set CHROMIUM to its path.');
  }
  return installed;
}

function run(command: string, options: string[]): void {
  spawnSync(command, options, { stdio: ['ignore', 'ignore', 'inherit'] });
}
