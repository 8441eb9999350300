import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../support/test.js';
import { newUser, signUp } from '../support/sign-in.js';

test('an owner adds keys of her own, is told what cannot be reached, and takes them away again', async ({
  page,
}) => {
  await signUp(page, newUser(), 'Own Keys Ltd');
  const base = new URL(page.url()).pathname.replace(/\/start$/, '');
  await page.goto(`${base}/settings/providers`);
  await expect(page.getByText('All calls use the platform’s keys')).toBeVisible();

  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByLabel('Provider').selectOption('openai');
  await page.getByLabel('API keys').fill('sk-one-0123456789abcdef\nsk-two-0123456789abcdef');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Keys of OpenAI' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('sk-o…cdef')).toBeVisible();
  expect(await page.content()).not.toContain('0123456789abcdef');

  await page.getByRole('button', { name: 'Add keys' }).click();
  await page.getByLabel('Provider').selectOption('');
  await page.getByLabel('Name').fill('my-vllm');
  await page.getByLabel('Base URL').fill('http://169.254.169.254/v1');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Only public addresses can be reached from here.')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Remove the key sk-o…cdef' }).click();
  await page.getByRole('button', { name: 'Remove the key', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Keys of OpenAI' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Actions for OpenAI' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove it with its keys' }).click();
  await expect(page.getByText('All calls use the platform’s keys')).toBeVisible();
});
