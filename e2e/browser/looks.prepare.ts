import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { browserApi, workplaceOf } from '../support/browser-api.js';
import { ask, loadDemoWallet } from '../support/calls.js';
import { platformEnv } from '../support/environment.js';
import { writeHistory } from '../support/history.js';
import { keepPrepared, nothingPrepared, type PreparedLooks, type Viewer } from '../support/prepared-looks.js';
import { logInAsDemo, logInAsOperator, newUser, signUp } from '../support/sign-in.js';
import { clearFaults, setFault } from '../support/simulator-control.js';

const SHOTS = join(import.meta.dirname, '..', 'test-results', 'looks');

const simulator = () => ({
  SIMULATOR_URL: platformEnv('SIMULATOR_URL'),
  SIMULATOR_TOKEN: platformEnv('SIMULATOR_TOKEN'),
});

async function fillTheLog(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([
      ask('openai/gpt-4o-mini', `Name ${round + 2} famous railway junctions.`),
      ask('anthropic/claude-sonnet-4.5', `What is a trunk line? Answer in ${round + 1} sentences.`),
      ask('meta-llama/llama-3.3-70b-instruct', 'Why do trains need long distances to stop?'),
    ]);
  }
  await setFault(simulator(), 'openai', 'status:503');
  await ask(
    'openai/gpt-4o-mini',
    'Which line carries the most freight between Basel and Rotterdam, and why?',
  );
  await clearFaults(simulator());
}

/** A policy with a version in force and a draft that says something else. */
async function somePolicy(page: Page, org: string): Promise<{ id: string }> {
  const name = 'Support chat';
  const { items } = await browserApi<{ items: { id: string; name: string }[] }>(
    page,
    'GET',
    `${org}/policies`,
  );
  const known = items.find((one) => one.name === name);
  if (known) return known;
  const failover = { firstTokenMs: 2_500, totalMs: 120_000, hedge: { afterMs: 900 }, alsoOn: ['empty'] };
  const made = await browserApi<{ id: string }>(page, 'POST', `${org}/policies`, {
    name,
    publish: true,
    note: 'People leave after three seconds.',
    document: { failover },
  });
  const fallbackModels = ['anthropic/claude-sonnet-4.5', 'google/gemini-2.5-flash'];
  await browserApi(page, 'POST', `${org}/policies/${made.id}/versions`, {
    document: {
      failover: { ...failover, firstTokenMs: 1_800, rescue: { holdBackTokens: 40 }, fallbackModels },
    },
  });
  return made;
}

async function prepareDemo(page: Page, { places }: PreparedLooks): Promise<void> {
  await logInAsDemo(page);
  const { organizationId, slug, projectId } = await workplaceOf(page);
  const org = `/api/organizations/${organizationId}`;
  await browserApi(page, 'PATCH', `${org}/projects/${projectId}`, { keepBodies: true });
  const { items: budgets } = await browserApi<{ items: { scope: string }[] }>(page, 'GET', `${org}/budgets`);
  // A worker that begins anew after a failure finds what the one before it made.
  if (!budgets.some(({ scope }) => scope === 'project')) {
    await browserApi(page, 'POST', `${org}/budgets`, {
      scope: 'project',
      scopeId: projectId,
      period: 'month',
      limitNanoUsd: '25000000000',
    });
  }
  places.policy = (await somePolicy(page, org)).id;
  await writeHistory(organizationId, projectId);
  await loadDemoWallet();
  await fillTheLog();
  await expect
    .poll(async () => {
      const { items } = await browserApi<{ items: { id: string }[] }>(
        page,
        'GET',
        `${org}/calls?failedOver=true&limit=1`,
      );
      places.failedFirst = items[0]?.id ?? '';
      return places.failedFirst;
    })
    .not.toBe('');
  places.demo = `/o/${slug}`;
}

// Before all others, since it breaks a provider for a moment.
test('fills an organization with data, and opens another without any', async ({ browser }) => {
  test.setTimeout(240_000);
  await mkdir(SHOTS, { recursive: true });
  await clearFaults(simulator());
  const looks = nothingPrepared();
  const visit = async (viewer: Viewer, prepare: (page: Page) => Promise<void>): Promise<void> => {
    const context = await browser.newContext();
    await prepare(await context.newPage());
    looks.sessions[viewer] = await context.storageState();
    await context.close();
  };
  await visit('demo', (page) => prepareDemo(page, looks));
  await visit('operator', logInAsOperator);
  await visit('fresh', async (page) => {
    await signUp(page, newUser(), 'Empty and Sons');
    looks.places.fresh = new URL(page.url()).pathname.replace(/\/start$/, '');
  });
  keepPrepared(looks);
});
