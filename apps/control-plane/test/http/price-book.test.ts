import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PriceChangeResult, PriceOverride, PriceVersionRow } from '@trunkline/contracts/control-plane';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';
import type { Visitor } from '../support/visitor.js';

const OFFER = 'openai/gpt-4o-mini@openai';

describe('an operator’s prices', () => {
  let plane: TestControlPlane;
  let operator: Visitor;
  beforeAll(async () => {
    plane = await startControlPlane();
    operator = plane.visitor();
    await operator.signUp('Op');
    await plane.client.user.updateMany({ data: { role: 'operator' } });
    await plane.client.pricePlan.upsert({
      where: { id: 'standard' },
      create: { id: 'standard', name: 'Standard', markupPpm: 100_000 },
      update: { markupPpm: 100_000 },
    });
    const lists = { inputModalities: ['text'], outputModalities: ['text'], capabilities: {} };
    const model = { id: 'openai/gpt-4o-mini', name: 'GPT-4o mini', author: 'openai' };
    await plane.client.model.create({ data: { ...model, kind: 'chat', status: 'current', ...lists } });
    const names = { id: OFFER, modelId: model.id, providerId: 'openai', providerModel: 'gpt-4o-mini' };
    await plane.client.offer.create({
      data: { ...names, endpoints: ['chat'], billing: 'paygo', status: 'active' },
    });
    // As the seed would: what the catalog says.
    await change({ prices: null }, true);
  });
  afterAll(() => plane.stop());

  const change = (body: Record<string, unknown>, apply: boolean) =>
    operator.get<PriceChangeResult>('changePrices', {
      body: { changes: [{ offerId: OFFER, ...body }], apply },
    });
  const versions = async (side: 'buy' | 'sell') => {
    const rows = await plane.client.priceVersion.findMany({
      where: { offerId: OFFER, side },
      orderBy: { effectiveFrom: 'asc' },
    });
    return rows.map(({ terms, effectiveTo }) => [
      (terms as { prices: Record<string, string> }).prices['input.text'],
      effectiveTo === null,
    ]);
  };

  it('are shown before they are set', async () => {
    const { changes, applied } = await change({ prices: { input: '0.30' } }, false);
    expect(applied).toBe(false);
    expect(changes).toEqual([{ offerId: OFFER, field: 'input', from: '0.15', to: '0.30' }]);
    expect(await versions('buy')).toEqual([['150000000', true]]);
  });

  it('end the version in force and begin another, on both sides, and are told to gateways', async () => {
    expect((await change({ prices: { input: '0.30' } }, true)).applied).toBe(true);
    expect(await versions('buy')).toEqual([
      ['150000000', false],
      ['300000000', true],
    ]);
    expect(await versions('sell')).toEqual([
      ['165000000', false],
      ['330000000', true],
    ]);
    const { items } = await operator.get<{ items: PriceOverride[] }>('listPriceOverrides');
    expect(items).toMatchObject([
      { offerId: OFFER, prices: { input: '0.30' }, catalogPrices: { input: '0.15' } },
    ]);
    expect(await plane.client.outbox.findFirst({ orderBy: { revision: 'desc' } })).toMatchObject({
      kind: 'price',
    });
    expect(await plane.client.auditEvent.count({ where: { action: 'price.change', targetId: OFFER } })).toBe(
      2,
    );
  });

  it('change nothing the second time', async () => {
    const before = await versions('buy');
    expect((await change({ prices: { input: '0.30' } }, true)).changes).toEqual([]);
    expect(await versions('buy')).toEqual(before);
  });

  it('may begin later, and until then the price of before holds', async () => {
    const effectiveFrom = new Date(Date.now() + 86_400_000).toISOString();
    await change({ prices: null }, true);
    await change({ prices: { input: '0.20' }, effectiveFrom }, true);
    const rows = await plane.client.priceVersion.findMany({
      where: { offerId: OFFER, side: 'buy', effectiveTo: null },
    });
    expect(rows).toMatchObject([{ effectiveFrom: new Date(effectiveFrom) }]);
    const [now] = await plane.client.priceVersion.findMany({
      where: { offerId: OFFER, side: 'buy', effectiveTo: new Date(effectiveFrom) },
    });
    expect(now?.terms).toMatchObject({ prices: { 'input.text': '150000000' } });
  });

  it('tell when an announced price moves', async () => {
    const later = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const { changes } = await change({ prices: { input: '0.20' }, effectiveFrom: later }, false);
    expect(changes).toMatchObject([{ field: 'effectiveFrom', to: later }]);
  });

  it('are listed with those of before, newest first and on both sides', async () => {
    const { items } = await operator.get<{ items: PriceVersionRow[] }>('listPriceVersions', {
      query: { offerId: OFFER },
    });
    const buys = items.filter(({ side }) => side === 'buy').map(({ prices }) => prices['input.text']);
    expect(buys).toEqual(['200000000', '150000000', '300000000', '150000000']);
    expect(items.find(({ side }) => side === 'sell')).toMatchObject({
      pricePlanId: 'standard',
      effectiveTo: null,
      prices: { 'input.text': '220000000' },
      completed: expect.arrayContaining(['reasoning.text']),
    });
    const unknown = await operator.call('listPriceVersions', { query: { offerId: 'nobody/x@openai' } });
    expect(unknown.status).toBe(404);
    const stranger = plane.visitor();
    await stranger.signUp('Customer');
    expect((await stranger.call('listPriceVersions', { query: { offerId: OFFER } })).status).toBe(403);
  });

  it('do not end one that holds for one that comes later', async () => {
    await change({ prices: { input: '0.25' } }, true);
    const effectiveFrom = new Date(Date.now() + 86_400_000).toISOString();
    const body = { changes: [{ offerId: OFFER, prices: { input: '0.40' }, effectiveFrom }], apply: true };
    const answer = await operator.call('changePrices', { body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toContain('"path":"changes.0.effectiveFrom"');
    expect((await versions('buy')).at(-1)).toEqual(['250000000', true]);
  });

  it('go back to the catalog’s', async () => {
    await change({ prices: null }, true);
    expect((await versions('buy')).at(-1)).toEqual(['150000000', true]);
    expect((await operator.get<{ items: PriceOverride[] }>('listPriceOverrides')).items).toEqual([]);
  });

  it.each([
    [{ offerId: 'nobody/x@openai', prices: { input: '1' } }, 'changes.0.offerId'],
    [{ offerId: OFFER, prices: { input: '0,30' } }, 'changes.0.prices.input'],
    [{ offerId: OFFER, prices: { inputs: '0.30' } }, 'changes.0.prices'],
    [{ offerId: OFFER, prices: {} }, 'changes.0.prices'],
    [
      { offerId: OFFER, prices: { input: '1' }, effectiveFrom: '2020-01-01T00:00:00Z' },
      'changes.0.effectiveFrom',
    ],
    [{ offerId: OFFER, prices: null, effectiveFrom: '2100-01-01T00:00:00Z' }, 'changes.0.effectiveFrom'],
  ])('are refused as %j, naming the field', async (wrong, field) => {
    const answer = await operator.call('changePrices', { body: { changes: [wrong], apply: true } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.json)).toContain(`"path":"${field}`);
  });
});
