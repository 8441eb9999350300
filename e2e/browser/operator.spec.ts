import { expect, test } from '../support/test.js';
import { logInAsDemo, logInAsOperator, newUser, signUp } from '../support/sign-in.js';

test('lets an operator grant credit, which the organization finds in its ledger', async ({
  browser,
  page,
}) => {
  const name = `Grantee ${crypto.randomUUID().slice(0, 8)}`;
  await signUp(page, newUser(), name);

  const operator = await browser.newPage();
  await logInAsOperator(operator);
  await operator.goto('/operator/tenants');
  await operator.getByLabel('Search organizations').fill(name);
  const row = operator.getByRole('row', { name });
  await row.getByRole('button', { name: `Actions for ${name}` }).click();
  await operator.getByRole('menuitem', { name: 'Grant credit…' }).click();
  await operator.getByLabel('Amount, US dollars').fill('12.34');
  await operator.getByLabel('What for').fill('A welcome');
  await operator.getByRole('button', { name: 'Grant credit' }).click();
  await expect(row).toContainText('$13.34');
  await operator.close();

  await page.getByRole('link', { name: 'Wallet' }).click();
  await expect(page.getByTestId('balance')).toHaveText('$13.34');
  await expect(page.getByRole('row', { name: /A welcome/ })).toContainText('+$12.34');
});

test('keeps customers out of the operators’ area', async ({ page }) => {
  await logInAsDemo(page);
  await page.goto('/operator/ledger');
  await expect(page.getByText('This is for operators of the platform')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('lets an operator see what a price change would do, make it, and take it back', async ({ page }) => {
  const offer = 'mistralai/mistral-large-3@mistral';
  await logInAsOperator(page);
  await page.goto('/operator/prices');
  const text = page.getByLabel('Changes, as JSON');
  const show = page.getByRole('button', { name: 'Show what would change' });
  await text.fill(JSON.stringify([{ offerId: offer, prices: { inputs: '1' } }]));
  await show.click();
  await expect(page.getByRole('alert').filter({ hasText: `Change 1 (${offer}` })).toBeVisible();

  await text.fill(JSON.stringify([{ offerId: offer, prices: { input: '99' } }]));
  await show.click();
  const difference = page.getByRole('table', { name: 'What would change' });
  await expect(difference.getByRole('row', { name: /input.*99.*look twice/u })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Prices set here' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Apply 1 change' }).click();
  const row = page.getByRole('table', { name: 'Prices set here' }).getByRole('row', { name: /\$99/u });
  await expect(row).toContainText('since');

  await row.getByRole('button', { name: /^History of mistralai/u }).click();
  const versions = page.getByRole('table', { name: `Prices of ${offer}` });
  await expect(versions.getByRole('row', { name: /Provider charges.*in force.*\$99/u })).toBeVisible();
  await expect(versions.getByRole('row', { name: /Provider charges.*over/u }).first()).toBeVisible();

  await row.getByRole('button', { name: 'Back to the catalog’s…' }).click();
  await page.getByRole('button', { name: 'Take them back' }).click();
  await expect(page.getByText('All prices are the catalog’s')).toBeVisible();
  await expect(versions.getByRole('row', { name: /Provider charges.*over.*\$99/u })).toBeVisible();
});
