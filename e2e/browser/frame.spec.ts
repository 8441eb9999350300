import { expect, test } from '../support/test.js';
import { logInAsDemo } from '../support/sign-in.js';

test.beforeEach(async ({ page }) => {
  await logInAsDemo(page);
});

test('goes anywhere by typing', async ({ page }) => {
  const palette = page.getByRole('dialog', { name: 'Go to…' });
  // The page hears keys as soon as its scripts run, which is a moment after it is seen.
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(palette).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await palette.getByRole('combobox').fill('claude-sonnet-4.5');
  await palette
    .getByRole('option', { name: /Claude Sonnet 4\.5/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Claude Sonnet 4.5');
  await page.keyboard.press('ControlOrMeta+k');
  await palette.getByRole('combobox').fill('saved by failover');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/requests\?failedOver=true$/);
});

test('takes time range and project along from page to page', async ({ page }) => {
  await page.getByRole('button', { name: /^Time range/ }).click();
  await page.getByRole('button', { name: 'Last 7 days' }).click();
  await expect(page).toHaveURL(/range=7d/);
  const requests = page.getByRole('link', { name: 'Requests', exact: true });
  // The address changes a moment before the rail is drawn again.
  await expect(requests).toHaveAttribute('href', /range=7d/);
  await requests.click();
  await expect(page).toHaveURL(/\/requests\?range=7d$/);
  await expect(page.getByRole('button', { name: 'Time range: Last 7 days' })).toBeVisible();
});

test('keeps the theme that was chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: /demo@/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('has its rail in a sheet on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('link', { name: 'Keys', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Keys', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('gives each page a policy of its own that forbids foreign scripts', async ({ page }) => {
  const policyOf = async () => {
    const answer = await page.goto(page.url());
    return answer?.headers()['content-security-policy'] ?? '';
  };
  const first = await policyOf();
  expect(first).toContain("script-src 'self' 'nonce-");
  expect(first).not.toMatch(/script-src[^;]*unsafe/);
  expect(first).toContain("frame-ancestors 'none'");
  expect(await policyOf()).not.toBe(first);
});

test('leads the playground to the gateway’s API alone, and without cookies', async ({ page, request }) => {
  const answer = await request.post('/playground-stream/v1/chat/completions', {
    headers: {
      cookie: (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; '),
    },
    data: { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] },
  });
  expect(answer.status()).toBe(401);
  expect((await request.get('/playground-stream/healthz')).status()).toBe(404);
});
