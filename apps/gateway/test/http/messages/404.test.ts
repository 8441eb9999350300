import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const GPT = 'openai/gpt-4o-mini';
const body = { model: GPT, max_tokens: 99, messages: [{ role: 'user', content: 'hi' }] };

describe('POST /v1/messages, 404', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT], providers: ['openai'] });
  });
  afterAll(() => gateway.stop());

  it('is told of a model that is not there', async () => {
    const missing = await ask(gateway, { path: '/v1/messages', body: { ...body, model: 'nobody/nothing' } });
    expect([missing.status, missing.text]).toEqual([404, expect.stringContaining('not_found_error')]);
  });
});
