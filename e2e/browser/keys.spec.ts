import { expect, test } from '../support/test.js';
import { loadDemoWallet, statusOf } from '../support/calls.js';
import { eventually } from '../support/eventually.js';
import { logInAsDemo, shownKey } from '../support/sign-in.js';

test.beforeAll(loadDemoWallet);
test.beforeEach(async ({ page }) => {
  await logInAsDemo(page);
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
});

test('makes a key with limits that is shown once, and names what its revocation breaks', async ({ page }) => {
  await page.getByRole('button', { name: 'New key' }).click();
  const name = `worker ${crypto.randomUUID().slice(0, 8)}`;
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Requests per minute').fill('600');
  await page.getByLabel('Budget, US dollars').fill('2.50');
  await page.getByRole('button', { name: 'Create key' }).click();
  const secret = await shownKey(page);
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByTestId('secret')).toBeHidden();

  const row = page.getByRole('row', { name });
  await expect(row).toContainText('600/min');
  await expect(row).toContainText('0% of $2.50/month');
  await expect(row).toContainText(secret.slice(-4));
  expect(await statusOf(secret)).toBe(200);

  await row.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Revoke…' }).click();
  const dialog = page.getByRole('dialog', { name: `Revoke “${name}”?` });
  await expect(dialog).toContainText('cannot be taken back');
  await dialog.getByRole('button', { name: 'Revoke the key' }).click();
  await expect(dialog).toBeHidden();
  await eventually(async () => (await statusOf(secret)) === 401, 2_000);
  await expect(row).toBeHidden();
});

test('switches a key off and takes it back', async ({ page }) => {
  await page.getByRole('button', { name: 'New key' }).click();
  const name = `laptop ${crypto.randomUUID().slice(0, 8)}`;
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create key' }).click();
  const secret = await shownKey(page);
  await page.getByRole('button', { name: 'I have it' }).click();
  const row = page.getByRole('row', { name });

  await row.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await expect(row).toContainText('Switched off');
  await eventually(async () => (await statusOf(secret)) === 401, 2_000);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('Active');
  await eventually(async () => (await statusOf(secret)) === 200, 2_000);
});

test('keeps what was typed when a field is wrong, and says what is', async ({ page }) => {
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill('half done');
  await page.getByLabel('Budget, US dollars').fill('a lot');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('alert')).toContainText('An amount in US dollars');
  await expect(page.getByLabel('Name')).toHaveValue('half done');
});
