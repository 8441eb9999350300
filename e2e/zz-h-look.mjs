import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
const env = Object.fromEntries(readFileSync('/tmp/h/gw/.trunkline/dev.env','utf8').split('\n').filter(l=>l.includes('=')).map(l=>{const i=l.indexOf('=');return [l.slice(0,i),l.slice(i+1).replace(/^'|'$/g,'')];}));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-background-networking','--no-first-run'] });
const base = env.DASHBOARD_URL;
const ctx0 = await browser.newContext(); const p0 = await ctx0.newPage();
await p0.goto(base + '/log-in'); await p0.getByLabel('E-mail address').fill(env.OPERATOR_EMAIL); await p0.getByLabel('Password').fill(env.OPERATOR_PASSWORD);
await p0.getByRole('button', { name: 'Log in' }).click(); await p0.waitForURL(/\/(o|operator)\//, { timeout: 60000 });
const state = await ctx0.storageState();
for (const [w, h, scheme] of [[390, 844, 'light'], [390, 844, 'dark'], [1440, 900, 'dark']]) {
  const ctx = await browser.newContext({ storageState: state, viewport: { width: w, height: h }, colorScheme: scheme });
  const page = await ctx.newPage(); page.on('console', m => m.type() === 'error' && console.log('console', m.text().slice(0, 300)));
  await page.goto(base + '/operator/prices'); await page.getByRole('heading', { name: 'Price book' }).waitFor();
  await page.screenshot({ path: `/tmp/h/shot-empty-${w}-${scheme}.png`, fullPage: true, timeout: 120000 });
  if (process.argv[2] === 'full') {
    await page.getByLabel('Changes, as JSON').fill(JSON.stringify([{ offerId: 'openai/gpt-4o@openai', prices: { input: '2.8', output: '999', cacheRead: '0.01' } }, { offerId: 'google/gemini-2.5-pro@google', prices: { input: '1.5' }, effectiveFrom: '2027-01-01T00:00:00Z' }], null, 1));
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('table', { name: 'What would change' }).waitFor();
    await page.screenshot({ path: `/tmp/h/shot-diff-${w}-${scheme}.png`, fullPage: true, timeout: 120000 });
    await page.goto(base + '/operator/prices?offer=google/gemini-2.5-pro@google'); await page.getByRole('table', { name: /Prices of/ }).waitFor();
    await page.screenshot({ path: `/tmp/h/shot-full-${w}-${scheme}.png`, fullPage: true, timeout: 120000 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth); if (over > 0) console.log('OVERFLOW', w, over);
    const v = (await new AxeBuilder({ page }).analyze()).violations; for (const x of v) console.log('axe', w, scheme, x.id, x.nodes.map(n => n.html.slice(0, 120)).join(' | '));
    await page.getByLabel('Changes, as JSON').fill('[{"offerId":"openai/gpt-4o@openai","prices":{"inputs":"1"}}]'); await page.getByRole('button', { name: 'Show what would change' }).click(); await page.getByText('Change 1 (openai').waitFor();
    await page.screenshot({ path: `/tmp/h/shot-wrong-${w}-${scheme}.png`, fullPage: true, timeout: 120000 });

  }
  await ctx.close();
}
await browser.close();
