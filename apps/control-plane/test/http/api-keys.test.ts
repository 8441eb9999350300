import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiKey, Budget, CreatedApiKey, Organization } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

describe('API keys', () => {
  let plane: TestControlPlane;
  let visitor: Visitor;
  let organization: Organization;
  let params: { organizationId: string };
  beforeAll(async () => {
    plane = await startControlPlane();
    ({ visitor, organization } = await plane.owner('Ada'));
    params = { organizationId: organization.id };
    await plane.client.model.create({
      data: {
        ...{ id: 'openai/gpt-4o', name: 'GPT-4o', author: 'openai', kind: 'chat', status: 'current' },
        ...{ inputModalities: ['text'], outputModalities: ['text'], capabilities: {} },
      },
    });
  });
  afterAll(() => plane.stop());

  const create = (body: object) =>
    visitor.get<CreatedApiKey>('createApiKey', { params, body: { name: 'Key', ...body } });
  const pathOf = (key: ApiKey) => ({ params: { ...params, apiKeyId: key.id } });

  it('are created with limits, models, expiry and a budget', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const budget = { period: 'month', limitNanoUsd: '5000000000' };
    const settings = {
      requestsPerMinute: 60,
      maxConcurrency: 4,
      allowedModels: ['openai/gpt-4o'],
      expiresAt,
    };
    const { apiKey } = await create({ ...settings, budget });
    expect(apiKey).toMatchObject({
      ...settings,
      state: 'active',
      budgets: [{ ...budget, usedNanoUsd: '0', usedPpm: 0 }],
    });
  });

  it('never show their text again, nor their hash', async () => {
    const { apiKey, secret } = await create({});
    const list = await visitor.call('listApiKeys', { params });
    const one = await visitor.call('getApiKey', pathOf(apiKey));
    expect(JSON.stringify([list.json, one.json])).not.toContain(secret);
    expect(JSON.stringify(list.json)).not.toContain('hash');
  });

  it.each([
    ['an expiry that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [
      'a model that the catalog does not have',
      { allowedModels: ['openai/gpt-4o', 'nobody/nothing'] },
      'allowedModels.1',
    ],
    ['a limit of nothing', { requestsPerMinute: 0 }, 'requestsPerMinute'],
    ['a budget of nothing', { budget: { period: 'day', limitNanoUsd: '0' } }, 'budget.limitNanoUsd'],
  ])('are not created with %s', async (_, body, field) => {
    const answer = await visitor.call('createApiKey', { params, body: { name: 'Key', ...body } });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { fields: [{ path: field }] } });
  });

  it('are switched off and on again, and told to gateways each time', async () => {
    const { apiKey } = await create({});
    const told = () => plane.client.outbox.count({ where: { kind: 'api_key', entityId: apiKey.id } });
    const before = await told();
    expect(
      await visitor.get<ApiKey>('updateApiKey', { ...pathOf(apiKey), body: { disabled: true } }),
    ).toMatchObject({
      state: 'disabled',
    });
    expect(
      await visitor.get<ApiKey>('updateApiKey', { ...pathOf(apiKey), body: { disabled: false } }),
    ).toMatchObject({
      state: 'active',
      disabledAt: null,
    });
    expect(await told()).toBe(before + 2);
    await visitor.get('updateApiKey', { ...pathOf(apiKey), body: {} });
    expect(await told()).toBe(before + 2);
  });

  it('change one field and keep the others', async () => {
    const { apiKey } = await create({ requestsPerMinute: 60 });
    const changed = await visitor.get<ApiKey>('updateApiKey', {
      ...pathOf(apiKey),
      body: { maxConcurrency: 2 },
    });
    expect(changed).toMatchObject({ requestsPerMinute: 60, maxConcurrency: 2, name: 'Key' });
    const lifted = await visitor.get<ApiKey>('updateApiKey', {
      ...pathOf(apiKey),
      body: { requestsPerMinute: null },
    });
    expect(lifted).toMatchObject({ requestsPerMinute: null, maxConcurrency: 2 });
    const { before, after } = await plane.client.auditEvent.findFirstOrThrow({
      where: { targetId: apiKey.id, action: 'api_key.update' },
      orderBy: { id: 'desc' },
    });
    expect([before, after]).toEqual([{ requestsPerMinute: 60 }, { requestsPerMinute: null }]);
  });

  it('are revoked for good', async () => {
    const { apiKey } = await create({});
    expect(await visitor.get<ApiKey>('revokeApiKey', pathOf(apiKey))).toMatchObject({ state: 'revoked' });
    expect(
      (await visitor.call('updateApiKey', { ...pathOf(apiKey), body: { disabled: false } })).status,
    ).toBe(409);
    expect((await visitor.call('rotateApiKey', pathOf(apiKey))).status).toBe(409);
  });

  it('are rotated with their settings, and their budget goes on counting', async () => {
    const { apiKey, secret } = await create({
      maxConcurrency: 3,
      budget: { period: 'total', limitNanoUsd: '1000' },
    });
    const [budget] = apiKey.budgets;
    await plane.client.budgetCharge.create({
      data: {
        budgetId: budget?.id ?? '',
        periodStart: new Date(0),
        walletId: organization.walletId,
        chargedNanoUsd: 250n,
      },
    });
    const rotated = await visitor.get<CreatedApiKey>('rotateApiKey', pathOf(apiKey));
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.apiKey).toMatchObject({
      maxConcurrency: 3,
      budgets: [{ id: budget?.id, usedNanoUsd: '250', usedPpm: 250_000 }],
    });
    expect(await visitor.get<ApiKey>('getApiKey', pathOf(apiKey))).toMatchObject({
      state: 'revoked',
      budgets: [],
    });
  });

  it('are listed by state, page by page, newest first', async () => {
    const { visitor: other, organization: own } = await plane.owner('Page');
    const of = { organizationId: own.id };
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) await other.get('createApiKey', { params: of, body: { name } });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '2', ...(cursor ? { cursor } : {}) };
      const page: { items: ApiKey[]; nextCursor: string | null } = await other.get('listApiKeys', {
        params: of,
        query,
      });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(names.toReversed());
    const revoked = await other.get<{ items: ApiKey[] }>('listApiKeys', {
      params: of,
      query: { state: 'revoked' },
    });
    expect(revoked.items).toEqual([]);
  });

  it('of others are changed by admins and not by members', async () => {
    const { apiKey } = await create({});
    const member = plane.visitor();
    const { email } = await member.signUp('Mallory');
    const user = await plane.client.user.findUniqueOrThrow({ where: { email } });
    const row = await plane.client.member.create({
      data: { id: user.id, organizationId: organization.id, userId: user.id, role: 'member' },
    });
    expect((await member.call('revokeApiKey', pathOf(apiKey))).status).toBe(403);
    const own = await member.get<CreatedApiKey>('createApiKey', { params, body: { name: 'Own' } });
    expect(own.apiKey).toMatchObject({ memberId: row.id, memberName: 'Mallory' });
    expect((await member.call('revokeApiKey', pathOf(own.apiKey))).status).toBe(200);
    await plane.client.member.update({ where: { id: row.id }, data: { role: 'admin' } });
    expect((await member.call('revokeApiKey', pathOf(apiKey))).status).toBe(200);
  });

  it('cannot have two budgets of one period, and lose one at a word', async () => {
    const { apiKey } = await create({});
    const body = { scope: 'key', scopeId: apiKey.id, period: 'week', limitNanoUsd: '700' };
    const budget = await visitor.get<Budget>('createBudget', { params, body });
    expect((await visitor.call('createBudget', { params, body })).status).toBe(409);
    const path = { params: { ...params, budgetId: budget.id } };
    const changed = await visitor.get<Budget>('changeBudget', { ...path, body: { limitNanoUsd: '900' } });
    expect(changed).toMatchObject({ limitNanoUsd: '900', period: 'week' });
    expect(new Date(changed.periodStart ?? '').getUTCDay()).toBe(1);
    expect((await visitor.call('archiveBudget', path)).status).toBe(204);
    expect((await visitor.call('archiveBudget', path)).status).toBe(404);
    await visitor.get<Budget>('createBudget', { params, body });
  });
});
