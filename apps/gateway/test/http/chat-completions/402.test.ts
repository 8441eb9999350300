import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('POST /v1/chat/completions, 402', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it('refuses a call that the wallet cannot pay, and asks no provider', async () => {
    const tenant = await gateway.addTenant({ creditUsd: 0 });
    const before = gateway.simulator.control.calls().latest;
    const answer = await ask(gateway, { key: tenant.key, body: chat('x') });
    expect([answer.status, answer.json]).toMatchObject([402, { error: { code: 'insufficient_credit' } }]);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(gateway.simulator.control.calls().latest).toBe(before);
  });

  it('cuts the token limit to what the wallet can pay, and says so', async () => {
    // $0.0001 pays for some 160 tokens of output at $0.60 per million.
    const tenant = await gateway.addTenant({ creditUsd: 0.0001 });
    const answer = await ask(gateway, { key: tenant.key, body: chat('[[sim tokens=5000]]') });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      choices: [{ finish_reason: 'length' }],
      trunkline: { dropped: ['max_tokens'] },
    });
    expect((answer.json['usage'] as { cost: number }).cost).toBeLessThanOrEqual(0.0001);
  });
});
