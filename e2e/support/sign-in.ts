import { type BrowserContext, expect, type Page } from '@playwright/test';
import { platformEnv } from './environment.js';

interface Session {
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
  /** Where a log-in ends. */
  url: string;
}

/** One for each account: to log in for every test takes time, and more tries than an account has in five minutes. */
const sessions = new Map<string, Session>();

async function logIn(page: Page, email: string, password: string): Promise<void> {
  const known = sessions.get(email);
  if (known) {
    await page.context().addCookies(known.cookies);
    await page.goto(known.url);
    return;
  }
  await page.goto('/log-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  // Operators end in their own area.
  await page.waitForURL(/\/(?:o\/[^/]+|operator)\//u);
  sessions.set(email, { cookies: await page.context().cookies(), url: page.url() });
}

/** Logs the demo organization's owner in. */
export async function logInAsDemo(page: Page): Promise<void> {
  await logIn(page, platformEnv('DEMO_EMAIL'), platformEnv('DEMO_PASSWORD'));
}

export async function logInAsOperator(page: Page): Promise<void> {
  await logIn(page, platformEnv('OPERATOR_EMAIL'), platformEnv('OPERATOR_PASSWORD'));
}

export interface NewUser {
  email: string;
  password: string;
}

/** An account that nobody has yet. */
export function newUser(): NewUser {
  return { email: `ana-${crypto.randomUUID().slice(0, 8)}@example.com`, password: crypto.randomUUID() };
}

/** Signs up and names an organization; ends on the page that shows the first key. */
export async function signUp(page: Page, { email, password }: NewUser, organization: string): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Ana Ruiz');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('Name of your organization').fill(organization);
  await page.getByRole('button', { name: 'Go on to your key' }).click();
  await expect(page.getByRole('heading', { name: 'Your first request' })).toBeVisible();
}

/** The key that a page shows this once. */
export async function shownKey(page: Page): Promise<string> {
  const secret = (await page.getByTestId('secret').textContent()) ?? '';
  expect(secret).toMatch(/^sk-tl-[\w-]{43}$/);
  return secret;
}
