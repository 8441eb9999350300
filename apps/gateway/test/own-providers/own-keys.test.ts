import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat } from '../support/ask.js';
import type { EntryWish } from '../support/seed-entry.js';
import type { Tenant, TenantOptions } from '../support/seed-organization.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

describe('own credentials', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ env: { ALLOWED_PRIVATE_NETWORKS: '127.0.0.1' } });
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  const own = (wish: Partial<EntryWish> = {}) => ({
    providerId: 'openai',
    baseUrl: `${gateway.simulator.url}/p/mine/v1`,
    ...wish,
  });

  async function tenantWith(entry: EntryWish, options: TenantOptions = {}): Promise<Tenant> {
    const tenant = await gateway.addTenant(options);
    await gateway.addEntry({ organizationId: tenant.organizationId, ...entry });
    // The entry arrives by the outbox.
    await eventually(async () => {
      const { latest } = gateway.simulator.control.calls();
      await ask(gateway, { key: tenant.key, body: chat('x') });
      const { calls } = gateway.simulator.control.calls({ since: latest });
      expect(calls[0]?.provider).toBe('mine');
    });
    return tenant;
  }

  it('are asked first and cost nothing; the answer says what the provider charges', async () => {
    const tenant = await tenantWith(own());
    const answer = await ask(gateway, { key: tenant.key, body: chat('Say hi') });
    expect(answer.json).toMatchObject({ usage: { cost: 0, is_byok: true } });
    const usage = answer.json['usage'] as { cost_details: { upstream_inference_cost: number } };
    expect(usage.cost_details.upstream_inference_cost).toBeGreaterThan(0);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record).toMatchObject({
      costNanoUsd: '0',
      providerCostNanoUsd: '0',
      attempts: [{ reason: 'own key', outcome: 'success' }],
    });
    for (const line of record.lines) {
      expect(line).toMatchObject({ costNanoUsd: '0', providerCostNanoUsd: '0', unpriced: false });
      expect(BigInt(line.buyNanoUsdPerMillion)).toBeGreaterThan(0n);
    }
  });

  it('need no credit', async () => {
    const tenant = await tenantWith(own(), { creditUsd: 0 });
    const answer = await ask(gateway, { key: tenant.key, body: chat('Say hi', { max_tokens: 400 }) });
    expect([answer.status, answer.json]).toMatchObject([200, { usage: { cost: 0 } }]);
  });

  it('are followed by the platform’s when they are rejected, at the platform’s price', async () => {
    const tenant = await tenantWith(own());
    gateway.simulator.control.setFault({ provider: 'mine', fault: 'status:401' });
    const answer = await ask(gateway, { key: tenant.key, body: chat('Say hi') });
    expect(answer.status).toBe(200);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(record.attempts.map(({ outcome, committed }) => [outcome, committed])).toEqual([
      ['credential_rejected', false],
      ['success', true],
    ]);
    expect(BigInt(record.costNanoUsd)).toBeGreaterThan(0n);
  });

  it('are not followed by anything that an empty wallet would have to pay', async () => {
    const tenant = await tenantWith(own(), { creditUsd: 0 });
    gateway.simulator.control.setFault({ provider: 'mine', fault: 'status:401' });
    const { latest } = gateway.simulator.control.calls();
    const answer = await ask(gateway, { key: tenant.key, body: chat('Say hi') });
    expect([answer.status, answer.json]).toMatchObject([
      401,
      { error: { code: 'byok_credential_rejected' } },
    ]);
    const { calls } = gateway.simulator.control.calls({ since: latest });
    expect(calls.map(({ provider }) => provider)).toEqual(['mine']);
  });

  it.each([
    ['status:401', 401, 'byok_credential_rejected'],
    ['status:402', 402, 'byok_quota_exhausted'],
  ] as const)('alone, %s is the client’s own to mend', async (fault, status, code) => {
    const tenant = await tenantWith(own({ mode: 'only' }));
    gateway.simulator.control.setFault({ provider: 'mine', fault });
    const answer = await ask(gateway, { key: tenant.key, body: chat('Say hi') });
    expect([answer.status, answer.json]).toMatchObject([status, { error: { code } }]);
    expect(answer.headers.get('x-should-retry')).toBe('false');
  });

  it('answer for each other in a pool', async () => {
    const tenant = await tenantWith(own({ mode: 'only', keys: 3 }));
    gateway.simulator.control.setFault({ provider: 'mine', fault: 'status:401', options: { count: 2 } });
    const answer = await ask(gateway, { key: tenant.key, body: chat('Say hi') });
    expect(answer.status).toBe(200);
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    expect(new Set(record.attempts.map(({ credentialId }) => credentialId)).size).toBe(3);
  });

  it('are used by their organization and, where they name a project, by that project alone', async () => {
    const tenant = await tenantWith(own());
    const other = await gateway.addTenant();
    await gateway.addEntry({
      ...own(),
      organizationId: other.organizationId,
      projectId: other.projectId,
      baseUrl: `${gateway.simulator.url}/p/theirs/v1`,
    });
    const providerOf = async (key: string) => {
      const { latest } = gateway.simulator.control.calls();
      expect((await ask(gateway, { key, body: chat('x') })).status).toBe(200);
      return gateway.simulator.control.calls({ since: latest }).calls[0]?.provider;
    };
    await eventually(async () => expect(await providerOf(other.key)).toBe('theirs'));
    expect(await providerOf(tenant.key)).toBe('mine');
    expect(await providerOf(gateway.tenant.key)).toBe('openai');
  });

  it('serve endpoints of their own under any name, and nobody else’s calls', async () => {
    const tenant = await gateway.addTenant({ creditUsd: 0 });
    await gateway.addEntry({
      providerId: 'acme',
      baseUrl: `${gateway.simulator.url}/p/acme/v1`,
      organizationId: tenant.organizationId,
      mode: 'only',
      unlistedModels: true,
    });
    const body = chat('Say hi', { model: 'acme/case;opt=1:weird' });
    await eventually(async () => expect((await ask(gateway, { key: tenant.key, body })).status).toBe(200));
    const { calls } = gateway.simulator.control.calls();
    expect(calls.at(-1)).toMatchObject({ provider: 'acme', model: 'case;opt=1:weird' });
    expect((await ask(gateway, { body })).status).toBe(404);
    const embeddings = await ask(gateway, {
      key: tenant.key,
      path: '/v1/embeddings',
      body: { model: 'acme/embed;opt=1', input: 'Say hi' },
    });
    expect([embeddings.status, embeddings.json]).toMatchObject([200, { object: 'list' }]);
    expect(gateway.simulator.control.calls().calls.at(-1)).toMatchObject({ model: 'embed;opt=1' });
  });
});

describe('own endpoints inside the operator’s network', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each(['127.0.0.1', 'localhost'])('at %s are not connected to', async (host) => {
    const tenant = await gateway.addTenant();
    const { port } = new URL(gateway.simulator.url);
    await gateway.addEntry({
      providerId: 'acme',
      baseUrl: `http://${host}:${port}/p/acme/v1`,
      organizationId: tenant.organizationId,
      mode: 'only',
      unlistedModels: true,
    });
    const body = chat('x', { model: 'acme/x' });
    await eventually(async () => expect((await ask(gateway, { key: tenant.key, body })).status).toBe(502));
    expect(gateway.simulator.control.calls().calls.filter(({ provider }) => provider === 'acme')).toEqual([]);
  });
});
