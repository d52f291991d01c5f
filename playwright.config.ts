import { defineConfig } from '@playwright/test';
import { BROWSER_OPTIONS, findBrowser } from './tests/support/browser.ts';

export default defineConfig({
  testDir: 'tests/journeys',
  testMatch: '*.journey.ts',
  globalSetup: './tests/support/start-for-journeys.ts',
  timeout: 120_000,
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    launchOptions: { executablePath: findBrowser(), args: BROWSER_OPTIONS },
    viewport: { width: 1280, height: 900 },
  },
});
