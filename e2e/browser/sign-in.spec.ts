import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/test.js';
import { platformEnv } from '../support/environment.js';
import { eventually } from '../support/eventually.js';
import { newUser, signUp } from '../support/sign-in.js';

/** The link of the newest mail to an address whose path begins like this. */
async function mailedLink(to: string, path: string): Promise<string> {
  const folder = platformEnv('MAILBOX_DIR');
  return eventually(async () => {
    for (const name of (await readdir(folder)).sort().reverse()) {
      const mail = (await readFile(join(folder, name), 'utf8'))
        .replaceAll('=\r\n', '')
        .replaceAll('=\n', '')
        .replaceAll('=3D', '=');
      if (!mail.includes(to)) continue;
      const link = mail.match(/https?:\/\/[^\s"<>]+/g)?.find((url) => url.includes(path));
      if (link) return link.replaceAll('&amp;', '&');
    }
    return undefined;
  }, 20_000);
}

test('says what is wrong with a log-in and keeps the address', async ({ page }) => {
  await page.goto('/log-in');
  await page.getByLabel('E-mail address').fill('nobody@example.com');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert').first()).toContainText('E-mail address or password is wrong');
  await expect(page.getByLabel('E-mail address')).toHaveValue('nobody@example.com');
});

test('leads whoever is logged out to the log-in and back to the very view', async ({ page }) => {
  const user = newUser();
  await signUp(page, user, 'Fjord Analytics');
  const view = new URL(page.url()).pathname.replace('/start', '/requests?status=5xx&range=7d');
  await page.getByRole('button', { name: /Ana Ruiz/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page).toHaveURL(/\/log-in/);
  await page.goto(view);
  await expect(page).toHaveURL(/\/log-in\?next=/);
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(new RegExp(`${view.replace(/[?]/g, '\\?')}$`));
  await expect(page.getByRole('button', { name: 'Remove the filter Status 5xx' })).toBeVisible();
});

test('sends a link that sets a new password, and one that verifies the address', async ({ page }) => {
  const user = newUser();
  await signUp(page, user, 'Kestrel Health');
  await page.goto(await mailedLink(user.email, '/verify-email'));
  await expect(page.getByRole('heading', { name: 'Your e-mail address is verified' })).toBeVisible();

  await page.context().clearCookies();
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('status').filter({ hasText: user.email })).toBeVisible();
  await page.goto(await mailedLink(user.email, '/reset-password'));
  await page.getByLabel('New password').fill('another password entirely');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('link', { name: 'Log in with it' }).click();
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByLabel('Password').fill('another password entirely');
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});
