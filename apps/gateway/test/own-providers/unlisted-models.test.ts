import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask, chat, send } from '../support/ask.js';
import { startGateway, type TestGateway } from '../support/start-gateway.js';

describe('models that no catalog lists', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    await gateway.priceUnlisted('acme');
    const baseUrl = `${gateway.simulator.url}/p/acme/v1`;
    await gateway.addEntry({ providerId: 'acme', baseUrl, unlistedModels: true });
    await eventually(async () => {
      const { status } = await ask(gateway, { body: chat('x', { model: 'acme/warm-up' }) });
      expect(status).toBe(200);
    });
  });
  afterAll(() => gateway.stop());

  it.each([
    ['acme/case;opt=1:weird', 'case;opt=1:weird'],
    ['acme:case;opt=1:weird', 'case;opt=1:weird'],
    ['acme/org/deep/name:free', 'org/deep/name:free'],
    ['acme:openai/gpt-4o-mini', 'openai/gpt-4o-mini'],
  ])('are called as %s, and the provider sees exactly %s', async (model, sent) => {
    const { latest } = gateway.simulator.control.calls();
    const answer = await ask(gateway, { body: chat('Say hi', { model }) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-trunkline-provider')).toBe('acme');
    expect(gateway.simulator.control.calls({ since: latest }).calls).toMatchObject([
      { provider: 'acme', model: sent },
    ]);
  });

  it('cost what all names of the provider cost together, and pin that price', async () => {
    const answer = await ask(gateway, { body: chat('Say hi', { model: 'acme/case;opt=1:weird' }) });
    const record = await gateway.records.of(answer.headers.get('x-request-id'));
    const { prompt_tokens: prompt, completion_tokens: completion } = answer.json['usage'] as Record<
      string,
      number
    >;
    const cost = (prompt ?? 0) * 1_000 + (completion ?? 0) * 2_000;
    expect(record).toMatchObject({
      requestedModel: 'acme/case;opt=1:weird',
      modelId: 'acme/case;opt=1:weird',
      providerId: 'acme',
      costNanoUsd: String(cost),
      providerCostNanoUsd: String(cost / 2),
      attempts: [{ offerId: 'acme/*@acme', providerModel: 'case;opt=1:weird' }],
    });
    for (const line of record.lines) {
      expect(line).toMatchObject({ unpriced: false });
      expect([typeof line.sellPriceVersionId, typeof line.buyPriceVersionId]).toEqual(['string', 'string']);
    }
  });

  it('stream like all others', async () => {
    const response = await send(gateway, { body: chat('hi', { model: 'acme/any:thing', stream: true }) });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/"cost":[\s\S]*data: \[DONE\]\n\n$/);
  });

  it('are in no list', async () => {
    const { json } = await ask(gateway, { path: '/v1/models', method: 'GET' });
    const ids = (json['data'] as { id: string }[]).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('acme'))).toEqual([]);
  });

  it('are 404 at a provider that does not take them, and without a name', async () => {
    for (const model of ['openai/case;opt=1:weird', 'acme/', 'acme:', 'acme']) {
      const answer = await ask(gateway, { body: chat('x', { model }) });
      expect([model, answer.status]).toEqual([model, 404]);
    }
  });

  it('are open to a key by a name of its own, or all of a provider together', async () => {
    const some = await gateway.addTenant({ key: { allowedModels: ['acme/*'] } });
    const none = await gateway.addTenant({ key: { allowedModels: ['openai/gpt-4o'] } });
    const call = (key: string) => ask(gateway, { key, body: chat('x', { model: 'acme/x' }) });
    expect((await call(some.key)).status).toBe(200);
    expect((await call(none.key)).status).toBe(403);
  });
});
