import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const GPT = 'openai/gpt-4o-mini';
const body = { model: GPT, max_tokens: 99, messages: [{ role: 'user', content: 'hi' }] };

describe('POST /v1/messages, 402', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT], providers: ['openai'] });
  });
  afterAll(() => gateway.stop());

  it('is told to an empty wallet', async () => {
    const poor = await gateway.addTenant({ creditUsd: 0 });
    const unpaid = await ask(gateway, { path: '/v1/messages', key: poor.key, body });
    expect([unpaid.status, unpaid.text]).toEqual([402, expect.stringContaining('billing_error')]);
  });
});
