import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.js';
import { gatewayClient, statusOf } from '../support/calls.js';
import { platformEnv } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { logInAsDemo, shownKey } from '../support/sign-in.js';
import { clearFaults, setFault } from '../support/simulator-control.js';

const SHOTS = join(import.meta.dirname, '..', 'test-results', 'looks');
/** Longer than the policy waits, and shorter than what breakers take for slow. */
const SLOW_MS = 1_500;

const simulator = () => ({
  SIMULATOR_URL: platformEnv('SIMULATOR_URL'),
  SIMULATOR_TOKEN: platformEnv('SIMULATOR_TOKEN'),
});

test.afterEach(() => clearFaults(simulator()));

/** Who answers a stream, the slow one or another. */
async function answeredBy(key: string): Promise<{ provider: string | null; callId: string | null }> {
  const { data, response } = await gatewayClient(key)
    .chat.completions.create({
      model: 'openai/gpt-4o-mini',
      stream: true,
      messages: [{ role: 'user', content: 'Hello' }],
    })
    .withResponse();
  data.controller.abort();
  const { headers } = response;
  return { provider: headers.get('x-trunkline-provider'), callId: headers.get('x-request-id') };
}

const follows = (key: string, isSlowOne: boolean) =>
  eventually(async () => ((await answeredBy(key)).provider === 'openai') === isSlowOne, 10_000);

async function makeKey(page: Page, policy: string): Promise<string> {
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill(`for ${policy}`);
  await page.getByLabel('Policy').selectOption({ label: policy });
  await page.getByRole('button', { name: 'Create key' }).click();
  const secret = await shownKey(page);
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByRole('row', { name: `for ${policy}` })).toContainText(policy);
  return secret;
}

test('is written, published, followed by the gateway, changed and rolled back with one click', async ({
  page,
}) => {
  await logInAsDemo(page);
  const name = `hasty ${crypto.randomUUID().slice(0, 8)}`;
  await page.getByRole('link', { name: 'Policies', exact: true }).click();
  await page.getByRole('link', { name: 'New policy' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('First token, ms').fill('900');
  await expect(page.getByRole('textbox', { name: 'Document' })).toHaveValue(/"firstTokenMs": 900/);
  await page.getByRole('button', { name: 'Save and publish' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText('Version 1 in force')).toBeVisible();
  const address = page.url();

  const key = await makeKey(page, name);
  await expect.poll(() => statusOf(key)).toBe(200);
  await setFault(simulator(), 'openai', 'slow_first_token', { delayMs: SLOW_MS });
  await follows(key, false);

  await page.goto(address);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Document' }).fill('{ "failover": { "firstTokenMS": 1 } }');
  await expect(page.getByRole('alert').filter({ hasText: 'firstTokenMS' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save and publish' })).toBeDisabled();
  await page
    .getByRole('textbox', { name: 'Document' })
    .fill('{ "failover": { "firstTokenMs": 20000, "hedge": false } }');
  await expect(page.getByLabel('First token, ms')).toHaveValue('20000');
  await page.getByLabel('Note').fill('Patience.');
  await page.getByRole('button', { name: 'Save and publish' }).click();
  await expect(page.getByText('Version 2 in force')).toBeVisible();
  await follows(key, true);

  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
  await versions.first().getByRole('button', { name: 'Compare' }).click();
  const changes = page.getByRole('list', { name: 'Version 2 beside version 1' });
  await expect(changes).toContainText('failover.firstTokenMs900→20000');
  await page.screenshot({ path: join(SHOTS, 'policy-compared-desk-light.png') });
  await page.getByRole('button', { name: 'Roll back to version 1' }).click();
  await expect(page.getByText('Version 1 in force')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await follows(key, false);

  await page.getByRole('button', { name: 'Archive' }).click();
  const dialog = page.getByRole('dialog', { name: `Archive “${name}”?` });
  await expect(dialog).toContainText('1 key');
  await dialog.getByRole('button', { name: 'Archive the policy' }).click();
  await expect(dialog.getByRole('alert')).toContainText('in use by one key');
  await dialog.getByRole('button', { name: 'Keep it' }).click();

  const { callId } = await answeredBy(key);
  await page.goto(`${new URL(address).pathname.replace(/\/policies\/.*/, '')}/requests?call=${callId}`);
  await expect(page.getByTestId('call-panel')).toContainText(`${name}, version 1`, { timeout: 15_000 });
});
