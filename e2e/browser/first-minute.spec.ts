import { expect, test } from '../support/test.js';
import OpenAI from 'openai';
import { clearFaults } from '../support/simulator-control.js';
import { platformEnv } from '../support/environment.js';
import { newUser, shownKey, signUp } from '../support/sign-in.js';

test.describe.configure({ mode: 'serial' });

test.afterEach(async () => {
  await clearFaults({
    SIMULATOR_URL: platformEnv('SIMULATOR_URL'),
    SIMULATOR_TOKEN: platformEnv('SIMULATOR_TOKEN'),
  });
});

test('leads from sign-up to a key, a request seen arriving, and its row with cost and track', async ({
  page,
}) => {
  await signUp(page, newUser(), 'Acme Robotics');
  const secret = await shownKey(page);
  await expect(page.getByText('Your wallet holds $1.00')).toBeVisible();
  await expect(page.getByLabel('curl', { exact: true }).first()).toContainText(secret);

  const arrival = page.getByTestId('arrival');
  await expect(arrival).toContainText('Waiting for your first request');
  const client = new OpenAI({ baseURL: `${platformEnv('GATEWAY_URL')}/v1`, apiKey: secret });
  const answer = await client.chat.completions.create({
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'Say hello in one sentence.' }],
  });
  expect(answer.choices[0]?.message.content).toBeTruthy();

  await expect(arrival).toContainText('Your first request arrived');
  await arrival.getByRole('link', { name: 'See it in the log' }).click();
  const panel = page.getByTestId('call-panel');
  await expect(panel.getByRole('heading', { name: 'openai/gpt-4o-mini' })).toBeVisible();
  await expect(panel.getByTestId('track')).toHaveAccessibleName(
    /^Attempt 1, openai: answered after \d+ ms\.$/,
  );
  const cost = (answer.usage as { cost?: number } | undefined)?.cost ?? 0;
  expect(cost).toBeGreaterThan(0);
  const shown = Number(((await panel.getByTestId('call-cost').textContent()) ?? '').replace('$', ''));
  expect(shown).toBe(cost);

  await page.getByRole('link', { name: 'Wallet' }).click();
  await expect(page.getByTestId('balance').getByTitle(/^\$0\.9{3}/)).toBeVisible();
});

test('shows in the playground how failover saves an answer, and draws it in the log', async ({ page }) => {
  await signUp(page, newUser(), 'Northwind Labs');
  await page.getByRole('link', { name: 'Playground' }).click();
  await page.getByLabel('openai', { exact: true }).click();
  await expect(page.getByLabel('openai', { exact: true })).toBeChecked();

  await page.getByLabel('Prompt', { exact: true }).fill('Explain a railway switch in two sentences.');
  await page.keyboard.press('Enter');
  const answer = page.getByTestId('answer');
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(answer.getByTestId('way')).toContainText('saved by failover');
  await expect(answer).toContainText(/first token \d+/);
  await expect(answer).toContainText(/\$0\.\d+/);

  await answer.getByRole('link', { name: 'Log row' }).click();
  const panel = page.getByTestId('call-panel');
  await expect(panel.getByTestId('track')).toHaveAccessibleName(
    /^Attempt 1, openai: failed \(.+\) after \d+ ms\. Attempt 2, \S+: answered after \d+ ms\.$/,
  );
  await expect(panel).toContainText('saved by failover');
  await expect(panel.getByTestId('call-cost')).toHaveText(/^\$0\.\d+$/);
});

test('asks several models at once, each with its own speed and cost', async ({ page }) => {
  await signUp(page, newUser(), 'Fjord Analytics');
  const playground = new URL(page.url()).pathname.replace('/start', '/playground');
  await page.goto(`${playground}?model=openai/gpt-4o-mini,anthropic/claude-sonnet-4.5&system=Be+terse.`);
  await page.getByLabel('Prompt', { exact: true }).fill('What is a trunk line?');
  await page.getByRole('button', { name: 'Send' }).click();
  const answers = page.getByTestId('answer');
  await expect(answers).toHaveCount(2);
  for (const place of [0, 1]) {
    await expect(answers.nth(place)).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
    await expect(answers.nth(place)).toContainText(/\d+ tok\/s/);
    await expect(answers.nth(place)).toContainText(/\$0\.\d+/);
  }
  await page.screenshot({ path: 'test-results/looks/playground-two-models-desk-light.png' });
  await expect(page.getByRole('tabpanel', { name: 'curl' })).toContainText('Be terse.');
});
