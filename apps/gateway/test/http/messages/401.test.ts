import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const GPT = 'openai/gpt-4o-mini';
const body = { model: GPT, max_tokens: 99, messages: [{ role: 'user', content: 'hi' }] };

describe('POST /v1/messages, 401', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT], providers: ['openai'] });
  });
  afterAll(() => gateway.stop());

  it.each([[null], ['sk-tl-nobody']])('is 401 for the key %s', async (key) => {
    const answer = await ask(gateway, { path: '/v1/messages', key, body });
    expect([answer.status, answer.json]).toEqual([
      401,
      expect.objectContaining({ error: expect.objectContaining({ type: 'authentication_error' }) }),
    ]);
  });
});
