import { expect, test } from '@playwright/test';
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
