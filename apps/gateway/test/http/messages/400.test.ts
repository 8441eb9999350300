import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const CLAUDE = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-4o-mini';

const user = (...content: unknown[]) => ({ messages: [{ role: 'user', content }] });
const schema = (properties: unknown) => ({
  tools: [{ name: 'f', input_schema: { type: 'object', properties } }],
});
const looped = {
  $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } },
  properties: { x: { $ref: '#/$defs/a' } },
};

describe('POST /v1/messages, 400', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ providers: ['openai', 'anthropic'] });
  });
  afterAll(() => gateway.stop());

  it.each<[string, unknown, string]>([
    ['no limit', { max_tokens: undefined }, 'max_tokens'],
    ['a limit that is text', { max_tokens: '5' }, 'max_tokens'],
    ['no messages', { messages: [] }, 'messages'],
    ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, 'messages.0.role'],
    ['an unknown block', user({ type: 'image_url' }), 'messages.0.content.0.type'],
    [
      'a result without its call',
      user({ type: 'tool_result', tool_use_id: 'toolu_0', content: 'x' }),
      'messages.0.content.0.tool_use_id',
    ],
    [
      'an image that is no image',
      user({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGVsbG8gd29ybGQh' } }),
      'messages.0.content.0.source.data',
    ],
    [
      'base64 that is none',
      user({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: '%%%' } }),
      'messages.0.content.0.source.data',
    ],
    [
      'a document that points inward',
      user({ type: 'document', source: { type: 'url', url: 'http://169.254.169.254/latest' } }),
      'messages.0.content.0.source.url',
    ],
    [
      'an image that points inward',
      user({ type: 'image', source: { type: 'url', url: 'http://127.1/i.png' } }),
      'messages.0.content.0.source.url',
    ],
    ['a schema that refers to itself', { tools: [{ name: 'f', input_schema: looped }] }, 'tools.0'],
    ['a tool without a schema', { tools: [{ name: 'f' }] }, 'tools.0.input_schema'],
    ['an unknown tool', { tools: [{ type: 'telepathy_20990101', name: 't' }] }, 'tools.0.type'],
    ['a choice that is a word', { ...schema({}), tool_choice: 'auto' }, 'tool_choice'],
    ['thinking without a budget', { thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
    ['a wish of ours that is misspelt', { trunkline: { resque: true } }, 'trunkline.resque'],
  ])('says of %s which field it is, before any provider is asked', async (_, body, param) => {
    const before = gateway.simulator.control.calls().latest;
    for (const model of [CLAUDE, GPT]) {
      const answer = await ask(gateway, {
        path: '/v1/messages',
        body: {
          model,
          max_tokens: 9,
          messages: [{ role: 'user', content: 'hi' }],
          ...(body as Record<string, unknown>),
        },
      });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        type: 'error',
        error: { type: 'invalid_request_error', message: expect.stringContaining(param) },
        request_id: answer.headers.get('request-id'),
      });
    }
    expect(gateway.simulator.control.calls().latest).toBe(before);
  });

  it.each<[string, unknown, string]>([
    ['a tool that Anthropic runs', { tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }, 'tools.0'],
    [
      'what came of one',
      {
        messages: [{ role: 'assistant', content: [{ type: 'web_search_tool_result' }] }],
      },
      'messages.0.content.0',
    ],
  ])('refuses %s where no target speaks Messages', async (_, body, param) => {
    const answer = await ask(gateway, {
      path: '/v1/messages',
      body: {
        model: GPT,
        max_tokens: 9,
        messages: [{ role: 'user', content: 'hi' }],
        ...(body as Record<string, unknown>),
      },
    });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ error: { message: expect.stringContaining(`${param}:`) } });
  });

  it('refuses what is kept at the provider, which could be another tenant’s', async () => {
    const before = gateway.simulator.control.calls().latest;
    const answer = await ask(gateway, {
      path: '/v1/messages',
      body: {
        model: CLAUDE,
        max_tokens: 9,
        ...user({ type: 'document', source: { type: 'file', file_id: 'file_1' } }),
      },
    });
    expect([answer.status, answer.text]).toEqual([
      400,
      expect.stringContaining('messages.0.content.0.source.file_id'),
    ]);
    expect(gateway.simulator.control.calls().latest).toBe(before);
  });

  it('tells bodies that are no JSON, other methods and other types in Anthropic’s shape', async () => {
    const broken = await ask(gateway, {
      path: '/v1/messages',
      raw: '{"model":',
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, broken.json['type']]).toEqual([400, 'error']);
    const got = await ask(gateway, { path: '/v1/messages', method: 'GET' });
    expect([got.status, got.headers.get('allow'), got.json['type']]).toEqual([405, 'POST', 'error']);
    const unknown = await ask(gateway, { path: '/v1/messages/nothing', body: {} });
    expect([unknown.status, unknown.json]).toEqual([
      404,
      expect.objectContaining({ error: expect.objectContaining({ type: 'not_found_error' }) }),
    ]);
  });
});
