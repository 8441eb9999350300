import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, chat } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

describe('POST /v1/chat/completions, 400', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each<[string, unknown, string, string | null]>([
    ['no messages', { model: 'openai/gpt-4o-mini' }, 'missing_required_parameter', 'messages'],
    ['no model', { messages: [{ role: 'user', content: 'x' }] }, 'missing_required_parameter', 'model'],
    ['a body that is no object', [1], 'invalid_type', null],
    ['messages of the wrong type', chat('x', { messages: 'hello' }), 'invalid_type', 'messages'],
    [
      'an unknown role',
      chat('x', { messages: [{ role: 'wizard', content: 'x' }] }),
      'invalid_value',
      'messages[0].role',
    ],
    [
      'content of the wrong type',
      chat('x', { messages: [{ role: 'user', content: 7 }] }),
      'invalid_type',
      'messages[0].content',
    ],
    ['a temperature that is text', chat('x', { temperature: 'hot' }), 'invalid_type', 'temperature'],
    [
      'an unknown key in trunkline',
      chat('x', { trunkline: { timeouts: { nextMs: 1 } } }),
      'unknown_parameter',
      'trunkline.timeouts.nextMs',
    ],
    [
      'a clock beyond reason',
      chat('x', { trunkline: { timeouts: { totalMs: 1e12 } } }),
      'invalid_value',
      'trunkline.timeouts.totalMs',
    ],
    ['a sort that is none', chat('x', { provider: { sort: 'luck' } }), 'invalid_value', 'provider.sort'],
  ])('names the field at fault: %s', async (_name, body, code, param) => {
    const answer = await ask(gateway, { body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { type: 'invalid_request_error', code, param } });
    expect(answer.headers.get('x-should-retry')).toBe('false');
  });

  it.each<[string, Record<string, string>]>([
    ['unknown', { 'x-trunkline-speed': 'fast' }],
    ['no number', { 'x-trunkline-total-ms': 'soon' }],
    ['zero', { 'x-trunkline-gap-ms': '0' }],
    ['no switch', { 'x-trunkline-keep-alive': 'sometimes' }],
  ])('refuses a header of ours that is %s', async (_name, headers) => {
    const answer = await ask(gateway, { headers, body: chat('x') });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { code: 'invalid_header', param: Object.keys(headers)[0] } });
  });

  it('ignores the names of our own answer headers and whatever it does not know', async () => {
    const headers = { 'x-trunkline-provider': 'x', 'x-trunkline-cost': '1', 'x-something': 'else' };
    expect((await ask(gateway, { headers, body: chat('x') })).status).toBe(200);
  });

  it("passes the provider's own complaint on, with its field", async () => {
    gateway.simulator.control.setFault({ fault: 'context_length_400' });
    const answer = await ask(gateway, { body: chat('x') });
    gateway.simulator.control.clearFaults();
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      error: { code: 'context_length_exceeded', metadata: { attempts: expect.any(Array) } },
    });
  });
});
