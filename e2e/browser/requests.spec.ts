import { expect, test } from '../support/test.js';
import { ask, loadDemoWallet } from '../support/calls.js';
import { platformEnv } from '../support/environment.js';
import { logInAsDemo } from '../support/sign-in.js';
import { clearFaults, setFault } from '../support/simulator-control.js';

/** Nobody else calls it, so that its row can be told from those that are still on their way. */
const MODEL_OF_ITS_OWN = 'openai/gpt-4.1-nano';

const simulator = () => ({
  SIMULATOR_URL: platformEnv('SIMULATOR_URL'),
  SIMULATOR_TOKEN: platformEnv('SIMULATOR_TOKEN'),
});

test.beforeAll(async () => {
  await clearFaults(simulator());
  await loadDemoWallet();
  await ask('openai/gpt-4o-mini', 'The first of three.');
  await setFault(simulator(), 'openai', 'status:503');
  await ask('openai/gpt-4o-mini', 'The second, saved by failover.');
  await clearFaults(simulator());
  await ask('anthropic/claude-sonnet-4.5', 'The third.');
});

test.beforeEach(async ({ page }) => {
  await logInAsDemo(page);
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Requests' })).toBeVisible();
});

test('narrows the log by what is typed, and keeps the view in the address', async ({ page, context }) => {
  await page.getByPlaceholder(/^Filter/).fill('failover:yes');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved by failover', { exact: true })).toBeVisible();
  const rows = page.getByRole('grid').getByRole('row').filter({ hasText: 'openai/gpt-4o-mini' });
  await expect(rows.first()).toBeVisible();
  await expect(page.getByRole('grid').getByText('anthropic/claude-sonnet-4.5')).toHaveCount(0);
  await expect(page).toHaveURL(/failedOver=true/);

  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await expect(colleague.getByLabel('Remove the filter Saved by failover yes')).toBeVisible();
  await expect(colleague.getByRole('grid').getByText('anthropic/claude-sonnet-4.5')).toHaveCount(0);

  await page.getByLabel('Remove the filter Saved by failover yes').click();
  await expect(page.getByRole('grid').getByText('anthropic/claude-sonnet-4.5').first()).toBeVisible();
});

test('is walked through by keyboard, the detail following', async ({ page }) => {
  const rows = page.getByRole('grid').getByRole('row');
  await rows.nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/call=/);
  const first = new URL(page.url()).searchParams.get('call');
  await expect(page.getByTestId('call-panel').getByTestId('track')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page).not.toHaveURL(new RegExp(String(first)));
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(new RegExp(String(first)));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('call-panel')).toBeHidden();
});

test('shows a call the moment that it has ended, when live', async ({ page }) => {
  await page.getByRole('button', { name: 'Go live' }).click();
  await expect(page).toHaveURL(/live=true/);
  const arrived = page.getByRole('grid').getByRole('row').filter({ hasText: MODEL_OF_ITS_OWN });
  await expect(arrived).toHaveCount(0);
  await ask(MODEL_OF_ITS_OWN, 'Arrive, please.');
  await expect(arrived).toHaveCount(1);
});

test('says what is wrong with a filter that makes no sense', async ({ page }) => {
  await page.getByPlaceholder(/^Filter/).fill('status:teapot');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Status is written as' })).toBeVisible();
});

test('says what happened, what to do and the request id when the log cannot be read', async ({ page }) => {
  await page.route('**/api/organizations/*/calls?*', (route) =>
    route.fulfill({
      status: 503,
      json: {
        error: {
          code: 'service_unavailable',
          message: 'The database does not answer.',
          requestId: 'req-of-the-failure',
        },
      },
    }),
  );
  await page.getByPlaceholder(/^Filter/).fill('status:5xx');
  await page.keyboard.press('Enter');
  const told = page.getByRole('alert').filter({ hasText: 'The control plane does not answer' });
  await expect(told).toContainText('The database does not answer.');
  await expect(told).toContainText('req-of-the-failure');
  await page.screenshot({ path: 'test-results/looks/requests-error-desk-light.png' });
  await page.unroute('**/api/organizations/*/calls?*');
  await told.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('No request fits').or(page.getByRole('grid'))).toBeVisible();
});
