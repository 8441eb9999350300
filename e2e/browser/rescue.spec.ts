import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.js';
import { loadDemoWallet } from '../support/calls.js';
import { platformEnv } from '../support/environment.js';
import { brokenOff, hedged } from '../support/rescued-calls.js';
import { logInAsDemo } from '../support/sign-in.js';
import { clearFaults } from '../support/simulator-control.js';

const SHOTS = join(import.meta.dirname, '..', 'test-results', 'looks');

const simulator = () => ({
  SIMULATOR_URL: platformEnv('SIMULATOR_URL'),
  SIMULATOR_TOKEN: platformEnv('SIMULATOR_TOKEN'),
});

test.beforeEach(async ({ page }) => {
  await clearFaults(simulator());
  await loadDemoWallet();
  await logInAsDemo(page);
});
test.afterEach(() => clearFaults(simulator()));

const place = (page: Page): string => /\/o\/[^/]+/u.exec(new URL(page.url()).pathname)?.[0] ?? '';

/** In both sizes and themes. */
async function photograph(page: Page, name: string): Promise<void> {
  for (const [size, width, height] of [
    ['desk', 1440, 900],
    ['phone', 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await page.screenshot({ path: join(SHOTS, `${name}-${size}-${colorScheme}.png`) });
    }
  }
}

test('lets a customer cut a provider off and watch another go on with its answer', async ({ page }) => {
  await page.goto(`${place(page)}/playground?model=openai/gpt-4o-mini`);
  await page.getByLabel('How it fails').selectOption({ label: 'ends too early' });
  await page.getByRole('switch', { name: 'openai', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'openai', exact: true })).toBeChecked();
  await page.getByRole('button', { name: /^Explain how a railway switch works/ }).click();

  const answer = page.getByTestId('answer');
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(answer.getByTestId('splice')).toHaveText(/ goes on$/);
  await expect(answer.getByText('rescued in the middle of the answer')).toBeVisible();
  await photograph(page, 'playground-rescued');

  await page.setViewportSize({ width: 1440, height: 900 });
  await answer.getByRole('link', { name: 'Log row' }).click();
  const panel = page.getByTestId('call-panel');
  await expect(
    panel.getByRole('img', { name: /broke off .* went on at character \d+, answered/ }),
  ).toBeVisible();
  await expect(panel.getByText(/went on by instruction after \d+ characters/)).toBeVisible();
  await photograph(page, 'request-rescued');
});

test('shows the line that was taken beside a slow one', async ({ page }) => {
  const id = await hedged(simulator());
  await page.goto(`${place(page)}/requests?call=${id}`);
  const track = page.getByTestId('call-panel').getByTestId('track');
  await expect(track).toHaveAttribute(
    'aria-label',
    /Attempt 1, openai: cancelled .* Attempt 2, \S+ beside the slow one: answered/,
  );
  await photograph(page, 'request-hedged');
});

test('says it to whoever cannot see the drawing', async ({ page }) => {
  const id = await brokenOff(simulator());
  await page.goto(`${place(page)}/requests?call=${id}`);
  await expect(page.getByTestId('track')).toHaveAttribute('aria-label', /went on at character \d+/);
});
