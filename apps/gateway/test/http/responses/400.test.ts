import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@trunkline/testing';
import { ask } from '../../support/ask.js';
import { startGateway, type TestGateway } from '../../support/start-gateway.js';

const MODEL = 'anthropic/claude-sonnet-4.5';
const OPENAI = 'openai/gpt-5-mini';

const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' };
const result = { type: 'function_call_output', call_id: 'c', output: 'x' };
const withPart = (part: object) => ({ input: [{ role: 'user', content: [part] }] });
const loop = {
  type: 'object',
  properties: { a: { $ref: '#/$defs/a' } },
  $defs: { a: { $ref: '#/$defs/a' } },
};

describe('POST /v1/responses answers 400, and asks no provider,', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway({ models: [MODEL, OPENAI], providers: ['openai', 'anthropic'] });
  });
  afterAll(() => gateway.stop());

  it.each<[string, Record<string, unknown>]>([
    ['model', { model: null }],
    ['input', { input: undefined }],
    ['input', { input: [] }],
    ['input', { input: 7 }],
    ['messages', { messages: [] }],
    ['max_tokens', { max_tokens: 5 }],
    ['temperature', { temperature: 'hot' }],
    ['input[0].type', { input: [{ type: 'nonsense' }] }],
    ['input[0].content[0].type', withPart({ type: 'text', text: 'x' })],
    ['input[0].content[0].image_url', withPart({ type: 'input_image' })],
    [
      'input[0].content[0].image_url',
      withPart({ type: 'input_image', image_url: 'data:image/png;base64,aGVsbG8=' }),
    ],
    [
      'input[0].content[0].image_url',
      withPart({ type: 'input_image', image_url: 'http://169.254.169.254/a.png' }),
    ],
    ['input[0].content[0].image_url', withPart({ type: 'input_image', image_url: 'file:///etc/passwd' })],
    [
      'input[0].content[0].file_data',
      withPart({ type: 'input_file', file_data: 'data:application/pdf;base64,%%%' }),
    ],
    ['input[0].content[0].file_url', withPart({ type: 'input_file', file_url: 'http://127.0.0.1/a.pdf' })],
    ['input[0].content[0].file_id', withPart({ type: 'input_file', file_id: 'file-1' })],
    [
      'input[0].content[0].input_audio.data',
      withPart({ type: 'input_audio', input_audio: { data: '<wav>', format: 'wav' } }),
    ],
    ['input[0].call_id', { input: [result] }],
    ['input[1].call_id', { input: [call, { ...result, call_id: 'other' }] }],
    ['input[0]', { input: [call, { role: 'user', content: 'x' }] }],
    ['input[0].id', { input: [{ type: 'item_reference', id: 'msg_1' }] }],
    ['tools[0].name', { tools: [{ type: 'function' }] }],
    [
      'tools[1].parameters',
      { tools: [{ type: 'web_search' }, { type: 'function', name: 'f', parameters: loop }] },
    ],
    ['tools[0].vector_store_ids', { tools: [{ type: 'file_search', vector_store_ids: ['vs_1'] }] }],
    ['tool_choice.name', { tool_choice: { type: 'function' } }],
    ['text.format.name', { text: { format: { type: 'json_schema' } } }],
    ['text.format.schema', { text: { format: { type: 'json_schema', name: 'n', schema: { $ref: '#' } } } }],
    ['conversation', { conversation: 'conv_1' }],
    ['prompt', { prompt: { id: 'pmpt_1' } }],
    ['background', { background: true }],
    ['trunkline.timeout', { trunkline: { timeout: 1 } }],
  ])('naming %s of %j', async (param, body) => {
    const before = gateway.simulator.control.calls().latest;
    const answer = await ask(gateway, {
      path: '/v1/responses',
      body: { model: MODEL, input: 'Hi', ...body },
    });
    expect([answer.status, answer.text]).toEqual([400, answer.text]);
    expect(answer.json['error']).toMatchObject({
      type: 'invalid_request_error',
      param,
      code: expect.any(String),
    });
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(gateway.simulator.control.calls().latest).toBe(before);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'tools[0].type',
      { tools: [{ type: 'computer_use_preview', display_width: 1, display_height: 1, environment: 'mac' }] },
    ],
    [
      'tools[1].type',
      {
        tools: [
          { type: 'function', name: 'f' },
          { type: 'mcp', server_label: 'm', server_url: 'https://e.com' },
        ],
      },
    ],
    [
      'input[0].type',
      {
        input: [
          { type: 'mcp_list_tools', id: 'm', server_label: 'm', tools: [] },
          { role: 'user', content: 'x' },
        ],
      },
    ],
    ['tool_choice', { tools: [{ type: 'web_search' }], tool_choice: { type: 'web_search' } }],
  ])('naming %s where it is for an upstream of this protocol alone: %j', async (param, body) => {
    const before = gateway.simulator.control.calls().latest;
    const answer = await ask(gateway, {
      path: '/v1/responses',
      body: { model: MODEL, input: 'Hi', ...body },
    });
    expect([answer.status, answer.text]).toEqual([400, answer.text]);
    expect(answer.json['error']).toMatchObject({ param });
    expect(gateway.simulator.control.calls().latest).toBe(before);
  });

  it.each<[string, Record<string, unknown>]>([
    ['input[0].content[0].file_id', withPart({ type: 'input_image', file_id: 'file-1' })],
    ['input[0].content[0].file_id', withPart({ type: 'input_file', file_id: 'file-1' })],
    ['tools[0].vector_store_ids', { tools: [{ type: 'file_search', vector_store_ids: ['vs_1'] }] }],
    ['tools[0].container', { tools: [{ type: 'code_interpreter', container: 'cntr_1' }] }],
  ])("naming %s, which is kept at a provider on the platform's account: %j", async (param, body) => {
    for (const model of [MODEL, OPENAI]) {
      const before = gateway.simulator.control.calls().latest;
      const answer = await eventually(async () => {
        const got = await ask(gateway, { path: '/v1/responses', body: { model, input: 'Hi', ...body } });
        // It is admitted before its adapter judges it, and Redis is slow on a busy machine.
        if (got.status === 503) throw new Error(got.text);
        return got;
      });
      expect([answer.status, answer.text]).toEqual([400, answer.text]);
      expect(answer.json['error']).toMatchObject({ param });
      expect(gateway.simulator.control.calls().latest).toBe(before);
    }
  });

  it("in OpenRouter's words under /api/v1", async () => {
    const answer = await ask(gateway, { path: '/api/v1/responses', body: { model: MODEL, input: 7 } });
    expect(answer.status).toBe(400);
    expect(answer.json['error']).toMatchObject({ code: 400, metadata: { param: 'input' } });
  });

  it('naming the field where the only provider cannot take it', async () => {
    const image = 'data:image/bmp;base64,Qk0AAAAA';
    const answer = await ask(gateway, {
      path: '/v1/responses',
      body: { model: MODEL, ...withPart({ type: 'input_image', image_url: image }) },
    });
    expect([answer.status, answer.text]).toEqual([400, answer.text]);
    expect(answer.json['error']).toMatchObject({ param: 'input[0].content[0].image_url' });
  });

  it('and another method on the path is 405, with the one that it takes', async () => {
    const answer = await ask(gateway, { path: '/v1/responses', method: 'PUT', body: {} });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
