import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { prepared, type Viewer } from '../support/prepared-looks.js';

const SHOTS = join(import.meta.dirname, '..', 'test-results', 'looks');
const README_IMAGE = join(import.meta.dirname, '..', '..', 'docs', 'images', 'overview.png');

const SIZES = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
] as const;

test.describe.configure({ mode: 'parallel' });

const { sessions, places } = prepared();

interface View {
  name: string;
  as: Viewer | 'nobody';
  path: () => string;
  /** Something that stands on the page once it is whole. */
  ready: (page: Page) => Promise<void>;
}

const heading = (name: string) => (page: Page) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

const VIEWS: readonly View[] = [
  { name: 'sign-in', as: 'nobody', path: () => '/log-in', ready: heading('Log in') },
  { name: 'sign-up', as: 'nobody', path: () => '/sign-up', ready: heading('Create an account') },
  {
    name: 'status',
    as: 'nobody',
    path: () => '/status',
    ready: async (page) => expect(page.getByRole('table', { name: 'Models' })).toBeVisible(),
  },
  {
    name: 'first-request',
    as: 'fresh',
    path: () => `${places.fresh}/start`,
    ready: heading('Your first request'),
  },
  { name: 'overview-empty', as: 'fresh', path: () => `${places.fresh}/overview`, ready: heading('Overview') },
  { name: 'requests-empty', as: 'fresh', path: () => `${places.fresh}/requests`, ready: heading('Requests') },
  {
    name: 'overview',
    as: 'demo',
    path: () => `${places.demo}/overview`,
    ready: async (page) => expect(page.getByRole('img', { name: 'Spend by model over time' })).toBeVisible(),
  },
  { name: 'requests', as: 'demo', path: () => `${places.demo}/requests`, ready: heading('Requests') },
  {
    name: 'request-saved-by-failover',
    as: 'demo',
    path: () => `${places.demo}/requests?call=${places.failedFirst}`,
    ready: async (page) => expect(page.getByRole('img', { name: /^Attempt 1, / })).toBeVisible(),
  },
  {
    name: 'request-missing',
    as: 'demo',
    path: () => `${places.demo}/requests?call=00000000-0000-7000-8000-000000000000`,
    ready: async (page) => expect(page.getByText('There is nothing here')).toBeVisible(),
  },
  { name: 'models', as: 'demo', path: () => `${places.demo}/models`, ready: heading('Models') },
  {
    name: 'model',
    as: 'demo',
    path: () => `${places.demo}/models/openai/gpt-4o-mini`,
    ready: heading('GPT-4o'),
  },
  { name: 'playground', as: 'demo', path: () => `${places.demo}/playground`, ready: heading('Playground') },
  { name: 'keys', as: 'demo', path: () => `${places.demo}/keys`, ready: heading('Keys') },
  {
    name: 'new-key',
    as: 'demo',
    path: () => `${places.demo}/keys?new=true`,
    ready: async (page) => expect(page.getByRole('dialog', { name: 'New key' })).toBeVisible(),
  },
  {
    name: 'policies-empty',
    as: 'fresh',
    path: () => `${places.fresh}/policies`,
    ready: async (page) => expect(page.getByText('No policy yet')).toBeVisible(),
  },
  {
    name: 'policy',
    as: 'demo',
    path: () => `${places.demo}/policies/${places.policy}?version=2`,
    ready: async (page) =>
      expect(page.getByRole('list', { name: 'Version 2 beside version 1' })).toBeVisible(),
  },
  {
    name: 'policy-edit',
    as: 'demo',
    path: () => `${places.demo}/policies/${places.policy}/edit`,
    ready: async (page) => expect(page.getByLabel('First token, ms')).toHaveValue('1800'),
  },
  { name: 'budgets', as: 'demo', path: () => `${places.demo}/budgets`, ready: heading('Budgets') },
  { name: 'wallet', as: 'demo', path: () => `${places.demo}/wallet`, ready: heading('Wallet') },
  {
    name: 'projects',
    as: 'demo',
    path: () => `${places.demo}/settings/projects`,
    ready: heading('Settings'),
  },
  { name: 'members', as: 'demo', path: () => `${places.demo}/settings/members`, ready: heading('Settings') },
  { name: 'audit', as: 'demo', path: () => `${places.demo}/settings/audit`, ready: heading('Settings') },
  { name: 'account', as: 'demo', path: () => `${places.demo}/settings/account`, ready: heading('Settings') },
  {
    name: 'operator-forbidden',
    as: 'demo',
    path: () => '/operator/tenants',
    ready: heading('Operators’ area'),
  },
  { name: 'tenants', as: 'operator', path: () => '/operator/tenants', ready: heading('Tenants') },
  { name: 'providers', as: 'operator', path: () => '/operator/providers', ready: heading('Providers') },
  { name: 'prices', as: 'operator', path: () => '/operator/prices', ready: heading('Price book') },
  { name: 'health', as: 'operator', path: () => '/operator/health', ready: heading('Health') },
  { name: 'simulator', as: 'operator', path: () => '/operator/simulator', ready: heading('Simulator') },
  { name: 'jobs', as: 'operator', path: () => '/operator/jobs', ready: heading('Jobs') },
  { name: 'ledger', as: 'operator', path: () => '/operator/ledger', ready: heading('Ledger') },
  { name: 'platform-audit', as: 'operator', path: () => '/operator/audit', ready: heading('Audit') },
  {
    name: 'nothing-here',
    as: 'demo',
    path: () => '/o/nobody-has-this/overview',
    ready: heading('There is nothing at this address'),
  },
];

/** What axe complains about. Rows of a long table are alike: the first ones speak for all. */
async function complaintsOfAxe(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .exclude('.data-table tbody tr:nth-child(n+40)')
    // Rows of the log that are out of sight are not laid out, and keep the colours of before.
    .exclude('[role=grid] [role=row]:nth-child(n+18)');
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

for (const { name: size, width, height } of SIZES) {
  for (const view of VIEWS) {
    test(`${view.name} is whole on a ${size}, light and dark`, async ({ browser }) => {
      const state = view.as === 'nobody' ? undefined : sessions[view.as];
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: 'light',
        ...(state ? { storageState: state } : {}),
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      });
      await page.goto(view.path());
      await view.ready(page);
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(SHOTS, `${view.name}-${size}-light.png`) });
      expect(await complaintsOfAxe(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);

      // The page follows the system; colours alone are others then.
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      await page.screenshot({ path: join(SHOTS, `${view.name}-${size}-dark.png`) });
      expect(await complaintsOfAxe(page, ['color-contrast'])).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    });
  }
}

// Only when asked to: it would change a committed file with every run.
if (process.env['UPDATE_IMAGES'] === '1') {
  test('makes the picture of the README', async ({ browser }) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      ...(sessions.demo ? { storageState: sessions.demo } : {}),
    });
    const page = await context.newPage();
    await page.goto(`${places.demo}/overview`);
    await expect(page.getByRole('img', { name: 'Spend by model over time' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: README_IMAGE });
    await context.close();
  });
}
