import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const GPT = 'openai/gpt-4o-mini';
const body = { model: GPT, max_tokens: 99, messages: [{ role: 'user', content: 'hi' }] };

describe('POST /v1/messages/count_tokens', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ models: [GPT], providers: ['openai'] });
  });
  afterAll(() => gateway.stop());

  const count = (more: Record<string, unknown>) =>
    ask(gateway, {
      path: '/v1/messages/count_tokens',
      body: { model: GPT, messages: body.messages, ...more },
    });

  it('counts near what the provider counts, and charges nothing', async () => {
    const content = 'How many tokens has this sentence, and how many has the answer?';
    const counted = await count({ messages: [{ role: 'user', content }] });
    const answered = await ask(gateway, {
      path: '/v1/messages',
      body: { ...body, messages: [{ role: 'user', content }] },
    });
    expect([answered.status, answered.text]).toEqual([200, answered.text]);
    const real = (answered.json['usage'] as { input_tokens: number }).input_tokens;
    expect(counted.status).toBe(200);
    expect(Math.abs(Number(counted.json['input_tokens']) - real)).toBeLessThanOrEqual(3);
    expect(counted.headers.get('request-id')).toBeTruthy();
  });

  it('asks no provider that does not count', async () => {
    const before = gateway.simulator.control.calls().latest;
    await count({});
    expect(gateway.simulator.control.calls().latest).toBe(before);
    expect((await count({})).headers.get('x-trunkline-counted-by')).toBe('estimate');
  });

  it.each([
    [{ model: 'nobody/nothing' }, 404, 'not_found_error'],
    [{ messages: [] }, 400, 'invalid_request_error'],
    [{ messages: [{ role: 'user', content: [{ type: 'x' }] }] }, 400, 'messages.0.content.0.type'],
  ])('tells what is wrong with %j', async (more, status, said) => {
    const answer = await count(more);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(said)]);
  });

  it('needs a key', async () => {
    const answer = await ask(gateway, { path: '/api/v1/messages/count_tokens', key: null, body });
    expect([answer.status, answer.json['type']]).toEqual([401, 'error']);
  });
});
