import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AuditEvent,
  LedgerEntry,
  PlatformLedger,
  ProviderEntry,
  Tenant,
  Wallet,
} from '@trunkline/contracts/control-plane';
import { decryptSecret } from '@trunkline/secrets';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

/** An endpoint of the platform's own. */
const HOUSE = {
  providerId: 'house',
  protocol: 'openai',
  baseUrl: 'http://10.0.0.5:8000/v1',
  unlistedPrice: { input: '0.50', output: '1.50' },
  apiKeys: [],
};

describe('an operator', () => {
  let plane: TestControlPlane;
  let operator: Visitor;
  beforeAll(async () => {
    plane = await startControlPlane({ SIGNUP_CREDIT_USD: '1' });
    operator = plane.visitor();
    const { email } = await operator.signUp('Operator');
    await plane.client.user.update({ where: { email }, data: { role: 'operator' } });
  });
  afterAll(() => plane.stop());

  it('grants credit once, however often the form is sent', async () => {
    const { visitor, organization } = await plane.owner('Customer');
    const params = { organizationId: organization.id };
    const body = { amountNanoUsd: '5000000000', description: 'Sorry', idempotencyKey: randomUUID() };
    const both = await Promise.all([1, 2].map(() => operator.call('grantCredit', { params, body })));
    expect(both.some(({ status }) => status === 201)).toBe(true);
    expect(await operator.get<Tenant>('grantCredit', { params, body })).toMatchObject({
      balanceNanoUsd: '6000000000',
    });
    expect(await visitor.get<Wallet>('getWallet', { params })).toMatchObject({
      balanceNanoUsd: '6000000000',
    });
    const { items } = await visitor.get<{ items: LedgerEntry[] }>('listLedgerEntries', { params });
    expect(items.map(({ description, amountNanoUsd }) => [description, amountNanoUsd])).toEqual([
      ['Sorry', '5000000000'],
      ['Starting credit', '1000000000'],
    ]);
    const audit = await visitor.get<{ items: AuditEvent[] }>('listAuditEvents', {
      params,
      query: { action: 'wallet.grant' },
    });
    expect(audit.items.map(({ actorName }) => actorName)).toEqual(['Operator', 'Customer']);
    const ledger = await operator.get<PlatformLedger>('getPlatformLedger');
    expect(ledger).toMatchObject({ overrunNanoUsd: '0', sumNanoUsd: '0' });
    expect(ledger.promotionsNanoUsd).toBe(ledger.walletsNanoUsd);
  });

  it('suspends and limits an organization, and gateways hear of it', async () => {
    const { organization } = await plane.owner('Suspect');
    const params = { organizationId: organization.id };
    const told = () =>
      plane.client.outbox.count({ where: { kind: 'organization', entityId: organization.id } });
    const before = await told();
    const body = { suspended: true, requestsPerMinute: 5 };
    const suspended = await operator.get<Tenant>('updateTenant', { params, body });
    expect(suspended).toMatchObject({ requestsPerMinute: 5, maxConcurrency: null });
    expect(suspended.suspendedAt).not.toBeNull();
    const resumed = await operator.get<Tenant>('updateTenant', { params, body: { suspended: false } });
    expect(resumed).toMatchObject({ suspendedAt: null, requestsPerMinute: 5 });
    expect(await told()).toBe(before + 2);
  });

  it('finds tenants by name', async () => {
    await plane.owner('Needle');
    const { items } = await operator.get<{ items: Tenant[] }>('listTenants', { query: { search: 'nEEdle' } });
    expect(items).toMatchObject([{ name: "Needle's", members: 1 }]);
  });

  it('adds a provider whose key is stored encrypted and never shown', async () => {
    const apiKey = 'sk-test-0123456789abcdefghij';
    const body = { providerId: 'openai', apiKeys: [apiKey] };
    const entry = await operator.get<ProviderEntry>('createProviderEntry', { body });
    expect(entry).toMatchObject({ providerId: 'openai', source: 'operator', enabled: true });
    expect(entry.credentials).toMatchObject([{ hint: 'sk-t…ghij' }]);
    const [stored] = await plane.client.providerCredential.findMany({ where: { entryId: entry.id } });
    expect(stored?.ciphertext).not.toContain(apiKey);
    expect(decryptSecret(stored?.ciphertext ?? '', plane.config.masterKeys, stored?.id ?? '')).toBe(apiKey);
    const list = await operator.call('listProviderEntries');
    const audit = await operator.call('listPlatformAuditEvents');
    expect(JSON.stringify([list.json, audit.json])).not.toContain(apiKey);

    const path = { params: { entryId: entry.id } };
    const off = await operator.get<ProviderEntry>('updateProviderEntry', {
      ...path,
      body: { enabled: false },
    });
    expect(off).toMatchObject({ enabled: false });
    const replaced = await operator.get<ProviderEntry>('updateProviderEntry', {
      ...path,
      body: { apiKeys: ['sk-other-0123456789abcdefghij', 'short'] },
    });
    expect(replaced.credentials.map(({ hint }) => hint)).toEqual(['sk-o…ghij', '…']);
    expect((await operator.call('deleteProviderEntry', path)).status).toBe(204);
    expect(await plane.client.providerCredential.count({ where: { entryId: entry.id } })).toBe(0);
    expect(await plane.client.outbox.count({ where: { kind: 'provider_entry', entityId: entry.id } })).toBe(
      4,
    );
  });

  it('has the region in the address where the provider has one there', async () => {
    const body = {
      providerId: 'bedrock',
      region: 'eu-west-1',
      apiKeys: ['AKIAIOSFODNN7EXAMPLE:s/ecret:token=='],
    };
    const entry = await operator.get<ProviderEntry>('createProviderEntry', { body });
    expect(entry).toMatchObject({
      protocol: 'bedrock',
      region: 'eu-west-1',
      baseUrl: 'https://bedrock-runtime.eu-west-1.amazonaws.com',
    });
    expect(JSON.stringify(entry)).not.toMatch(/ecret/);
  });

  it.each([
    [{ providerId: 'nobody', apiKeys: ['key'] }, 'protocol'],
    [{ providerId: 'No Body', protocol: 'openai', apiKeys: ['key'] }, 'providerId'],
    [{ ...HOUSE, unlistedPrice: null }, 'unlistedPrice'],
    [{ ...HOUSE, unlistedPrice: { input: '1' } }, 'unlistedPrice'],
    [{ ...HOUSE, unlistedPrice: { input: '1', output: 'free' } }, 'unlistedPrice.output'],
    [{ providerId: 'cloudflare', apiKeys: ['key'] }, 'baseUrl'],
    [{ providerId: 'openai', baseUrl: 'file:///etc/passwd', apiKeys: ['key'] }, 'baseUrl'],
    [{ providerId: 'openai', apiKeys: [] }, 'apiKeys'],
    [{ providerId: 'bedrock', region: 'eu-west-1', apiKeys: ['AKIAIOSFODNN7EXAMPLE:'] }, 'apiKeys.0'],
    [{ providerId: 'bedrock', apiKeys: ['AKIAIOSFODNN7EXAMPLE:secret'] }, 'baseUrl'],
  ])('is told which field of %j is wrong', async (body, field) => {
    const answer = await operator.call('createProviderEntry', { body });
    expect(answer.json).toMatchObject({ error: { code: 'invalid_request', fields: [{ path: field }] } });
  });

  it('adds an endpoint that no catalog knows, with a price for every name, and prices it anew', async () => {
    const entry = await operator.get<ProviderEntry>('createProviderEntry', { body: HOUSE });
    expect(entry).toMatchObject({ protocol: 'openai', unlistedModels: true, credentials: [] });
    const prices = async () => {
      const rows = await plane.client.priceVersion.findMany({
        where: { offerId: 'house/*@house', side: 'buy' },
        orderBy: { effectiveFrom: 'asc' },
      });
      return rows.map(({ terms }) => (terms as { prices: Record<string, string> }).prices['output.text']);
    };
    expect(await prices()).toEqual(['1500000000']);
    await operator.get('updateProviderEntry', {
      params: { entryId: entry.id },
      body: { unlistedPrice: { input: '0.50', output: '2' } },
    });
    expect(await prices()).toEqual(['1500000000', '2000000000']);
    const told = await plane.client.outbox.findMany({ orderBy: { revision: 'desc' }, take: 3 });
    expect(told.map(({ kind }) => kind).toSorted()).toEqual(['catalog', 'price', 'provider_entry']);
    expect((await operator.call('deleteProviderEntry', { params: { entryId: entry.id } })).status).toBe(204);
  });

  it('cannot delete what the environment declares', async () => {
    const row = {
      providerId: 'openai',
      protocol: 'openai',
      baseUrl: 'https://x.example/v1',
      source: 'environment',
    };
    const entry = await plane.client.providerEntry.create({ data: { id: randomUUID(), ...row } });
    const params = { entryId: entry.id };
    expect((await operator.call('deleteProviderEntry', { params })).status).toBe(409);
    expect((await operator.call('updateProviderEntry', { params, body: { apiKeys: ['x'] } })).status).toBe(
      409,
    );
    const off = await operator.get<ProviderEntry>('updateProviderEntry', {
      params,
      body: { enabled: false },
    });
    expect(off.enabled).toBe(false);
  });

  it('is told that Redis is away instead of waiting for it', async () => {
    const answer = await operator.call('getJobs');
    expect(answer.json).toMatchObject({ error: { code: 'service_unavailable' } });
  });

  it('has no simulator outside the demo', async () => {
    expect((await operator.call('listSimulatorFaults')).status).toBe(404);
  });
});
