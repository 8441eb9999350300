import { defineConfig } from '@playwright/test';

// The browser tests run against a whole platform of their own (browser-setup.ts), in the system's Chromium: Playwright's
// own download does not work on closed networks.
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'prepare', testMatch: '**/*.prepare.ts' },
    // One platform, one demo organization, faults for all: these files run one after the other.
    {
      name: 'flows',
      testMatch: '**/*.spec.ts',
      testIgnore: '**/looks.spec.ts',
      dependencies: ['prepare'],
      workers: 1,
    },
    // Whoever only looks at pages disturbs nobody.
    { name: 'looks', testMatch: '**/looks.spec.ts', dependencies: ['prepare'] },
  ],
  outputDir: 'test-results',
  globalSetup: './browser-setup.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // Time that a busy machine may take; none is lost where things are there at once.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON'] ?? 'test-results/results.json' }],
  ],
  use: {
    // Set by browser-setup.ts, which runs before any worker reads this.
    baseURL: process.env['DASHBOARD_URL'] ?? '',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-dev-shm-usage',
        // Chromium's own sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
