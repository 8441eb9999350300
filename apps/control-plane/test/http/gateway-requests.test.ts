import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Organization } from '@trunkline/contracts/control-plane';
import { type GatewayCaller, mintGatewayToken } from '@trunkline/secrets';
import { uuidv7 } from 'uuidv7';
import { insertCall } from '../support/log-fixtures.js';
import { startControlPlane, type TestControlPlane } from '../support/start-control-plane.js';

describe('what gateways ask about stored things', () => {
  let plane: TestControlPlane;
  let mine: Organization;
  let other: Organization;
  beforeAll(async () => {
    plane = await startControlPlane();
    mine = (await plane.owner('Ada')).organization;
    other = (await plane.owner('Bob')).organization;
  });
  afterAll(() => plane.stop());

  function callerOf(organization: Organization, changes: Partial<GatewayCaller> = {}): GatewayCaller {
    const { id: organizationId, defaultProjectId: projectId } = organization;
    return { organizationId, projectId, keyId: null, memberId: null, ...changes };
  }

  async function ask(path: string, caller: GatewayCaller | null, nowMs = Date.now()) {
    const token = caller ? mintGatewayToken(caller, plane.config.masterKeys, nowMs) : 'sk-tl-x';
    const answer = await plane.app
      .getHttpAdapter()
      .getInstance()
      .inject({ method: 'GET', url: `/gateway${path}`, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.statusCode, json: answer.json<Record<string, unknown>>() };
  }

  it('is told to gateways alone, whose tokens end after a minute', async () => {
    expect((await ask('/credits', null)).status).toBe(401);
    expect((await ask('/credits', callerOf(mine), Date.now() - 61_000)).status).toBe(401);
    expect((await ask('/credits', callerOf(mine))).status).toBe(200);
  });

  it('finds a generation by our id and by the provider’s, in the caller’s own project alone', async () => {
    const call = await insertCall(plane.client, mine, {
      providerResponseId: 'chatcmpl-77',
      costNanoUsd: 1_250_000n,
    });
    for (const id of [call.id, 'chatcmpl-77']) {
      const found = await ask(`/generation?id=${id}`, callerOf(mine));
      expect(found).toMatchObject({
        status: 200,
        json: {
          data: {
            id: call.id,
            upstream_id: 'chatcmpl-77',
            total_cost: 0.00125,
            model: 'openai/gpt-4o-mini',
            provider_name: 'openai',
            native_tokens_prompt: 10,
            native_tokens_completion: 5,
            latency: 120,
            generation_time: 280,
          },
        },
      });
      expect((await ask(`/generation?id=${id}`, callerOf(other))).status).toBe(404);
      expect((await ask(`/generation?id=${id}`, callerOf(mine, { projectId: uuidv7() }))).status).toBe(404);
    }
    expect((await ask('/generation?id=', callerOf(mine))).status).toBe(400);
    expect((await ask("/generation?id='%20or%201=1", callerOf(mine))).status).toBe(404);
  });

  it('says what a wallet was given and has spent', async () => {
    await plane.client.wallet.update({
      where: { id: mine.walletId },
      data: { creditedNanoUsd: 5_000_000_000n, chargedNanoUsd: 1_500_000_001n },
    });
    expect((await ask('/credits', callerOf(mine))).json).toEqual({
      data: { total_credits: 5, total_usage: 1.500000001 },
    });
  });

  it('says what a key may spend, by its tightest budget, and has spent', async () => {
    const keyId = uuidv7();
    const { id: organizationId, defaultProjectId: projectId } = mine;
    await plane.client.apiKey.create({
      data: {
        ...{ id: keyId, organizationId, projectId, name: 'ci', prefix: 'sk-tl-ab', lastFour: 'wxyz' },
        hash: Buffer.alloc(32, 7),
      },
    });
    for (const [period, limitNanoUsd] of [
      ['day', 2_000_000_000n],
      ['total', 1_000_000_000n],
    ] as const)
      await plane.client.budget.create({
        data: { id: uuidv7(), organizationId, scope: 'key', scopeId: keyId, period, limitNanoUsd },
      });
    expect((await ask('/key', callerOf(mine, { keyId }))).json).toMatchObject({
      data: {
        label: 'sk-tl-ab…wxyz',
        usage: 0,
        usage_daily: 0,
        limit: 1,
        limit_remaining: 1,
        limit_reset: null,
        is_free_tier: false,
      },
    });
    expect((await ask('/key', callerOf(other, { keyId }))).status).toBe(404);
    expect((await ask('/key', callerOf(mine))).json).toMatchObject({
      data: { label: 'playground', limit: null },
    });
  });
});
