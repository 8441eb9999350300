import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const GPT = 'openai/gpt-4o-mini';
const body = { model: GPT, max_tokens: 99, messages: [{ role: 'user', content: 'hi' }] };

describe('POST /v1/messages, 529 and what else providers fail with', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT], providers: ['openai'] });
  });
  afterEach(async () => {
    gateway.simulator.control.clearFaults();
    await gateway.closeBreakers();
  });
  afterAll(() => gateway.stop());

  it.each([
    ['content_policy_400', 400, 'invalid_request_error', 'false'],
    ['status:429', 429, 'rate_limit_error', 'true'],
    ['status:500', 502, 'api_error', 'true'],
    ['status:503', 529, 'overloaded_error', 'true'],
    ['status:401', 502, 'api_error', 'false'],
    ['html_200', 502, 'api_error', 'true'],
    ['truncated_json', 502, 'api_error', 'true'],
    ['empty_answer', 502, 'api_error', 'true'],
  ] as const)('tells a provider’s %s as %d %s', async (fault, status, type, retry) => {
    gateway.simulator.control.setFault({ provider: 'openai', fault });
    const answer = await ask(gateway, { path: '/v1/messages', body });
    expect([answer.status, answer.headers.get('x-should-retry'), answer.text]).toEqual([
      status,
      retry,
      answer.text,
    ]);
    expect(answer.json).toMatchObject({
      type: 'error',
      error: { type },
      request_id: answer.headers.get('request-id'),
    });
  });

  it('ends a stream that cannot be rescued with its own error, and no end', async () => {
    gateway.simulator.control.setFault({ provider: 'openai', fault: 'cut', options: { at: 8 } });
    const answer = await ask(gateway, {
      path: '/v1/messages',
      body: {
        ...body,
        stream: true,
        messages: [{ role: 'user', content: '[[sim tokens=40]]' }],
        trunkline: { rescue: false },
      },
    });
    expect(answer.text).toMatch(/event: error\ndata: \{"type":"error".*\n\n$/);
    expect(answer.text).not.toContain('message_stop');
  });
});
